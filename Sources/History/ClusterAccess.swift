import FoundationEssentials
import Glibc

extension ClusterLayout {
    /// What a new cluster gets beside PostgreSQL's defaults, for a machine that has other work; an operator may change it.
    static let memory = """

        # Set by Touchline when it made this cluster.
        shared_buffers = 64MB
        work_mem = 8MB
        maintenance_work_mem = 64MB
        temp_file_limit = 1GB
        max_wal_size = 512MB

        """

    /// Lets in only the users given, as the role `touchline`, by what the kernel says of who is at the socket's other end.
    ///
    /// Written before each start, so that a cluster from before has it too.
    func restrictAccess(to users: Set<uid_t>) throws(HistoryError) {
        let names = users.sorted().compactMap(ClusterLayout.name(of:))
        let access = """
            # Written by Touchline at each start: nobody but the users of pg_ident.conf, and only at the socket.
            local all all peer map=touchline

            """
        let identities =
            "# Written by Touchline at each start.\n"
            + names.map { "touchline \($0) touchline\n" }.joined()
        try write(access, to: data + "/pg_hba.conf")
        try write(identities, to: data + "/pg_ident.conf")
    }

    /// The name of a user; `getpwuid` itself would answer in a buffer that all threads share.
    private static func name(of user: uid_t) -> String? {
        var entry = passwd()
        var found: UnsafeMutablePointer<passwd>?
        var buffer = [CChar](repeating: 0, count: 16_384)
        return buffer.withUnsafeMutableBufferPointer { buffer in
            guard let start = buffer.baseAddress, getpwuid_r(user, &entry, start, buffer.count, &found) == 0,
                found != nil
            else { return nil }
            return entry.pw_name.map { String(cString: $0) }
        }
    }

    /// Appends to a file, which keeps its owner.
    func append(_ text: String, to path: String) throws(HistoryError) {
        let before = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
        try write(before + text, to: path)
    }

    /// Writes over a file, which keeps its owner: the server's user must be able to read it.
    private func write(_ text: String, to path: String) throws(HistoryError) {
        do {
            try text.write(toFile: path, atomically: false, encoding: .utf8)
        } catch {
            throw .cluster(action: "write \(path)", message: HistoryError.oneLine("\(error)"))
        }
    }
}
