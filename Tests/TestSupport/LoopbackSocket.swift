import Glibc

/// Why the loopback server could not start.
public struct LoopbackError: Error, CustomStringConvertible {
    /// The system call and the system's words for its failure.
    public let description: String

    init(_ call: String) {
        description = "loopback server: \(call): \(String(cString: strerror(errno)))"
    }
}

/// A TCP socket on 127.0.0.1; a value that names a descriptor and does not own it.
struct LoopbackSocket: Sendable, Hashable {
    /// Linux's `POLLRDHUP`, which its headers show only to GNU sources.
    private static let peerClosed: Int16 = 0x2000

    let descriptor: Int32

    /// Listens on a port; 0 lets the system choose one.
    static func listening(on port: UInt16) throws(LoopbackError) -> (socket: LoopbackSocket, port: UInt16) {
        let socket = LoopbackSocket(
            descriptor: Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0))
        guard socket.descriptor >= 0 else { throw LoopbackError("socket") }
        socket.set(SOL_SOCKET, SO_REUSEADDR)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let code = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                let code = bind(socket.descriptor, $0, length)
                return code == 0 ? getsockname(socket.descriptor, $0, &length) : code
            }
        }
        guard code == 0, listen(socket.descriptor, 128) == 0 else {
            let error = LoopbackError("listen on 127.0.0.1:\(port)")
            socket.close()
            throw error
        }
        return (socket, UInt16(bigEndian: address.sin_port))
    }

    /// Waits for a connection; nil once the socket is shut down.
    func accepted() -> LoopbackSocket? {
        while true {
            let descriptor = accept(descriptor, nil, nil)
            if descriptor >= 0 {
                _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
                let socket = LoopbackSocket(descriptor: descriptor)
                socket.set(Int32(IPPROTO_TCP), TCP_NODELAY)
                return socket
            }
            guard errno == EINTR || errno == ECONNABORTED else { return nil }
        }
    }

    /// Waits for bytes and returns some; empty at the end of the connection.
    func received() -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: 16 << 10) { buffer, count in
            count = max(0, recv(descriptor, buffer.baseAddress, buffer.count, 0))
        }
    }

    /// Sends all bytes; false if the peer is gone.
    func send(_ bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBytes { buffer in
            var sent = 0
            while sent < buffer.count {
                let rest = UnsafeRawBufferPointer(rebasing: buffer[sent...])
                let count = Glibc.send(descriptor, rest.baseAddress, rest.count, Int32(MSG_NOSIGNAL))
                guard count > 0 else { return false }
                sent += count
            }
            return true
        }
    }

    /// Waits; false as soon as the peer is gone or the socket is shut down.
    func pause(_ duration: Duration) -> Bool {
        guard duration > .zero else { return true }
        var watched = pollfd(fd: descriptor, events: LoopbackSocket.peerClosed, revents: 0)
        return poll(&watched, 1, Int32(duration / .milliseconds(1))) == 0
    }

    /// Ends both directions and every wait on it.
    func shutDown() {
        shutdown(descriptor, Int32(SHUT_RDWR))
    }

    func close() {
        Glibc.close(descriptor)
    }

    private func set(_ level: Int32, _ option: Int32) {
        var on: Int32 = 1
        setsockopt(descriptor, level, option, &on, socklen_t(MemoryLayout<Int32>.size))
    }
}
