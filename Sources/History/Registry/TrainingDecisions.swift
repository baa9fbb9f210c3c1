import FoundationEssentials

extension History {
    /// Keeps a wish for a training; false if one with its key was kept before.
    public func request(_ request: TrainingRequest) async throws(HistoryError) -> Bool {
        try await write(.models) { session throws(HistoryError) in try session.keep(request) }
    }

    /// The wishes that no decision has answered yet, oldest first.
    public func openTrainingRequests() async throws(HistoryError) -> [TrainingRequest] {
        try await run(.models) { session throws(HistoryError) in
            try session.execute(
                """
                select id, source, reason, key, requested_at from training_requests
                where decision_id is null order by id
                """
            ).map { row throws(HistoryError) in
                let id = try row.next(Int64.self)
                let source = try row.next(String.self)
                guard let known = TrainingRequest.Source(rawValue: source) else {
                    throw .unreadable("the source of training request \(id): \(source)")
                }
                return TrainingRequest(
                    id: id, source: known, reason: try row.next(), key: try row.optional(),
                    requestedAt: try row.next())
            }
        }
    }

    /// Keeps a decision, which answers its requests if it is to train; returns its number.
    public func record(_ decision: TrainingDecision) async throws(HistoryError) -> Int64 {
        try await write(.models) { session throws(HistoryError) in
            let id = try session.execute(
                """
                insert into training_decisions (decided_at, train, reasons, held_back, evidence, term)
                values ($1, $2, $3::text::json, $4, $5::text::json, $6) returning id
                """,
                [
                    decision.decidedAt, decision.train,
                    "[\(decision.reasons.map { "\"\($0.rawValue)\"" }.joined(separator: ","))]", decision.heldBack,
                    decision.evidence, Term.current,
                ]
            ).first { row throws(HistoryError) in try row.next(Int64.self) }
            guard let id else { throw .unreadable("the number of a decision") }
            if decision.train {
                for request in decision.requests {
                    try session.execute("update training_requests set decision_id = $1 where id = $2", [id, request])
                }
            }
            return id
        }
    }

    /// Notes the model that came of a decision, and of those before it that none had come of.
    public func fulfil(decision: Int64, with model: Int64) async throws(HistoryError) {
        try await write(.models) { session throws(HistoryError) in
            _ = try session.execute(
                "update training_decisions set model_id = $2 where train and model_id is null and id <= $1",
                [decision, model])
        }
    }

    /// The last decisions, newest first; with `open`, only those to train of which no model has come.
    public func trainingDecisions(limit: Int = 100, open: Bool = false) async throws(HistoryError) -> [TrainingDecision]
    {
        try await run(.models) { session throws(HistoryError) in
            try session.execute(
                """
                select d.id, d.decided_at, d.train, d.reasons, d.held_back, d.evidence from training_decisions d
                where not $2 or (d.train and d.model_id is null) order by d.id desc limit $1
                """,
                [limit, open]
            ).map { row throws(HistoryError) in
                let id = try row.next(Int64.self)
                let decidedAt = try row.next(Date.self)
                let train = try row.next(Bool.self)
                let reasons = try row.next(String.self)
                guard
                    let known = try? JSONDecoder().decode(
                        [TrainingDecision.Reason].self, from: Data(reasons.utf8))
                else { throw .unreadable("the reasons of decision \(id): \(reasons)") }
                return TrainingDecision(
                    id: id, decidedAt: decidedAt, train: train, reasons: known, heldBack: try row.optional(),
                    evidence: try row.next())
            }
        }
    }
}

extension Session {
    /// Keeps a wish for a training; false if one with its key was kept before.
    package func keep(_ request: TrainingRequest) throws(HistoryError) -> Bool {
        try execute(
            """
            insert into training_requests (source, reason, key, requested_at) values ($1, $2, $3, $4)
            on conflict (key) do nothing
            """,
            [request.source.rawValue, request.reason, request.key, request.requestedAt]
        ).changed == 1
    }
}
