import Synchronization

/// A real HTTP/1.1 server on 127.0.0.1 for tests, with a thread for every connection.
///
/// It stops when it is no longer referenced.
public final class LoopbackServer: Sendable {
    /// Answers a request; called on the thread of its connection, so also by several threads at once.
    public typealias Handler = @Sendable (LoopbackRequest) -> LoopbackResponse

    /// The port it listens on, the same after a restart.
    public let port: UInt16
    private let state: LoopbackState

    /// Starts a server.
    ///
    /// - Parameters:
    ///   - port: The port to listen on; 0 lets the system choose.
    ///   - handler: Answers the requests.
    /// - Throws: If the port is taken.
    public init(port: UInt16 = 0, handler: @escaping Handler) throws(LoopbackError) {
        let listening = try LoopbackSocket.listening(on: port)
        self.port = listening.port
        state = LoopbackState(handler: handler)
        state.start(listening.socket)
    }

    deinit { stop() }

    /// Every request so far, in the order in which they were read.
    public var requests: [LoopbackRequest] { state.log.withLock { $0.requests } }

    /// How many connections were made so far.
    public var connectionCount: Int { state.log.withLock { $0.connections } }

    /// The absolute URL of a path on this server.
    public func url(_ path: String = "/") -> String { "http://127.0.0.1:\(port)\(path)" }

    /// Ends every connection and frees the port; returns when no thread of the server is left.
    public func stop() { state.stop() }

    /// Listens again on the same port after a stop.
    ///
    /// - Throws: If another process took the port meanwhile.
    public func restart() throws(LoopbackError) {
        state.stop()
        state.start(try LoopbackSocket.listening(on: port).socket)
    }
}
