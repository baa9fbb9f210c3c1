import FoundationEssentials

extension History {
    /// What became of a model, or of all of them; oldest first, the last `limit` of them.
    public func modelEvents(of model: Int64? = nil, limit: Int = 1_000) async throws(HistoryError) -> [ModelEvent] {
        try await run(.models) { session throws(HistoryError) in
            Array(
                try session.execute(
                    """
                    select id, model_id, event, reason, evidence, requested_by, at, term from model_events
                    where $1::bigint is null or model_id = $1 order by id desc limit $2
                    """,
                    [model, limit]
                ).map { row throws(HistoryError) in try row.event() }.reversed())
        }
    }

    /// How often in a row a candidate was rejected since one was promoted, restored or imported last.
    public func rejectionsInARow() async throws(HistoryError) -> Int {
        try await run(.models) { session throws(HistoryError) in
            try session.execute(
                """
                select count(*) from model_events where event = 'rejected' and id > coalesce(
                    (select max(id) from model_events where event in ('promoted', 'restored', 'imported')), 0
                )
                """
            ).first { row throws(HistoryError) in try row.next(Int.self) } ?? 0
        }
    }
}

extension Session {
    /// Adds an event.
    func note(_ kind: ModelEvent.Kind, of model: Int64, _ change: ModelChange) throws(HistoryError) {
        try execute(
            """
            insert into model_events (model_id, event, reason, evidence, requested_by, at, term)
            values ($1, $2, $3, $4::text::json, $5, $6, $7)
            """,
            [model, kind.rawValue, change.reason, change.evidence, change.requester.rawValue, change.at, Term.current])
    }

    /// Adds a model, archived until its event says more.
    func insert(_ model: StoredModel) throws(HistoryError) -> Int64 {
        let features = (try? JSONEncoder().encode(model.features)).map { String(decoding: $0, as: UTF8.self) } ?? "[]"
        let id = try execute(
            """
            insert into models (
                state, trained_at, feature_set, seed, options, matches, first_day, last_day, holdout, bytes, synthetic,
                training_seconds, features, data_checksum, calibration, bytes_checksum
            ) values (
                'archived', $1, $2, $3::text::numeric, $4::text::json, $5, $6, $7, $8::text::json, $9, $10, $11,
                $12::text::json, $13, $14::text::json, encode(sha256($9), 'hex')
            ) returning id
            """,
            [
                model.trainedAt, model.featureSet, String(model.seed), model.options, model.matches, model.firstDay,
                model.lastDay, model.holdout, model.bytes, model.synthetic, model.trainingSeconds, features,
                model.dataChecksum, model.calibration,
            ]
        ).first { row throws(HistoryError) in try row.next(Int64.self) }
        guard let id else { throw .unreadable("the number of a model") }
        return id
    }
}

extension Row {
    fileprivate mutating func event() throws(HistoryError) -> ModelEvent {
        let id = try next(Int64.self)
        let model = try next(Int64.self)
        let kind = try next(String.self)
        let reason = try next(String.self)
        let evidence = try next(String.self)
        let requester = try next(String.self)
        guard let kind = ModelEvent.Kind(rawValue: kind), let requester = ModelChange.Requester(rawValue: requester)
        else { throw .unreadable("event \(id) of model \(model): \(kind) by \(requester)") }
        return ModelEvent(
            id: id, modelID: model, kind: kind,
            change: ModelChange(reason: reason, evidence: evidence, requester: requester, at: try next()),
            term: try optional())
    }
}
