internal import FoundationEssentials

extension Settings.Database {
    /// The connection string with the password file's content; libpq sees it, nobody else.
    func connectionStringWithPassword() throws(AgentError) -> String {
        guard !passwordFile.isEmpty else { return connectionString }
        guard let text = try? String(contentsOfFile: passwordFile, encoding: .utf8) else {
            throw .database("database.password_file: \(passwordFile) cannot be read")
        }
        let password = text.split(separator: "\n", omittingEmptySubsequences: false).first.map(String.init) ?? ""
        let quoted = password.replacing("\\", with: "\\\\").replacing("'", with: "\\'")
        guard !connectionString.contains("://") else {
            let separator = connectionString.contains("?") ? "&" : "?"
            return connectionString + separator + "password=" + Settings.Database.percentEncoded(password)
        }
        return connectionString + " password='\(quoted)'"
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
