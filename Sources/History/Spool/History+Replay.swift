import FoundationEssentials

extension History {
    /// How many facts are written together: one commit, and so one flush of the server's log, for all of them.
    private static let together = 200

    /// Writes what waits in the spool, oldest first, and returns how many facts that were.
    ///
    /// Stops at the first failure that may pass. A fact that the database refuses for good is set aside, and counted.
    public func replay() async throws(HistoryError) -> Int {
        guard let spool else { return 0 }
        try await spool.open()
        var replayed = 0
        // After a refusal one by one for a while, to find the fact that is refused.
        var alone = 0
        while spool.standing.pending > 0 {
            if Task.isCancelled { throw .cancelled }
            let entries: [SpoolEntry]
            do {
                entries = try await spool.first(alone > 0 ? 1 : History.together)
                if entries.isEmpty { return replayed }
                try await run(.replay, isWrite: true) { session throws(HistoryError) in
                    try session.write(late: entries)
                }
            } catch {
                if error.isTransient { throw error }
                if case .spool = error { throw error }
                if alone > 0 {
                    try await spool.refuseFirst()
                    alone -= 1
                } else {
                    alone = History.together
                }
                continue
            }
            try await spool.removeFirst(entries.count)
            replayed += entries.count
            alone = max(0, alone - 1)
        }
        return replayed
    }
}

extension Session {
    /// Writes facts that waited, unless they are there already; all of them or none.
    fileprivate func write(late entries: [SpoolEntry]) throws(HistoryError) {
        try transaction(opening: entries.map { $0.claim(isLate: true) }) { claims throws(HistoryError) in
            let news = zip(entries, claims).filter { $0.1 == 1 }.map(\.0.fact)
            let statements = news.compactMap(\.statement)
            if !statements.isEmpty { try pipeline(statements) }
            for fact in news where fact.statement == nil { try fact.write(to: self) }
        }
    }
}

extension SpoolEntry {
    /// Notes that a fact is kept; changes no row if it was before.
    func claim(isLate: Bool) -> Statement {
        // One that waited may come from a term that is over: it was made while that term was under way, and is no news.
        Statement(
            """
            insert into kept_facts (key, term, made_at, late) values (encode($1, 'hex')::uuid, $2, $3, $4)
            on conflict (key) do nothing
            """,
            [withUnsafeBytes(of: key.uuid) { Array($0) }, term, at, isLate])
    }
}
