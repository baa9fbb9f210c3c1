import Glibc

/// The user as whom the server runs: oneself, or `postgres` when oneself is root, which PostgreSQL refuses.
package struct ServerUser: Sendable, Hashable {
    let user: uid_t
    let group: gid_t
    /// Whether programs must be started as another user than oneself.
    let isAnother: Bool

    /// The user to run as.
    package static func current() throws(HistoryError) -> ServerUser {
        guard geteuid() == 0 else { return ServerUser(user: geteuid(), group: getegid(), isAnother: false) }
        var entry = passwd()
        var found: UnsafeMutablePointer<passwd>?
        var buffer = [CChar](repeating: 0, count: 16_384)
        guard getpwnam_r("postgres", &entry, &buffer, buffer.count, &found) == 0, found != nil else {
            throw .cluster(
                action: "find the user postgres",
                message: "PostgreSQL refuses to run as root: apt-get install postgresql, or run as another user")
        }
        return ServerUser(user: entry.pw_uid, group: entry.pw_gid, isAnother: true)
    }

    /// The program and arguments that run a program as this user.
    ///
    /// A fork of a program with threads cannot safely change its user itself: glibc's setuid waits for threads that
    /// the fork left behind, for ever if one was just being started. `setpriv` has no threads.
    func command(_ program: String, _ arguments: [String]) -> (program: String, arguments: [String]) {
        guard isAnother else { return (program, arguments) }
        let identity = ["--reuid=\(user)", "--regid=\(group)", "--clear-groups"]
        return ("/usr/bin/setpriv", identity + ["--", program] + arguments)
    }

    /// Makes a directory that only this user may enter, or sees that it is one.
    package func makePrivateDirectory(_ path: String) throws(HistoryError) {
        var status = stat()
        if mkdir(path, 0o700) == 0 {
            guard !isAnother || lchown(path, user, group) == 0 else { throw failure("own", path) }
        } else if errno != EEXIST {
            throw failure("make", path)
        }
        guard lstat(path, &status) == 0 else { throw failure("look at", path) }
        // A directory under /tmp could have been made by anybody.
        guard status.st_mode & S_IFMT == S_IFDIR, status.st_uid == user, status.st_mode & 0o077 == 0 else {
            throw .cluster(
                action: "use \(path)", message: "it is not a directory that belongs to user \(user) alone (mode 0700)")
        }
    }

    private func failure(_ action: String, _ path: String) -> HistoryError {
        .cluster(action: "\(action) \(path)", message: String(cString: strerror(errno)))
    }
}
