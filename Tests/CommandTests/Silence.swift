import Dispatch
import Glibc

/// A port on loopback where connections are taken and nothing is ever said.
final class Silence: Sendable {
    let port: Int
    private let descriptor: Int32

    init() throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let code = withUnsafeMutablePointer(to: &address) { [descriptor] pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                let code = bind(descriptor, $0, length)
                return code == 0 ? getsockname(descriptor, $0, &length) : code
            }
        }
        guard code == 0, listen(descriptor, 16) == 0 else { throw SystemFailure(errno: errno) }
        port = Int(UInt16(bigEndian: address.sin_port))
    }

    deinit { close(descriptor) }

    /// Waits for somebody to connect.
    func connected() async throws {
        let descriptor = descriptor
        let count = await withCheckedContinuation { continuation in
            DispatchQueue(label: "touchline.tests.silence").async {
                var watched = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
                continuation.resume(returning: poll(&watched, 1, 20_000))
            }
        }
        guard count == 1 else { throw SystemFailure(errno: ETIMEDOUT) }
    }
}
