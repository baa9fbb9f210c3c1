public import FoundationEssentials

extension History {
    /// Keeps one attempt to get a feed.
    public func recordFetch(_ fetch: FetchRecord) async throws(HistoryError) {
        try await keep(.fetch(fetch), in: .fetches, instead: ()) { session throws(HistoryError) in
            try session.execute(fetch.statement)
        }
    }

    /// When an address last gave a file that was kept, or said that it had not changed; nil if it never did.
    public func lastSuccessfulFetch(url: String) async throws(HistoryError) -> Date? {
        try await run(.fetches) { session throws(HistoryError) in
            try session.execute(
                "select max(at) from fetches where url = $1 and outcome = any(array['modified', 'not_modified'])", [url]
            ).first { row throws(HistoryError) in try row.optional() } ?? nil
        }
    }

    /// What to ask a conditional request with; nil if nothing was ever kept from that address.
    public func validators(url: String) async throws(HistoryError) -> (etag: String?, lastModified: String?)? {
        try await run(.fetches) { session throws(HistoryError) in
            try session.execute("select etag, last_modified from validators where url = $1", [url])
                .first { row throws(HistoryError) in
                    (etag: try row.optional(String.self), lastModified: try row.optional(String.self))
                }
        }
    }
}

extension FetchRecord {
    /// Keeps it.
    var statement: Statement {
        Statement(
            """
            insert into fetches (source, url, at, outcome, status, bytes, seconds, attempts)
            values ($1, $2, $3, $4, $5, $6, $7, $8)
            """,
            [source, url, at, outcome, status, bytes, seconds, attempts])
    }
}
