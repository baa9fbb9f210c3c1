import Football
public import FoundationEssentials

extension History {
    /// Keeps forecasts, and returns how many were new.
    ///
    /// A forecast that equals the model's latest one of that match, in probabilities, market, deadline and shadow, adds no
    /// row; one that differs adds a version. All are kept or none. Throws `HistoryError.unknownMatch` for a match that
    /// was never announced, and `.rejected` for a forecast that is not earlier than its deadline or does not sum to 1.
    public func store(_ predictions: [Prediction]) async throws(HistoryError) -> Int {
        if predictions.isEmpty { return 0 }
        return try await keep(.predictions(predictions), in: .predictions, instead: 0) {
            session throws(HistoryError) in try session.keep(predictions)
        }
    }

    /// The latest forecast served of every match that has no result and starts after an instant, soonest first.
    public func latestPredictions(after instant: Date) async throws(HistoryError) -> [Prediction] {
        try await run(.predictions) { session throws(HistoryError) in
            try session.execute(
                """
                select \(predictionColumns) from (
                    select distinct on (p.fixture_id) p.*
                    from predictions p join fixtures f on f.id = p.fixture_id
                    where \(deadline) > $1 and p.made_at < \(deadline) and not p.shadow
                        and not exists (select from matches m where m.fixture_id = f.id)
                    order by p.fixture_id, p.made_at desc, p.id desc
                ) p join fixtures f on f.id = p.fixture_id
                order by p.deadline, p.fixture_id
                """,
                [instant]
            ).map { row throws(HistoryError) in try row.prediction() }
        }
    }
}

/// The columns of prediction `p` of fixture `f` that ``Row/prediction()`` reads.
let predictionColumns = """
    p.id, p.model_id, f.division, f.season, f.home, f.away, p.deadline, p.made_at, p.home, p.draw, p.away,
    p.market_home, p.market_draw, p.market_away, p.bookmaker, p.odds_home, p.odds_draw, p.odds_away, p.tier, p.synthetic,
    p.shadow
    """

extension Session {
    func keep(_ predictions: [Prediction]) throws(HistoryError) -> Int {
        for synthetic in Set(predictions.map(\.synthetic)).sorted(by: { !$0 && $1 }) {
            try claim(synthetic: synthetic)
        }
        return try insert(predictions)
    }

    private func insert(_ predictions: [Prediction]) throws(HistoryError) -> Int {
        try stage(predictions)
        let unknown = try execute(
            """
            select division, season, home_team, away_team from staged_predictions s
            where not exists (
                select from fixtures f
                where (f.division, f.season, f.home, f.away) = (s.division, s.season, s.home_team, s.away_team)
            ) order by position limit 1
            """
        ).first { row throws(HistoryError) in try row.key() }
        if let unknown { throw .unknownMatch(unknown) }
        // Two writers must not both find that a forecast is new.
        try execute("lock table predictions in share row exclusive mode")
        try execute(
            """
            delete from settled_matches m using staged_predictions s, fixtures f
            where (f.division, f.season, f.home, f.away) = (s.division, s.season, s.home_team, s.away_team)
                and m.fixture_id = f.id
            """
        )
        return try execute(
            """
            insert into predictions (
                model_id, fixture_id, made_at, deadline, home, draw, away, market_home, market_draw, market_away,
                bookmaker, odds_home, odds_draw, odds_away, tier, synthetic, shadow
            )
            select s.model_id, f.id, s.made_at, s.deadline, s.home, s.draw, s.away, s.market_home, s.market_draw,
                s.market_away, s.bookmaker, s.odds_home, s.odds_draw, s.odds_away, s.tier, s.synthetic, s.shadow
            from staged_predictions s
            join fixtures f on (f.division, f.season, f.home, f.away) = (s.division, s.season, s.home_team, s.away_team)
            left join lateral (
                select * from predictions p
                where p.fixture_id = f.id and p.model_id = s.model_id and p.made_at <= s.made_at
                order by p.made_at desc, p.id desc limit 1
            ) k on true
            where (
                k.deadline, k.home, k.draw, k.away, k.market_home, k.market_draw, k.market_away, k.bookmaker,
                k.odds_home, k.odds_draw, k.odds_away, k.tier, k.shadow
            ) is distinct from (
                s.deadline, s.home, s.draw, s.away, s.market_home, s.market_draw, s.market_away, s.bookmaker,
                s.odds_home, s.odds_draw, s.odds_away, s.tier, s.shadow
            ) or (
                -- Another model's was served since: the same forecast is served anew.
                not s.shadow and exists (
                    select from predictions o
                    where o.fixture_id = f.id and not o.shadow and o.model_id <> s.model_id
                        and o.made_at <= s.made_at and (o.made_at, o.id) > (k.made_at, k.id)
                )
            )
            order by s.position
            """
        ).changed
    }

