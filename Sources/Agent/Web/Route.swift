internal import HTTPTypes
internal import Hummingbird

/// What answers at one path; paths and methods are matched before it is asked.
protocol Route: Sendable {
    /// Methods that it answers; others get 405 with these in `Allow`.
    var methods: [HTTPRequest.Method] { get }
    /// The answer. A HEAD request is asked for the same answer, and its body left out afterwards.
    func answer(_ request: Request) async -> Response
}

extension Route {
    var methods: [HTTPRequest.Method] { [.get, .head] }
}

extension Response {
    /// A complete answer of known length that nobody may keep or sniff.
    init(_ status: HTTPResponse.Status, _ contentType: String, _ bytes: [UInt8]) {
        self.init(status, contentType, ByteBuffer(bytes: bytes))
    }

    /// A complete answer of known length that nobody may keep or sniff.
    init(_ status: HTTPResponse.Status, _ contentType: String, _ buffer: ByteBuffer) {
        self.init(
            status: status,
            headers: [
                .contentType: contentType, .cacheControl: "no-store", .xContentTypeOptions: "nosniff",
            ],
            body: ResponseBody(byteBuffer: buffer))
    }

    /// A short answer for people and scripts.
    init(_ status: HTTPResponse.Status, text: String) {
        self.init(status, "text/plain; charset=utf-8", Array((text + "\n").utf8))
    }
}
