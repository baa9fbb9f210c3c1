import Football

extension History {
    /// The forecasts to be scored: each model's latest one, from before the deadline, of every match with a result.
    ///
    /// A match that moved to an earlier time is held to that time. A match that a model was scored on is not returned
    /// again. In the order of ``matches()``.
    public func settlements() async throws(HistoryError) -> [Settlement] {
        try await run(.evaluations) { session throws(HistoryError) in
            try session.transaction("isolation level repeatable read, read only") { () throws(HistoryError) in
                try session.settlements()
            }
        }
    }

    /// Keeps scores, and returns how many were new: a forecast is scored once.
    public func store(_ evaluations: [Evaluation]) async throws(HistoryError) -> Int {
        if evaluations.isEmpty { return 0 }
        return try await keep(.evaluations(evaluations), in: .evaluations, instead: 0) {
            session throws(HistoryError) in try session.keep(evaluations)
        }
    }

    /// The scores of the matches played last, newest kick-off first, at most `limit` of them.
    ///
    /// A match counts once, by the forecast that was served when it kicked off: the latest of all models, without shadows.
    public func recentEvaluations(limit: Int) async throws(HistoryError) -> [Evaluation] {
        try await run(.evaluations) { session throws(HistoryError) in
            try session.execute(
                """
                select \(predictionColumns), e.outcome, e.hit, e.log_loss, e.ranked_probability, e.brier,
                    e.market_log_loss, e.market_ranked_probability, e.evaluated_at
                from (
                    -- In this order, so that only as many matches are looked at as are asked for.
                    select f.*, \(deadline) as starts from matches m join fixtures f on f.id = m.fixture_id
                    order by starts desc offset 0
                ) f cross join lateral (
                    select p.* from predictions p join evaluations e on e.prediction_id = p.id
                    where p.fixture_id = f.id and not p.shadow order by p.made_at desc, p.id desc limit 1
                ) p join evaluations e on e.prediction_id = p.id
                order by f.starts desc, p.id desc limit $1
                """,
                [max(0, limit)]
            ).map { row throws(HistoryError) in try row.evaluation() }
        }
    }
}

extension Session {
    fileprivate func settlements() throws(HistoryError) -> [Settlement] {
        let predictions = try execute(
            """
            select p.fixture_id, \(predictionColumns) from (
                select distinct on (p.fixture_id, p.model_id) p.*
                from predictions p join fixtures f on f.id = p.fixture_id join matches m on m.fixture_id = f.id
                where p.made_at < \(deadline) and not exists (
                    select from settled_matches s where s.fixture_id = m.fixture_id
                ) and not exists (
                    select from evaluations e join predictions q on q.id = e.prediction_id
                    where (q.fixture_id, q.model_id) = (p.fixture_id, p.model_id)
                )
                order by p.fixture_id, p.model_id, p.made_at desc, p.id desc
            ) p join fixtures f on f.id = p.fixture_id order by p.model_id
            """
        ).map { row throws(HistoryError) in (fixture: try row.next(Int64.self), prediction: try row.prediction()) }
        if predictions.isEmpty { return [] }
        let byFixture = Dictionary(grouping: predictions, by: \.fixture)
        let ids = "{\(byFixture.keys.map(String.init).joined(separator: ","))}"
        return try facts(where: "f.id = any($1::text::bigint[])", [ids]).flatMap { fact -> [Settlement] in
            guard let match = fact.match else { return [] }
            return (byFixture[fact.id] ?? []).map { Settlement(prediction: $0.prediction, match: match) }
        }
    }

    func keep(_ evaluations: [Evaluation]) throws(HistoryError) -> Int {
        let columns = """
            prediction_id, outcome, hit, log_loss, ranked_probability, brier, market_log_loss,
            market_ranked_probability, evaluated_at
            """
        try execute(
            "create temporary table staged_evaluations on commit drop as select \(columns) from evaluations limit 0")
        try copy(
            into: "staged_evaluations",
            evaluations.map {
                [
                    $0.predictionID, $0.outcome.name, $0.hit, $0.logLoss, $0.rankedProbability, $0.brier,
                    $0.marketLogLoss, $0.marketRankedProbability, $0.evaluatedAt,
                ]
            }
        )
        let kept = try execute(
            """
            insert into evaluations (\(columns)) select \(columns) from staged_evaluations
            on conflict (prediction_id) do nothing
            """
        ).changed
        // All that could be scored of a match is scored at once; a forecast that comes late opens it again.
        try execute(
            """
            insert into settled_matches
            select distinct p.fixture_id from staged_evaluations s join predictions p on p.id = s.prediction_id
            on conflict do nothing
            """
        )
        return kept
    }
}

extension Row {
    fileprivate mutating func evaluation() throws(HistoryError) -> Evaluation {
        let prediction = try prediction()
        let name = try next(String.self)
        guard let id = prediction.id, let outcome = Outcome.allCases.first(where: { $0.name == name }) else {
            throw .unreadable("outcome \(name)")
        }
        return Evaluation(
            predictionID: id, modelID: prediction.modelID, key: prediction.key, deadline: prediction.deadline,
            outcome: outcome, probabilities: prediction.probabilities, market: prediction.market, hit: try next(),
            logLoss: try next(), rankedProbability: try next(), brier: try next(), marketLogLoss: try optional(),
            marketRankedProbability: try optional(), evaluatedAt: try next())
    }
}
