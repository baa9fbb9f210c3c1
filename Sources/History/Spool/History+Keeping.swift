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
                return try await self.write(group, first: entry.claim(isLate: false), write)
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
    ///
    /// - Parameters:
    ///   - group: What its statements are counted as.
    ///   - first: Goes to the server together with the beginning.
    ///   - body: Writes.
    /// - Returns: What `body` returned.
    /// - Throws: What `body` throws, and `.deposed`.
    func write<Outcome: Sendable>(
        _ group: StatementGroup,
        first: Statement? = nil,
        _ body: @Sendable (Session) throws(HistoryError) -> Outcome
    ) async throws(HistoryError) -> Outcome {
        try await run(group, isWrite: true) { session throws(HistoryError) in
            let term = Term.current
            let opening = (term.map { [Session.holding(term: $0)] } ?? []) + (first.map { [$0] } ?? [])
            return try session.transaction(opening: opening) { results throws(HistoryError) in
                if let term, results[0] == 0 { throw .deposed(term: term) }
                return try body(session)
            }
        }
    }
}
