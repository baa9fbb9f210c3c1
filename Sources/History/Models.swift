import FoundationEssentials

extension History {
    /// Keeps a model as the champion, archives the one before it, and returns its number.
    ///
    /// Throws `HistoryError.mixedProvenance` if it learnt from the other kind of rows than the database holds.
    public func store(_ model: StoredModel) async throws(HistoryError) -> Int64 {
        try await write(.models) { session throws(HistoryError) in
            try session.claim(synthetic: model.synthetic)
            try session.execute("update models set state = 'archived' where state = 'champion'")
            return try session.insert(model)
        }
    }

    /// The model that forecasts are made with; nil before the first training.
    public func champion() async throws(HistoryError) -> StoredModel? {
        try await run(.models) { session throws(HistoryError) in
            try session.execute(
                """
                select id, trained_at, feature_set, seed::text, options, matches, first_day, last_day, holdout, bytes,
                    synthetic, training_seconds
                from models where state = 'champion'
                """
            ).first { row throws(HistoryError) in try row.model() }
        }
    }
}

extension Session {
    fileprivate func insert(_ model: StoredModel) throws(HistoryError) -> Int64 {
        let id = try execute(
            """
            insert into models (
                state, trained_at, feature_set, seed, options, matches, first_day, last_day, holdout, bytes, synthetic,
                training_seconds
            ) values ('champion', $1, $2, $3::text::numeric, $4::text::json, $5, $6, $7, $8::text::json, $9, $10, $11)
            returning id
            """,
            [
                model.trainedAt, model.featureSet, String(model.seed), model.options, model.matches, model.firstDay,
                model.lastDay, model.holdout, model.bytes, model.synthetic, model.trainingSeconds,
            ]
        ).first { row throws(HistoryError) in try row.next(Int64.self) }
        guard let id else { throw .unreadable("the number of a model") }
        return id
    }
}

extension Row {
    fileprivate mutating func model() throws(HistoryError) -> StoredModel {
        let id = try next(Int64.self)
        let trainedAt = try next(Date.self)
        let featureSet = try next(String.self)
        let seed = try next(String.self)
        guard let seed = UInt64(seed) else { throw .unreadable("the seed of model \(id): \(seed)") }
        return StoredModel(
            id: id, trainedAt: trainedAt, featureSet: featureSet, seed: seed, options: try next(),
            matches: try next(), firstDay: try next(), lastDay: try next(), holdout: try next(), bytes: try next(),
            synthetic: try next(), trainingSeconds: try next())
    }
}
