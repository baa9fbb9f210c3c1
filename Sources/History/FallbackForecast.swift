public import Football
public import FoundationEssentials

/// A forecast of an invented fixture at invented odds, made while no feed answered.
///
/// It is a type of its own, in a table of its own, so that nothing which trains or scores can be given one.
public struct FallbackForecast: Sendable, Hashable {
    /// What every row, metric and answer says of it.
    public static let source = "simulation"

    /// The number of the model that made it.
    public var modelID: Int64
    /// The match that was invented.
    public var key: MatchKey
    /// Its kick-off.
    public var kickOff: Date
    /// When it was made, before the kick-off.
    public var madeAt: Date
    /// What the model says.
    public var probabilities: OutcomeProbabilities
    /// What the invented odds say, where there was enough to make them from.
    public var market: OutcomeProbabilities?
    /// What it was made from.
    public var tier: ForecastTier

    /// Makes a forecast.
    public init(
        modelID: Int64, key: MatchKey, kickOff: Date, madeAt: Date, probabilities: OutcomeProbabilities,
        market: OutcomeProbabilities?, tier: ForecastTier
    ) {
        self.modelID = modelID
        self.key = key
        self.kickOff = kickOff
        self.madeAt = madeAt
        self.probabilities = probabilities
        self.market = market
        self.tier = tier
    }
}

extension History {
    /// Keeps forecasts of invented fixtures, and returns how many were new or differ from the latest of their match.
    public func store(_ forecasts: [FallbackForecast]) async throws(HistoryError) -> Int {
        try await write(.predictions) { session throws(HistoryError) in
            var written = 0
            for forecast in forecasts { written += try session.keep(forecast) }
            return written
        }
    }

    /// The latest forecast of each invented fixture of a division that was made and kicks off within a span.
    ///
    /// - Parameters:
    ///   - division: The division's code.
    ///   - silence: Forecasts made before it belong to another silence.
    ///   - now: Kick-offs until then are left out.
    /// - Returns: The forecasts by kick-off and home team.
    /// - Throws: `HistoryError` if PostgreSQL does not do its part.
    public func latestFallbackForecasts(
        division: String, since silence: Date, after now: Date
    ) async throws(HistoryError) -> [FallbackForecast] {
        try await run(.predictions) { session throws(HistoryError) in
            try session.execute(
                """
                select * from (
                    select distinct on (division, season, home_team, away_team)
                        model_id, division, season, home_team, away_team, kick_off, made_at, home, draw, away,
                        market_home, market_draw, market_away, tier
                    from fallback_predictions where division = $1 and made_at >= $2 and kick_off > $3
                    order by division, season, home_team, away_team, made_at desc, id
                ) latest order by kick_off, home_team
                """,
                [division, silence, now]
            ).map { row throws(HistoryError) in
                let (model, key) = (try row.next(Int64.self), try row.key())
                let (kickOff, madeAt) = (try row.next(Date.self), try row.next(Date.self))
                let says = OutcomeProbabilities(home: try row.next(), draw: try row.next(), away: try row.next())
                let market = try row.market()
                let tier = try row.next(String.self)
                guard let known = ForecastTier(rawValue: tier) else {
                    throw .unreadable("the tier of a fallback forecast: \(tier)")
                }
                return FallbackForecast(
                    modelID: model, key: key, kickOff: kickOff, madeAt: madeAt, probabilities: says, market: market,
                    tier: known)
            }
        }
    }
}

extension Session {
    fileprivate func keep(_ forecast: FallbackForecast) throws(HistoryError) -> Int {
        let (key, says, market) = (forecast.key, forecast.probabilities, forecast.market)
        return try execute(
            """
            insert into fallback_predictions (
                source, model_id, division, season, home_team, away_team, kick_off, made_at, home, draw, away,
                market_home, market_draw, market_away, tier
            )
            select $1::text, $2::bigint, $3::text, $4::smallint, $5::text, $6::text, $7::timestamptz, $8::timestamptz,
                $9::float8, $10::float8, $11::float8, $12::float8, $13::float8, $14::float8, $15::text
            where ($2, $7, $9, $10, $11, $12, $13, $14, $15) is distinct from (
                select row (
                    model_id, kick_off, home, draw, away, market_home, market_draw, market_away, tier
                ) from fallback_predictions
                where (division, season, home_team, away_team) = ($3, $4, $5, $6)
                order by made_at desc, id limit 1
            )
            """,
            [
                FallbackForecast.source, forecast.modelID, key.division, key.season.startYear, key.home, key.away,
                forecast.kickOff, forecast.madeAt, says.home, says.draw, says.away, market?.home, market?.draw,
                market?.away, forecast.tier.rawValue,
            ]
        ).changed
    }
}
