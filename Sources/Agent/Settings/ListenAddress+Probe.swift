internal import Glibc

extension ListenAddress {
    /// Whether somebody on this machine answers there already.
    ///
    /// Only for IPv4 addresses on loopback, where connecting takes no time; false for all others.
    var isTaken: Bool {
        var target = sockaddr_in()
        target.sin_family = sa_family_t(AF_INET)
        target.sin_port = in_port_t(port).bigEndian
        let name = host == "localhost" || host == "0.0.0.0" ? "127.0.0.1" : host
        guard port != 0, name.hasPrefix("127."), inet_pton(AF_INET, name, &target.sin_addr) == 1 else { return false }
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return withUnsafePointer(to: &target) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }
}
