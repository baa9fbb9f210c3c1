internal import FoundationEssentials
internal import Glibc
internal import ServiceLifecycle

/// Tells systemd what the agent is doing, by the datagram protocol of sd_notify(3).
struct SystemdNotifier: Sendable {
    private let address: [UInt8]
    /// How often systemd wants a sign of life; nil if it wants none.
    let watchdogInterval: Duration?

    /// Reads the environment that systemd gives; nil when systemd did not start the process.
    init?(environment: [String: String]) {
        guard let path = environment["NOTIFY_SOCKET"], let first = path.first, first == "/" || first == "@" else {
            return nil
        }
        var address = Array(path.utf8)
        // `@` stands for the NUL that begins an abstract address.
        if first == "@" { address[0] = 0 }
        guard address.count < MemoryLayout.size(ofValue: sockaddr_un().sun_path) else { return nil }
        self.address = address
        watchdogInterval = environment["WATCHDOG_USEC"].flatMap(Int64.init).flatMap {
            $0 > 0 ? .microseconds($0) : nil
        }
    }

    /// Sends one message, for instance `READY=1`; a failure is nobody's concern, as systemd itself notices silence.
    func send(_ message: String) {
        let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        var target = sockaddr_un()
        target.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &target.sun_path) { $0.copyBytes(from: address) }
        let length = socklen_t(MemoryLayout<sa_family_t>.size + address.count)
        let bytes = Array(message.utf8)
        withUnsafePointer(to: &target) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                _ = sendto(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL), $0, length)
            }
        }
    }
}

extension SystemdNotifier {
    /// Says that the configuration is read anew, until the next `READY=1`.
    func sendReloading() {
        var now = timespec()
        clock_gettime(CLOCK_MONOTONIC, &now)
        send("RELOADING=1\nMONOTONIC_USEC=\(now.tv_sec * 1_000_000 + now.tv_nsec / 1_000)")
    }
}

/// Feeds systemd's watchdog for as long as the worker shows signs of life.
struct WatchdogService: Service {
    let notifier: SystemdNotifier
    let interval: Duration
    let lastHeartbeat: @Sendable () -> Date?

    func run() async throws {
        try? await cancelWhenGracefulShutdown {
            while true {
                if let beat = lastHeartbeat(), -beat.timeIntervalSinceNow < interval.seconds / 2 {
                    notifier.send("WATCHDOG=1")
                }
                try await Task.sleep(for: interval / 4)
            }
        }
        // While draining the worker is silent, which is no reason to be killed.
        notifier.send("WATCHDOG=1")
    }
}
