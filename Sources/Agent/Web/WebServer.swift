internal import Glibc
internal import Hummingbird
internal import Logging
internal import NIOCore
internal import ServiceLifecycle

/// Listens on one address, with one thread that reads, answers scrapes and sends.
struct WebServer: Service {
    let address: ListenAddress
    let responder: WebResponder
    let logger: Logger
    /// Told the port once it is listened on.
    let onListening: @Sendable (Int) -> Void

    func run() async throws {
        let loop = EventLoopGroupProvider.singleton.eventLoopGroup.next()
        let application = Application(
            responder: responder,
            server: .http1(configuration: .init(idleTimeout: .seconds(60))),
            configuration: .init(address: .hostname(address.host, port: address.port), serverName: "touchline"),
            onServerRunning: { channel in
                let port = channel.localAddress?.port ?? address.port
                logger.info("listening", metadata: ["address": "\(address.host):\(port)"])
                onListening(port)
            },
            eventLoopGroupProvider: .shared(loop),
            logger: Logger(label: "touchline.http") { _ in SwiftLogNoOpLogHandler() })
        do {
            try await withTaskExecutorPreference(EventLoopExecutor(loop)) { try await application.run() }
        } catch let error as IOError {
            throw AgentError.listen(
                address: "\(address.host):\(address.port)", why: String(cString: strerror(error.errnoCode)))
        } catch is SocketAddressError.UnknownHost {
            throw AgentError.listen(address: "\(address.host):\(address.port)", why: "no such host")
        }
    }
}
