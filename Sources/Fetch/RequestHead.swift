/// A request's header lines, checked, and what it sends: no name or value can end its line and begin another.
struct RequestHead: Sendable {
    /// The `User-Agent` value.
    let userAgent: String
    /// `If-None-Match` and `If-Modified-Since`, as libcurl takes header lines.
    let conditions: [String]
    /// The request's further headers, sorted by name.
    let custom: [String]
    /// What is sent; nil gets.
    let body: [UInt8]?
    /// How it is sent.
    let sending: FetchRequest.Sending

    init(_ request: FetchRequest, userAgent: String) throws(FetchError) {
        self.userAgent = try RequestHead.value(userAgent, of: "User-Agent")
        var conditions: [String] = []
        if let etag = request.validators?.etag {
            conditions.append(try RequestHead.line("If-None-Match", etag))
        }
        if let lastModified = request.validators?.lastModified {
            conditions.append(try RequestHead.line("If-Modified-Since", lastModified))
        }
        var custom: [String] = []
        for (name, value) in request.headers.sorted(by: { $0.key < $1.key }) {
            custom.append(try RequestHead.line(name, value))
        }
        self.conditions = conditions
        self.custom = custom
        body = request.body
        sending = request.sending
    }

    private static func line(_ name: String, _ value: String) throws(FetchError) -> String {
        guard !name.isEmpty, name.utf8.allSatisfy(isTokenByte) else {
            throw .invalidHeader(name: String(name.unicodeScalars.map { $0.value < 0x20 ? "?" : Character($0) }))
        }
        let value = try self.value(value, of: name)
        // libcurl reads "Name:" as "do not send this header" and "Name;" as a header without a value.
        return value.isEmpty ? "\(name);" : "\(name): \(value)"
    }

    private static func value(_ value: String, of name: String) throws(FetchError) -> String {
        guard value.utf8.allSatisfy({ ($0 >= 0x20 && $0 != 0x7f) || $0 == 0x09 }) else {
            throw .invalidHeader(name: name)
        }
        return value
    }

    /// Whether a byte may stand in a field name (RFC 9110, section 5.6.2).
    private static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
    }
}
