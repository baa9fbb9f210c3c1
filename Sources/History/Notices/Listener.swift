import Clibpq
import Glibc

/// Hears what other programs do to the database, on a connection of its own.
///
/// PostgreSQL keeps no notices for who is away: what happens while the connection is down is not heard of later, and
/// so the first answer of a new connection is that everything may have changed.
public actor Listener {
    private let settings: DatabaseSettings
    private let executor = BlockingExecutor(label: "touchline.history.listener")
    private var session: Session?

    /// Describes a listener, which connects when it is first asked.
    public init(_ settings: DatabaseSettings) {
        self.settings = settings
    }

    /// The thread that waits.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Waits for the next notices.
    ///
    /// - Returns: What happened since the last call, each once; all there are after a new connection.
    /// - Throws: `HistoryError`; the next call connects anew. `.cancelled` within a quarter of a second.
    public func next() throws(HistoryError) -> Set<Notice> {
        do throws(HistoryError) {
            guard let session, !session.isBroken else {
                let session = try Session(settings)
                try session.execute("listen \(Notice.channel)")
                self.session = session
                return Set(Notice.allCases)
            }
            while true {
                let notices = try session.notices()
                if !notices.isEmpty { return notices }
                if Task.isCancelled { throw HistoryError.cancelled }
                try session.waitToRead(atMost: 250)
            }
        } catch {
            if error != .cancelled { session = nil }
            throw error
        }
    }

    /// Closes the connection, if one is open.
    public func close() {
        session = nil
    }
}

extension Session {
    /// The notices that came since this was last asked, each once; those of newer programs are left out.
    fileprivate func notices() throws(HistoryError) -> Set<Notice> {
        guard PQconsumeInput(pointer) == 1 else { throw .unavailable(lastMessage) }
        var notices: Set<Notice> = []
        while let notice = PQnotifies(pointer) {
            if let name = notice.pointee.extra, let known = Notice(rawValue: String(cString: name)) {
                notices.insert(known)
            }
            PQfreemem(notice)
        }
        return notices
    }

    /// Returns when there is something to read, or after so many milliseconds.
    fileprivate func waitToRead(atMost milliseconds: Int32) throws(HistoryError) {
        var descriptor = pollfd(fd: PQsocket(pointer), events: Int16(POLLIN), revents: 0)
        guard descriptor.fd >= 0 else { throw .unavailable(lastMessage) }
        if poll(&descriptor, 1, milliseconds) < 0, errno != EINTR {
            throw .unavailable(String(cString: strerror(errno)))
        }
    }
}
