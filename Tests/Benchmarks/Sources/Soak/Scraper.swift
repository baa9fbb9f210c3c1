internal import Foundation

/// One connection that is kept.
struct Scraper {
    struct Fault: Error {
        let what: String
    }

    private let descriptor: Int32
    private var received: [UInt8] = []
    private var chunk = [UInt8](repeating: 0, count: 1 << 18)

    init(port: UInt16) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        let descriptor = descriptor
        let code = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard code == 0 else { throw Fault(what: "connect: \(errno)") }
    }

    /// Asks once and returns the body.
    mutating func scrape() throws -> [UInt8] {
        let request = Array("GET /metrics HTTP/1.1\r\nHost: soak\r\n\r\n".utf8)
        guard send(descriptor, request, request.count, Int32(MSG_NOSIGNAL)) == request.count else {
            throw Fault(what: "send: \(errno)")
        }
        received.removeAll(keepingCapacity: true)
        var wanted = Int.max
        var start = 0
        while received.count < wanted {
            let count = recv(descriptor, &chunk, chunk.count, 0)
            guard count > 0 else { throw Fault(what: "connection ended after \(received.count) bytes") }
            received += chunk[..<count]
            if wanted == .max, let end = received.firstRange(of: Array("\r\n\r\n".utf8)) {
                let head = String(decoding: received[..<end.lowerBound], as: UTF8.self)
                guard head.hasPrefix("HTTP/1.1 200 ") else { throw Fault(what: String(head.prefix(40))) }
                let length = head.lowercased().split(separator: "\r\n").first { $0.hasPrefix("content-length: ") }
                guard let length, let bytes = Int(length.dropFirst(16)) else { throw Fault(what: "no length") }
                start = end.upperBound
                wanted = start + bytes
            }
        }
        return Array(received[start...])
    }
}
