public import FoundationEssentials

extension History {
    /// Notes how the providers of feeds did in one run.
    ///
    /// - Parameters:
    ///   - providers: Each provider that was asked, and whether anything of it was read.
    ///   - instant: When.
    /// - Throws: `HistoryError` if PostgreSQL does not do its part.
    public func note(_ providers: [String: Bool], at instant: Date) async throws(HistoryError) {
        if providers.isEmpty { return }
        try await run(.fetches, isWrite: true) { session throws(HistoryError) in
            for (provider, isRead) in providers.sorted(by: { $0.key < $1.key }) {
                try session.execute(
                    """
                    insert into feed_standing as known (provider, failing_since, last_success_at)
                    values ($1, case when $2 then null else $3::timestamptz end,
                        case when $2 then $3::timestamptz end)
                    on conflict (provider) do update set
                        failing_since = case when $2 then null else coalesce(known.failing_since, $3) end,
                        last_success_at = case when $2 then $3 else known.last_success_at end
                    """,
                    [provider, isRead, instant])
            }
        }
    }

    /// Since when nothing of any of these providers was read; nil while one of them is, or was never asked.
    public func silence(of providers: [String]) async throws(HistoryError) -> Date? {
        let since = try await run(.fetches) { session throws(HistoryError) in
            try session.execute(
                "select provider, failing_since from feed_standing where failing_since is not null"
            ).map { row throws(HistoryError) in (try row.next(String.self), try row.next(Date.self)) }
        }
        let failing = Dictionary(uniqueKeysWithValues: since)
        let instants = providers.compactMap { failing[$0] }
        return instants.count == providers.count ? instants.max() : nil
    }
}
