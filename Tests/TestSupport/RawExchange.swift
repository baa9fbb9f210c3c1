import Dispatch
import Glibc

/// HTTP/1.1 over a plain socket, byte for byte: a client library would hide what a server does wrong.
public enum RawExchange {
    /// Sends one request and reads to the end of the connection.
    ///
    /// - Parameters:
    ///   - method: The method, for instance `HEAD`.
    ///   - target: Path and query.
    ///   - port: A port on 127.0.0.1.
    ///   - headers: Header lines besides `Host`, `Connection` and `Content-Length`.
    ///   - body: The request's body.
    /// - Returns: The answer.
    /// - Throws: ``RawExchangeError`` if there was none within thirty seconds, or it is not HTTP.
    public static func send(
        _ method: String, _ target: String, port: Int, headers: [String] = [], body: String = ""
    ) async throws -> RawReply {
        var head = ["\(method) \(target) HTTP/1.1", "Host: 127.0.0.1:\(port)", "Connection: close"] + headers
        if !body.isEmpty { head.append("Content-Length: \(body.utf8.count)") }
        let bytes = try await bytes(head.joined(separator: "\r\n") + "\r\n\r\n" + body, port: port)
        guard let reply = RawReply(bytes) else { throw RawExchangeError("no HTTP in \(bytes.count) bytes") }
        return reply
    }

    /// Sends text as it is and returns all that comes back until the connection ends.
    ///
    /// - Parameters:
    ///   - text: One or more requests; the last must ask for the connection to be closed.
    ///   - port: A port on 127.0.0.1.
    /// - Returns: Every byte of the answers.
    /// - Throws: ``RawExchangeError`` if the connection did not end within thirty seconds.
    public static func bytes(_ text: String, port: Int) async throws -> [UInt8] {
        // The server under test needs the threads that a wait on a shared pool would hold.
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue(label: "touchline.tests.exchange").async {
                continuation.resume(with: Result { try exchange(text, port: port) })
            }
        }
    }

    private static func exchange(_ text: String, port: Int) throws -> [UInt8] {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw RawExchangeError("socket: \(String(cString: strerror(errno)))") }
        defer { close(descriptor) }
        var patience = timeval(tv_sec: 30, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        let code = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard code == 0 else { throw RawExchangeError("connect: \(String(cString: strerror(errno)))") }
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { throw RawExchangeError("send: \(String(cString: strerror(errno)))") }
            rest = rest.dropFirst(count)
        }
        var received: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = recv(descriptor, &chunk, chunk.count, 0)
            guard count >= 0 else { throw RawExchangeError("receive: \(String(cString: strerror(errno)))") }
            guard count > 0 else { return received }
            received += chunk[..<count]
        }
    }
}

/// An answer as it stood on the wire.
public struct RawReply: Sendable {
    /// The status code.
    public let status: Int
    /// The headers by lower-case name.
    public let headers: [String: String]
    /// Everything after the blank line, whatever the headers say of its length.
    public let body: [UInt8]

    /// The body as UTF-8.
    public var text: String { String(decoding: body, as: UTF8.self) }

    /// Reads status line, headers and the rest; nil if it is not HTTP/1.1.
    public init?(_ bytes: [UInt8]) {
        guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
        let lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).split(separator: "\r\n")
        let statusLine = lines.first?.split(separator: " ", maxSplits: 2) ?? []
        guard statusLine.count >= 2, statusLine[0] == "HTTP/1.1", let status = Int(statusLine[1]) else { return nil }
        self.status = status
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { return nil }
            headers[line[..<colon].lowercased()] = String(line[line.index(after: colon)...].drop { $0 == " " })
        }
        self.headers = headers
        body = Array(bytes[end.upperBound...])
    }
}

/// Why there was no answer.
public struct RawExchangeError: Error, CustomStringConvertible {
    /// The system call and the system's words for its failure.
    public let description: String

    init(_ description: String) {
        self.description = description
    }
}
