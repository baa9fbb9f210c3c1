public import FoundationEssentials

extension History {
    /// Keeps a model and makes it the champion without a judgement; returns its number.
    ///
    /// Throws `HistoryError.mixedProvenance` if it learnt from the other kind of rows than the database holds.
    public func store(_ model: StoredModel) async throws(HistoryError) -> Int64 {
        let change = ModelChange(reason: "stored as the champion", requester: .operator, at: model.trainedAt)
        return try await register(model, change, verdict: .promoted(change))
    }

    /// The model that forecasts are made with; nil before the first promotion.
    public func champion() async throws(HistoryError) -> StoredModel? { try await model(where: "m.state = 'champion'") }

    /// The model that waits or was rejected last, whose forecasts are kept as shadows; nil if there is none.
    public func candidate() async throws(HistoryError) -> StoredModel? {
        try await model(where: "m.state = 'candidate'")
    }

    /// A model by its number; nil if there is none.
    public func model(_ id: Int64) async throws(HistoryError) -> StoredModel? {
        try await model(where: "m.id = $1", [id])
    }

    /// Every model, newest first, without its bytes.
    public func models() async throws(HistoryError) -> [ModelRecord] {
        try await run(.models) { session throws(HistoryError) in
            try session.execute(
                """
                select \(modelColumns), ''::bytea, m.registered_at, coalesce(octet_length(m.bytes), 0), m.bytes_checksum
                from models m order by m.id desc
                """
            ).map { row throws(HistoryError) in
                ModelRecord(
                    model: try row.model(), registeredAt: try row.next(), size: try row.next(),
                    bytesChecksum: try row.next())
            }
        }
    }

    /// Which models are champion and candidate now, and whether anything became of a model since.
    public func modelStanding() async throws(HistoryError) -> ModelStanding {
        try await run(.models) { session throws(HistoryError) in
            let standing = try session.execute(
                """
                select (select id from models where state = 'champion'), (select id from models where state = 'candidate'),
                    coalesce((select max(id) from model_events), 0),
                    (select count(*) from training_requests where decision_id is null)
                """
            ).first { row throws(HistoryError) in
                ModelStanding(
                    champion: try row.optional(), candidate: try row.optional(), lastEvent: try row.next(),
                    openRequests: try row.next())
            }
            guard let standing else { throw .unreadable("the standing of the models") }
            return standing
        }
    }

    /// When a model was trained last, and on how many matches; nil before the first.
    public func latestTraining() async throws(HistoryError) -> (at: Date, matches: Int)? {
        try await run(.models) { session throws(HistoryError) in
            try session.execute(
                """
                select m.trained_at, m.matches from models m join model_events e on e.model_id = m.id
                where e.event = 'registered' order by m.id desc limit 1
                """
            ).first { row throws(HistoryError) in (try row.next(Date.self), try row.next(Int.self)) }
        }
    }

    /// The SHA-256 of bytes, in hexadecimal; computed by the server.
    public func digest(of bytes: [UInt8]) async throws(HistoryError) -> String {
        try await run(.models) { session throws(HistoryError) in
            let digest = try session.execute("select encode(sha256($1), 'hex')", [bytes])
                .first { row throws(HistoryError) in try row.next(String.self) }
            guard let digest else { throw .unreadable("a digest") }
            return digest
        }
    }

    /// A model whose bytes are as they were written; throws `.model` if they are not, or are kept no longer.
    private func model(
        where condition: String, _ parameters: [(any WireValue)?] = []
    ) async throws(HistoryError) -> StoredModel? {
        let found = try await run(.models) { session throws(HistoryError) in
            try session.execute(
                """
                select \(modelColumns), coalesce(m.bytes, ''), m.bytes is null,
                    coalesce(encode(sha256(m.bytes), 'hex') = m.bytes_checksum, false)
                from models m where \(condition)
                """, parameters
            ).first { row throws(HistoryError) in
                (model: try row.model(), isGone: try row.next(Bool.self), isWhole: try row.next(Bool.self))
            }
        }
        guard let found else { return nil }
        guard !found.isGone else {
            throw .model(
                "the bytes of model \(found.model.id ?? 0) are kept no longer (retention.archived_models): restore a "
                    + "backup, or import the file that it was exported to")
        }
        guard found.isWhole else {
            throw .model("the bytes of model \(found.model.id ?? 0) changed since they were written: restore a backup")
        }
        return found.model
    }
}

/// The columns of model `m` that ``Row/model()`` reads before the bytes.
private let modelColumns = """
    m.id, m.trained_at, m.feature_set, m.seed::text, m.options, m.matches, m.first_day, m.last_day, m.holdout,
    m.synthetic, m.training_seconds, m.features, m.data_checksum, m.calibration, m.state
    """

extension Row {
    /// Reads `modelColumns` and the bytes.
    fileprivate mutating func model() throws(HistoryError) -> StoredModel {
        let id = try next(Int64.self)
        let trainedAt = try next(Date.self)
        let featureSet = try next(String.self)
        let seed = try next(String.self)
        guard let seed = UInt64(seed) else { throw .unreadable("the seed of model \(id): \(seed)") }
        var model = StoredModel(
            id: id, trainedAt: trainedAt, featureSet: featureSet, seed: seed, options: try next(),
            matches: try next(), firstDay: try next(), lastDay: try next(), holdout: try next(), bytes: [],
            synthetic: try next(), trainingSeconds: try next())
        let features = try next(String.self)
        guard let names = try? JSONDecoder().decode([String].self, from: Data(features.utf8)) else {
            throw .unreadable("the features of model \(id)")
        }
        model.features = names
        model.dataChecksum = try optional()
        model.calibration = try next()
        let stage = try next(String.self)
        guard let known = ModelStage(rawValue: stage) else { throw .unreadable("the stage of model \(id): \(stage)") }
        model.stage = known
        model.bytes = try next()
        return model
    }
}
