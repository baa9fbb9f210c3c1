import Glibc
import Testing

@testable import Agent

struct SystemdNotifierTests {
    @Test func `messages reach a socket in the file system`() throws {
        let folder = try Folder()
        let socket = try DatagramSocket(address: Array("\(folder.path)/notify".utf8))
        let notifier = try #require(SystemdNotifier(environment: ["NOTIFY_SOCKET": "\(folder.path)/notify"]))
        notifier.send("READY=1")
        notifier.send("STOPPING=1")
        #expect(socket.received() == "READY=1")
        #expect(socket.received() == "STOPPING=1")
    }

    @Test func `messages reach an abstract socket`() throws {
        let name = "touchline-notify-\(getpid())"
        let socket = try DatagramSocket(address: [0] + Array(name.utf8))
        let notifier = try #require(SystemdNotifier(environment: ["NOTIFY_SOCKET": "@\(name)"]))
        notifier.send("READY=1")
        #expect(socket.received() == "READY=1")
    }

    @Test func `a socket that is gone is nobody's concern`() throws {
        let notifier = try #require(SystemdNotifier(environment: ["NOTIFY_SOCKET": "/nowhere/notify"]))
        notifier.send("READY=1")
    }

    @Test(arguments: ["", "notify", "vsock:2:1", "/" + String(repeating: "x", count: 200)])
    func `without a usable address there is no notifier`(address: String) {
        #expect(SystemdNotifier(environment: ["NOTIFY_SOCKET": address]) == nil)
        #expect(SystemdNotifier(environment: [:]) == nil)
    }

    @Test func `the watchdog's interval is in microseconds`() {
        let interval = { (text: String?) in
            var environment = ["NOTIFY_SOCKET": "/run/notify"]
            environment["WATCHDOG_USEC"] = text
            return SystemdNotifier(environment: environment)?.watchdogInterval
        }
        #expect(interval("30000000") == .seconds(30))
        for text in [nil, "", "x", "0", "-5"] { #expect(interval(text) == nil) }
    }
}

/// A bound Unix datagram socket.
private final class DatagramSocket {
    private let descriptor: Int32

    init(address: [UInt8]) throws {
        descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var target = sockaddr_un()
        target.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &target.sun_path) { $0.copyBytes(from: address) }
        let length = socklen_t(MemoryLayout<sa_family_t>.size + address.count)
        let code = withUnsafePointer(to: &target) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, length) }
        }
        guard code == 0 else { throw FolderError(errno: errno) }
    }

    deinit { close(descriptor) }

    /// The next message; nil if there is none, as a datagram is there as soon as it was sent.
    func received() -> String? {
        var buffer = [UInt8](repeating: 0, count: 256)
        let count = recv(descriptor, &buffer, buffer.count, Int32(MSG_DONTWAIT))
        return count < 0 ? nil : String(decoding: buffer[..<count], as: UTF8.self)
    }
}
