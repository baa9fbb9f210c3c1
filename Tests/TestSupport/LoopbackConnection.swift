/// Answers the requests of one connection, one after the other.
struct LoopbackConnection {
    let socket: LoopbackSocket
    let number: Int
    private var unread: [UInt8] = []

    init(socket: LoopbackSocket, number: Int) {
        self.socket = socket
        self.number = number
    }

    /// Serves until either side ends the connection.
    mutating func serve(_ answer: (LoopbackRequest) -> LoopbackResponse) {
        while let request = nextRequest() {
            let response = answer(request)
            guard send(response, to: request), !request.closesConnection else { return }
        }
    }

    private mutating func nextRequest() -> LoopbackRequest? {
        let blankLine = Array("\r\n\r\n".utf8)
        var end = unread.firstRange(of: blankLine)
        while end == nil {
            // What does not begin like a method, a TLS handshake for one, will never bring a blank line.
            guard unread.allSatisfy({ $0 < 0x80 && $0 != 0 }), unread.count < 1 << 20 else { return refused() }
            guard receive() else { return nil }
            end = unread.firstRange(of: blankLine)
        }
        guard let end, var request = LoopbackRequest(head: Array(unread[..<end.lowerBound]), connection: number) else {
            return refused()
        }
        let length = request.headers["content-length"].flatMap(Int.init) ?? 0
        while unread.count < end.upperBound + length {
            guard receive() else { return nil }
        }
        request.body = Array(unread[end.upperBound..<(end.upperBound + length)])
        unread.removeFirst(end.upperBound + length)
        return request
    }

    private func refused() -> LoopbackRequest? {
        _ = socket.send(Array("HTTP/1.1 400 Loopback\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".utf8))
        return nil
    }

    private mutating func receive() -> Bool {
        let bytes = socket.received()
        unread += bytes
        return !bytes.isEmpty
    }

    /// Sends a response; false if the connection is to end after it.
    private func send(_ response: LoopbackResponse, to request: LoopbackRequest) -> Bool {
        guard socket.pause(response.delay) else { return false }
        let withBody = request.method != "HEAD" && response.allowsBody
        var framing = ""
        switch response.body {
        case .hangUp: return false
        case .bytes(let bytes), .drip(let bytes, _, _): framing = "Content-Length: \(bytes.count)\r\n"
        case .cut(_, let declared): framing = "Content-Length: \(declared)\r\n"
        case .repeated(let piece, let count): framing = "Content-Length: \(piece.count * count)\r\n"
        case .chunked, .cutChunked, .endless: framing = "Transfer-Encoding: chunked\r\n"
        }
        var head = "HTTP/1.1 \(response.status) Loopback\r\n" + (response.allowsBody ? framing : "")
        for (name, value) in response.headers.sorted(by: { $0.key < $1.key }) { head += "\(name): \(value)\r\n" }
        guard socket.send(Array((head + "\r\n").utf8)) else { return false }
        return withBody ? send(response.body) : true
    }

    private func send(_ body: LoopbackResponse.Body) -> Bool {
        switch body {
        case .hangUp: return false
        case .bytes(let bytes): return socket.send(bytes)
        case .chunked(let bytes): return socket.send(chunk(bytes) + chunk([]))
        case .cut(let bytes, _):
            _ = socket.send(bytes)
            return false
        case .cutChunked(let bytes):
            _ = socket.send(chunk(bytes))
            return false
        case .drip(let bytes, let pieceSize, let every):
            return stride(from: 0, to: bytes.count, by: pieceSize).allSatisfy { start in
                socket.send(Array(bytes[start..<min(start + pieceSize, bytes.count)])) && socket.pause(every)
            }
        case .repeated(let piece, let count):
            return (0..<count).allSatisfy { _ in socket.send(piece) }
        case .endless(let piece):
            let chunk = chunk(piece)
            while socket.send(chunk) {}
            return false
        }
    }

    /// One chunk; the empty one ends a body.
    private func chunk(_ bytes: [UInt8]) -> [UInt8] {
        Array("\(String(bytes.count, radix: 16))\r\n".utf8) + bytes + Array("\r\n".utf8)
    }
}
