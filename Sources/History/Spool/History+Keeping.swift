import FoundationEssentials

extension History {
    /// Writes a fact, now or, through the spool, once PostgreSQL is back; in the order in which facts were offered.
    ///
    /// It counts once, whatever happens to the connection or to this process in between: a key that it got before the
    /// first attempt is written in the same transaction.
    ///
    /// - Parameters:
    ///   - fact: What is kept.
    ///   - group: What its statements are counted as.
    ///   - instead: The outcome if it went to the spool.
    ///   - write: Writes it, in a transaction.
    /// - Returns: What `write` returned, or `instead`.
    /// - Throws: What `write` throws and no waiting can cure; `.spoolFull` and `.spool` if it is kept nowhere.
    func keep<Outcome: Sendable>(
        _ fact: PendingFact,
        in group: StatementGroup,
        instead: Outcome,
        _ write: @Sendable (Session) throws(HistoryError) -> Outcome
    ) async throws(HistoryError) -> Outcome {
        guard let spool else { return try await self.write(group, write) }
        let entry = SpoolEntry(key: UUID(), at: Date(), term: Term.current, fact: fact)
        if spool.standing.pending == 0 {
            do {
                return try await self.write(group) { session throws(HistoryError) in
                    _ = try session.claim(entry, isLate: false)
                    return try write(session)
                }
            } catch {
                guard error.isTransient else { throw error }
            }
        }
        do {
            try await spool.append(entry)
        } catch {
            report(error, in: group)
            throw error
        }
        return instead
    }

    /// Runs a write in a transaction, in which the term that it was made in is still the one under way.
    func write<Outcome: Sendable>(
        _ group: StatementGroup,
        _ body: @Sendable (Session) throws(HistoryError) -> Outcome
    ) async throws(HistoryError) -> Outcome {
        try await run(group, isWrite: true) { session throws(HistoryError) in
            try session.transaction { () throws(HistoryError) in
                if let term = Term.current { try session.hold(term: term) }
                return try body(session)
            }
        }
    }

    /// Writes what waits in the spool, oldest first, and returns how many facts that were.
    ///
    /// Stops at the first failure that may pass. A fact that the database refuses for good is set aside, and counted.
    public func replay() async throws(HistoryError) -> Int {
        guard let spool else { return 0 }
        try await spool.open()
        var replayed = 0
        while spool.standing.pending > 0 {
            if Task.isCancelled { throw .cancelled }
            do {
                guard let entry = try await spool.first() else { return replayed }
                try await run(.replay, isWrite: true) { session throws(HistoryError) in
                    try session.transaction { () throws(HistoryError) in
                        if try session.claim(entry, isLate: true) { try entry.fact.write(to: session) }
                    }
                }
            } catch {
                if error.isTransient { throw error }
                if case .spool = error { throw error }
                try await spool.refuseFirst()
                continue
            }
            try await spool.removeFirst()
            replayed += 1
        }
        return replayed
    }
}

extension Session {
    /// Notes that a fact is kept; false if it was before.
    fileprivate func claim(_ entry: SpoolEntry, isLate: Bool) throws(HistoryError) -> Bool {
        // One that waited may come from a term that is over: it was made while that term was under way, and is no news.
        try execute(
            """
            insert into kept_facts (key, term, made_at, late) values (encode($1, 'hex')::uuid, $2, $3, $4)
            on conflict (key) do nothing
            """,
            [entry.key.bytes, entry.term, entry.at, isLate]
        ).changed == 1
    }
}

extension UUID {
    fileprivate var bytes: [UInt8] { withUnsafeBytes(of: uuid) { Array($0) } }
}
