internal import FoundationEssentials

extension Settings.Database {
    /// The name of systemd's credential that holds the password, as `LoadCredential=` gives it.
    static let credential = "database-password"

    /// The connection string with the password file's content, or else with that of systemd's credential; libpq sees
    /// it, nobody else.
    func connectionStringWithPassword(environment: [String: String] = [:]) throws(AgentError) -> String {
        guard let text = try password(environment) else { return connectionString }
        // A carriage return and a line feed are one character here.
        let password = String(text.prefix { $0 != "\n" && $0 != "\r\n" })
        let quoted = password.replacing("\\", with: "\\\\").replacing("'", with: "\\'")
        guard !Settings.isURI(connectionString) else {
            let separator = connectionString.contains("?") ? "&" : "?"
            return connectionString + separator + "password=" + Settings.Database.percentEncoded(password)
        }
        return connectionString + " password='\(quoted)'"
    }

    /// What the file holds; nil if none is named and systemd gave none.
    private func password(_ environment: [String: String]) throws(AgentError) -> String? {
        if !passwordFile.isEmpty {
            guard let text = try? String(contentsOfFile: passwordFile, encoding: .utf8) else {
                throw .database("database.password_file: \(passwordFile) cannot be read")
            }
            return text
        }
        // The private cluster has no use for a password.
        guard !connectionString.isEmpty, let folder = environment["CREDENTIALS_DIRECTORY"] else { return nil }
        let path = "\(folder)/\(Settings.Database.credential)"
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw .database("the credential \(path) cannot be read")
        }
        return text
    }

    /// RFC 3986: everything but unreserved characters is escaped.
    private static func percentEncoded(_ text: String) -> String {
        text.utf8.map { byte in
            let scalar = UnicodeScalar(byte)
            let isUnreserved = byte < 0x80 && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
            if isUnreserved || "-._~".unicodeScalars.contains(scalar) { return String(scalar) }
            return (byte < 16 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
        }.joined()
    }
}

extension Settings {
    /// Whether a libpq connection string or URI carries a password.
    static func holdsPassword(_ connectionString: String) -> Bool {
        // libpq allows blanks around the sign, and escapes in the keywords of a URI.
        for text in [connectionString, percentDecoded(connectionString)]
        where text.filter({ !$0.isWhitespace }).contains("password=") {
            return true
        }
        guard isURI(connectionString) else { return false }
        let authority = connectionString.drop { $0 != "/" }.dropFirst(2).prefix { $0 != "/" && $0 != "?" }
        return authority.contains("@") && authority.prefix { $0 != "@" }.contains(":")
    }

    /// Whether libpq reads a connection string as a URI rather than as key=value pairs.
    static func isURI(_ connectionString: String) -> Bool {
        connectionString.hasPrefix("postgresql://") || connectionString.hasPrefix("postgres://")
    }

    private static func percentDecoded(_ text: String) -> String {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            let digits = rest.prefix(2)
            if byte == UInt8(ascii: "%"), digits.count == 2, let value = UInt8(String(Substring(digits)), radix: 16) {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
