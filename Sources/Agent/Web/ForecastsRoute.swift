internal import Football
internal import FoundationEssentials
internal import History
internal import Hummingbird

/// `/api/v1/forecasts`: the forecasts of the matches ahead, soonest first.
struct ForecastsRoute: Route {
    let snapshots: SnapshotStore
    let clock: LeagueClock
    let isSynthetic: Bool

    func answer(_ request: Request) async -> Response {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .iso8601
        let fallback = snapshots.current?.fallback
        // A snapshot may be older than a kick-off, while a long training holds the worker.
        let ahead = (snapshots.current?.forecasts ?? []).filter { $0.deadline > clock.now }
        let page = Page(
            synthetic: isSynthetic,
            fallback: fallback?.since.map {
                Fallback(
                    source: FallbackForecast.source, since: $0,
                    warning: "No feed has answered since then: forecasts of this source are of invented fixtures.")
            },
            forecasts: ahead.map { prediction in
                Forecast(
                    source: isSynthetic ? FallbackForecast.source : "feeds", division: prediction.key.division,
                    season: "\(prediction.key.season)", home: prediction.key.home,
                    away: prediction.key.away, deadline: prediction.deadline, madeAt: prediction.madeAt,
                    model: prediction.modelID, tier: prediction.tier,
                    probabilities: Probabilities(prediction.probabilities),
                    market: prediction.market.map(Probabilities.init))
            } + (fallback?.forecasts ?? []).map(Forecast.init))
        guard let body = try? encoder.encode(page) else {
            return Response(.internalServerError, text: "the forecasts could not be encoded")
        }
        return Response(.ok, "application/json", Array(body))
    }

    private struct Page: Encodable {
        let synthetic: Bool
        /// Present only while invented fixtures stand in.
        let fallback: Fallback?
        let forecasts: [Forecast]
    }

    private struct Fallback: Encodable {
        let source: String
        let since: Date
        let warning: String
    }

    fileprivate struct Forecast: Encodable {
        /// `feeds`, or `simulation` for a fixture that was invented.
        let source: String
        let division: String
        let season: String
        let home: String
        let away: String
        let deadline: Date
        let madeAt: Date
        let model: Int64
        let tier: ForecastTier?
        let probabilities: Probabilities
        let market: Probabilities?
    }

    fileprivate struct Probabilities: Encodable {
        let home: Double
        let draw: Double
        let away: Double

        init(_ probabilities: OutcomeProbabilities) {
            (home, draw, away) = (probabilities.home, probabilities.draw, probabilities.away)
        }
    }
}

extension ForecastsRoute.Forecast {
    fileprivate init(_ forecast: FallbackForecast) {
        self.init(
            source: FallbackForecast.source, division: forecast.key.division, season: "\(forecast.key.season)",
            home: forecast.key.home, away: forecast.key.away, deadline: forecast.kickOff, madeAt: forecast.madeAt,
            model: forecast.modelID, tier: forecast.tier,
            probabilities: ForecastsRoute.Probabilities(forecast.probabilities),
            market: forecast.market.map(ForecastsRoute.Probabilities.init))
    }
}
