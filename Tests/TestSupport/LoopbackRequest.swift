/// A request as the loopback server received it.
public struct LoopbackRequest: Sendable {
    /// The method, for instance `GET`.
    public let method: String
    /// The request target as sent: path and query.
    public let target: String
    /// The headers by lower-case name; repeated ones are joined by a comma.
    public let headers: [String: String]
    /// The body, empty if there was none.
    public var body: [UInt8]
    /// Which of the server's connections it came over, counted from 0.
    public let connection: Int

    /// The target up to the question mark.
    public var path: String { String(target.prefix { $0 != "?" }) }

    /// The target after the question mark, empty without one.
    public var query: String { String(target.drop { $0 != "?" }.dropFirst()) }

    /// Whether the client asks for the connection to be closed.
    var closesConnection: Bool { headers["connection"]?.lowercased() == "close" }

    /// Reads request line and headers, without the blank line that ends them; nil if they are not HTTP/1.1.
    init?(head: [UInt8], connection: Int) {
        let lines = String(decoding: head, as: UTF8.self).split(separator: "\r\n", omittingEmptySubsequences: false)
        guard let requestLine = lines.first?.split(separator: " "), requestLine.count == 3 else { return nil }
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { return nil }
            let name = line[..<colon].lowercased()
            let value = LoopbackRequest.trimmed(line[line.index(after: colon)...])
            headers[name] = headers[name].map { "\($0), \(value)" } ?? value
        }
        method = String(requestLine[0])
        target = String(requestLine[1])
        self.headers = headers
        body = []
        self.connection = connection
    }

    private static func trimmed(_ text: Substring) -> String {
        var text = text.drop { $0 == " " || $0 == "\t" }
        while text.last == " " || text.last == "\t" { text.removeLast() }
        return String(text)
    }
}
