import Glibc

/// Keeps two programs from starting or stopping one cluster at the same time; released with this value.
struct ClusterLock: ~Copyable {
    private let descriptor: Int32

    /// Takes the lock; nil if another program holds it.
    init?(_ path: String) throws(HistoryError) {
        let descriptor = open(path, O_CREAT | O_RDWR | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else {
            let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? path
            throw .stateDirectory(path: folder, message: String(cString: strerror(errno)))
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            Glibc.close(descriptor)
            return nil
        }
        self.descriptor = descriptor
    }

    deinit { Glibc.close(descriptor) }
}
