import Football

extension History {
    /// Keeps what a feed file holds: facts, refused rows and validators together, or nothing.
    ///
    /// A fact that is known already is not written again, so that recording a file twice changes no row. Odds that a
    /// later file lacks are kept, and a fixture never overwrites a match that has its result.
    /// An ingest that goes to the spool has an empty outcome.
    /// Throws `HistoryError.mixedProvenance` if the database holds the other kind of rows.
    public func record(_ ingest: Ingest) async throws(HistoryError) -> IngestOutcome {
        try await keep(.ingest(ingest), in: .ingests, instead: IngestOutcome()) { session throws(HistoryError) in
            try session.keep(ingest)
        }
    }
}

extension Session {
    /// Writes an ingest, unless a later one of its address was kept already: one that had waited would undo it.
    func keep(_ ingest: Ingest) throws(HistoryError) -> IngestOutcome {
        try claim(synthetic: ingest.synthetic)
        let later = try execute(
            "select from validators where url = $1 and recorded_at > $2 for update", [ingest.url, ingest.at])
        guard later.count == 0 else { return IngestOutcome() }
        var outcome = try keepFacts(of: ingest)
        for (line, rule) in try keepQuarantine(of: ingest) {
            outcome.newlyQuarantinedLines.insert(line)
            if let rule { outcome.newlyQuarantined[rule, default: 0] += 1 }
        }
        try keepValidators(of: ingest)
        return outcome
    }

    /// Keeps the refused rows that were not seen before, and returns where they are and which rule they broke.
    ///
    /// A row that only moved, because others were put before it or taken away, is the same row.
    fileprivate func keepQuarantine(of ingest: Ingest) throws(HistoryError) -> [(line: Int, rule: RowRule?)] {
        if ingest.quarantined.isEmpty { return [] }
        try execute(
            """
            create temporary table staged_quarantine (line bigint, rule text, value text, text text) on commit drop
            """
        )
        try copy(
            into: "staged_quarantine",
            ingest.quarantined.map { [$0.line, $0.rule.rawValue, storable($0.value), storable($0.text)] }
        )
        return try execute(
            """
            insert into quarantined_rows (source, url, line, rule, value, text, seen_at, synthetic)
            select $1, $2, line, rule, value, text, $3, $4 from staged_quarantine s
            where not exists (
                select from quarantined_rows k where (k.url, k.rule) = ($2, s.rule) and md5(k.text) = md5(s.text)
            ) order by line
            on conflict (url, line, md5(text)) do nothing returning line, rule
            """,
            [ingest.source, ingest.url, ingest.at, ingest.synthetic]
        ).map { row throws(HistoryError) in (try row.next(), RowRule(rawValue: try row.next())) }
    }

    /// PostgreSQL's text cannot hold a NUL, and a broken feed may.
    private func storable(_ text: String) -> String {
        String(text.unicodeScalars.map { $0 == "\0" ? "\u{FFFD}" : Character($0) })
    }

    fileprivate func keepValidators(of ingest: Ingest) throws(HistoryError) {
        try execute(
            """
            insert into validators as known (url, etag, last_modified, recorded_at) values ($1, $2, $3, $4)
            on conflict (url) do update
            set etag = excluded.etag, last_modified = excluded.last_modified, recorded_at = excluded.recorded_at
            where (known.etag, known.last_modified) is distinct from (excluded.etag, excluded.last_modified)
            """,
            [ingest.url, ingest.etag, ingest.lastModified, ingest.at]
        )
    }
}
