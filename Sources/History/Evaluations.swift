import Football

extension History {
    /// The forecasts to be scored: every one, of any model, from before the kick-off of a match with a result.
    ///
    /// A match that moved to an earlier time is held to that time. A forecast that was scored is returned again only
    /// if the outcome that it was scored on was corrected since. In the order of ``matches()``, and then as they were
    /// made.
    public func settlements() async throws(HistoryError) -> [Settlement] {
        try await run(.evaluations) { session throws(HistoryError) in
            try session.transaction("isolation level repeatable read, read only") { () throws(HistoryError) in
                try session.settlements()
            }
        }
    }

    /// Keeps scores, and returns how many were new.
    ///
    /// A forecast has one score. One on another outcome replaces it, which is kept in `superseded_evaluations`.
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
                select \(predictionColumns), e.outcome, e.base_home, e.base_draw, e.base_away, e.hit, e.log_loss,
                    e.ranked_probability, e.brier, e.market_log_loss, e.market_ranked_probability, e.evaluated_at
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

/// How match `m` ended.
let outcome = """
    case when m.home_goals > m.away_goals then 'home' when m.home_goals = m.away_goals then 'draw' else 'away' end
    """

extension Session {
    fileprivate func settlements() throws(HistoryError) -> [Settlement] {
        let predictions = try execute(
            """
            select f.id, e.prediction_id is not null, \(predictionColumns)
            from (
                -- In this order, so that only matches are looked at that something is to be scored of.
                select f.*, \(outcome) as outcome from matches m join fixtures f on f.id = m.fixture_id
                where not exists (
                    select from settled_matches s where s.fixture_id = m.fixture_id and s.outcome = \(outcome)
                ) offset 0
            ) f cross join lateral (
                select * from predictions p where p.fixture_id = f.id and p.made_at < \(deadline) offset 0
            ) p left join lateral (
                select * from evaluations e where e.prediction_id = p.id offset 0
            ) e on true
            where e.outcome is distinct from f.outcome order by p.model_id, p.made_at, p.id
            """
        ).map { row throws(HistoryError) in
            let fixture = try row.next(Int64.self)
            return (fixture: fixture, isCorrection: try row.next(Bool.self), prediction: try row.prediction())
        }
        if predictions.isEmpty { return [] }
        let byFixture = Dictionary(grouping: predictions, by: \.fixture)
        let ids = "{\(byFixture.keys.map(String.init).joined(separator: ","))}"
        let baseRates = try baseRates(ofFixtures: ids)
        return try facts(where: "f.id = any($1::text::bigint[])", [ids]).flatMap { fact -> [Settlement] in
            guard let match = fact.match, let baseRate = baseRates[fact.id] else { return [] }
            return (byFixture[fact.id] ?? []).map {
                Settlement(
                    prediction: $0.prediction, match: match, baseRate: baseRate, isCorrection: $0.isCorrection)
            }
        }
    }

    private func baseRates(ofFixtures ids: String) throws(HistoryError) -> [Int64: OutcomeProbabilities] {
        let rates = try execute(
            """
            select f.id, r.home, r.draw, r.away
            from fixtures f join base_rates r on (r.division, r.day) = (f.division, f.day)
            where f.id = any($1::text::bigint[])
            """,
            [ids]
        ).map { row throws(HistoryError) in
            let id = try row.next(Int64.self)
            return (id, OutcomeProbabilities(home: try row.next(), draw: try row.next(), away: try row.next()))
        }
        return Dictionary(uniqueKeysWithValues: rates)
    }

    func keep(_ evaluations: [Evaluation]) throws(HistoryError) -> Int {
        let scores = "outcome, hit, log_loss, ranked_probability, brier, market_log_loss, market_ranked_probability"
        let columns = "prediction_id, \(scores), base_home, base_draw, base_away, evaluated_at"
        try execute(
            "create temporary table staged_evaluations on commit drop as select \(columns) from evaluations limit 0")
        try copy(
            into: "staged_evaluations",
            evaluations.map {
                [
                    $0.predictionID, $0.outcome.name, $0.hit, $0.logLoss, $0.rankedProbability, $0.brier,
                    $0.marketLogLoss, $0.marketRankedProbability, $0.baseRate?.home, $0.baseRate?.draw,
                    $0.baseRate?.away, $0.evaluatedAt,
                ]
            }
        )
        try execute(
            """
            insert into superseded_evaluations (prediction_id, revision, \(scores), evaluated_at, superseded_at)
            select e.prediction_id, e.revision, \(scores.split(separator: ", ").map { "e.\($0)" }.joined(separator: ", ")),
                e.evaluated_at, s.evaluated_at
            from evaluations e join staged_evaluations s using (prediction_id) where e.outcome <> s.outcome
            on conflict do nothing
            """
        )
        let replaced = columns.split(separator: ", ").dropFirst()
        let kept = try execute(
            """
            insert into evaluations as e (\(columns)) select \(columns) from staged_evaluations
            on conflict (prediction_id) do update set (revision, \(replaced.joined(separator: ", ")))
                = row (e.revision + 1, \(replaced.map { "excluded.\($0)" }.joined(separator: ", ")))
            where e.outcome <> excluded.outcome
            """
        ).changed
        // All that could be scored of a match is scored at once; a forecast that comes late opens it again.
        try execute(
            """
            insert into settled_matches (fixture_id, outcome)
            select distinct on (p.fixture_id) p.fixture_id, s.outcome
            from staged_evaluations s join predictions p on p.id = s.prediction_id
            on conflict (fixture_id) do update set outcome = excluded.outcome
            """
        )
        return kept
    }
}

extension Row {
    fileprivate mutating func evaluation() throws(HistoryError) -> Evaluation {
        let prediction = try prediction()
        let outcome = try outcome()
        guard let id = prediction.id else { throw .unreadable("the number of a forecast") }
        return Evaluation(
            predictionID: id, modelID: prediction.modelID, key: prediction.key, deadline: prediction.deadline,
            outcome: outcome, probabilities: prediction.probabilities, market: prediction.market,
            baseRate: try market(), hit: try next(), logLoss: try next(), rankedProbability: try next(),
            brier: try next(), marketLogLoss: try optional(), marketRankedProbability: try optional(),
            evaluatedAt: try next())
    }

    /// Reads the name of an outcome.
    mutating func outcome() throws(HistoryError) -> Outcome {
        let name = try next(String.self)
        guard let outcome = Outcome.allCases.first(where: { $0.name == name }) else {
            throw .unreadable("outcome \(name)")
        }
        return outcome
    }
}
