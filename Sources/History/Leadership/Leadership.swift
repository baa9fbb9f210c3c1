import FoundationEssentials

/// Decides which of several agents on one database works: the one whose session holds an advisory lock.
///
/// PostgreSQL releases the lock when the session ends, so that a leader that dies is followed at once. Each leader
/// has a term of its own; writes are checked against it, so that one who does not know yet that it was replaced
/// cannot write.
public actor Leadership {
    private let settings: DatabaseSettings
    private let holder: String
    private let executor = BlockingExecutor(label: "touchline.history.leadership")
    private var session: Session?
    private var term: Int64?
    private var holds = false

    /// Any number that no other program is likely to lock: the ASCII codes of "leadlin\u{65}".
    private static var lock: Int64 { 0x6c65_6164_6c69_6e65 }

    /// Describes a candidate.
    ///
    /// - Parameters:
    ///   - settings: How to reach PostgreSQL; one connection beside those of the history.
    ///   - holder: What the database calls this candidate, for the operator: the host and the process.
    public init(_ settings: DatabaseSettings, holder: String) {
        self.settings = settings
        self.holder = holder
    }

    /// The thread on which the server is asked.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Tries to lead, or makes sure that this candidate still does.
    ///
    /// - Returns: The term, if this candidate leads; nil if another one does. A leader whose session was lost gets its
    ///   old term back if nobody led in between.
    /// - Throws: `HistoryError`; the candidate then does not lead.
    public func campaign() throws(HistoryError) -> Int64? {
        do {
            let session = try opened()
            if holds {
                try session.execute("select 1")
                return term
            }
            let locked = try session.execute("select pg_try_advisory_lock($1)", [Leadership.lock])
                .first { row throws(HistoryError) in try row.next(Bool.self) }
            guard locked == true else { return nil }
            let granted = try session.transaction { () throws(HistoryError) in
                try session.begin(after: term, holder: holder)
            }
            term = granted
            holds = true
            return granted
        } catch {
            // With the session goes the lock, if it was held.
            session = nil
            holds = false
            throw error
        }
    }

    /// Stops leading, and lets another candidate lead at once: those who listen are told.
    public func resign() {
        if holds {
            // Without it the lock goes with the session, and the others find out when they look.
            _ = try? session?.execute("select pg_advisory_unlock($1)", [Leadership.lock])
            _ = try? session?.execute("select pg_notify($1, $2)", [Notice.channel, Notice.leadership.rawValue])
        }
        session = nil
        holds = false
    }

    /// Who leads, or led last; nil if nobody ever did.
    public func leader() throws(HistoryError) -> (term: Int64, holder: String)? {
        try opened().execute("select term, holder from leadership").first { row throws(HistoryError) in
            (try row.next(Int64.self), try row.next(String.self))
        }
    }

    private func opened() throws(HistoryError) -> Session {
        if let session, !session.isBroken { return session }
        holds = false
        let session = try Session(settings)
        // The server must notice a leader whose machine is gone before a person does.
        try session.execute(
            """
            select set_config('tcp_keepalives_idle', '5', false), set_config('tcp_keepalives_interval', '2', false),
                set_config('tcp_keepalives_count', '3', false)
            """
        )
        self.session = session
        return session
    }
}

extension Session {
    /// Begins a term, unless the present one is the candidate's own.
    fileprivate func begin(after own: Int64?, holder: String) throws(HistoryError) -> Int64 {
        // Waits for the writes of the term that ends: each holds this row until it is committed.
        let current = try execute("select term from leadership for update")
            .first { row throws(HistoryError) in try row.next(Int64.self) }
        if let own, own == current { return own }
        let term = try execute("insert into terms (holder) values ($1) returning term", [holder])
            .first { row throws(HistoryError) in try row.next(Int64.self) }
        guard let term else { throw .unreadable("the number of a term") }
        try execute(
            """
            insert into leadership (term, holder) values ($1, $2)
            on conflict (singleton) do update set term = excluded.term, holder = excluded.holder
            """,
            [term, holder]
        )
        return term
    }

    /// Keeps a term from ending until the transaction ends; answers no row if it is over.
    static func holding(term: Int64) -> Statement {
        Statement("select from leadership where term = $1 for share", [term])
    }
}