    private func stage(_ predictions: [Prediction]) throws(HistoryError) {
        try execute(
            """
            create temporary table staged_predictions (
                position bigint, model_id bigint, division text, season bigint, home_team text, away_team text,
                made_at timestamptz, deadline timestamptz, home float8, draw float8, away float8,
                market_home float8, market_draw float8, market_away float8, bookmaker text,
                odds_home float8, odds_draw float8, odds_away float8, tier text, synthetic boolean, shadow boolean
            ) on commit drop
            """
        )
        try copy(into: "staged_predictions") { writer throws(HistoryError) in
            for (position, prediction) in predictions.enumerated() {
                try writer.beginRow(21)
                writer.append(position)
                writer.append(prediction.modelID)
                writer.append(prediction.key.division)
                writer.append(prediction.key.season.startYear)
                writer.append(prediction.key.home)
                writer.append(prediction.key.away)
                writer.append(prediction.madeAt)
                writer.append(prediction.deadline)
                writer.append(prediction.probabilities)
                writer.append(prediction.market)
                writer.append(prediction.bookmaker?.rawValue)
                writer.append(prediction.odds?.home)
                writer.append(prediction.odds?.draw)
                writer.append(prediction.odds?.away)
                writer.append(prediction.tier?.rawValue)
                writer.append(prediction.synthetic)
                writer.append(prediction.shadow)
            }
        }
    }
}

extension CopyWriter {
    /// Appends three fields.
    fileprivate mutating func append(_ probabilities: OutcomeProbabilities?) {
        append(probabilities?.home)
        append(probabilities?.draw)
        append(probabilities?.away)
    }
}

extension Row {
    /// Reads ``predictionColumns``.
    mutating func prediction() throws(HistoryError) -> Prediction {
        Prediction(
            id: try next(), modelID: try next(), key: try key(), deadline: try next(), madeAt: try next(),
            probabilities: OutcomeProbabilities(home: try next(), draw: try next(), away: try next()),
            market: try market(), bookmaker: try bookmaker(), odds: try odds(), tier: try tier(),
            synthetic: try next(), shadow: try next())
    }

    private mutating func bookmaker() throws(HistoryError) -> Bookmaker? {
        guard let name = try optional(String.self) else { return nil }
        guard let bookmaker = Bookmaker(rawValue: name) else { throw .unreadable("the bookmaker \(name)") }
        return bookmaker
    }

    private mutating func odds() throws(HistoryError) -> Odds? {
        let home = try optional(Double.self)
        let draw = try optional(Double.self)
        let away = try optional(Double.self)
        guard let home, let draw, let away else { return nil }
        return Odds(home: home, draw: draw, away: away)
    }

    private mutating func tier() throws(HistoryError) -> ForecastTier? {
        guard let name = try optional(String.self) else { return nil }
        guard let tier = ForecastTier(rawValue: name) else { throw .unreadable("the tier of a forecast: \(name)") }
        return tier
    }

    /// Reads three probabilities that are null together.
    mutating func market() throws(HistoryError) -> OutcomeProbabilities? {
        let home = try optional(Double.self)
        let draw = try optional(Double.self)
        let away = try optional(Double.self)
        guard let home, let draw, let away else { return nil }
        return OutcomeProbabilities(home: home, draw: draw, away: away)
    }
}
