internal import Football
internal import FoundationEssentials
internal import History
internal import Hummingbird

/// `/api/v1/forecasts`: the forecasts of the matches ahead, soonest first.
struct ForecastsRoute: Route {
    let snapshots: SnapshotStore
    let isSynthetic: Bool

    func answer(_ request: Request) async -> Response {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .iso8601
        let page = Page(
            synthetic: isSynthetic,
            forecasts: (snapshots.current?.forecasts ?? []).map { prediction in
                Forecast(
                    division: prediction.key.division, season: "\(prediction.key.season)", home: prediction.key.home,
                    away: prediction.key.away, deadline: prediction.deadline, madeAt: prediction.madeAt,
                    model: prediction.modelID, tier: prediction.tier,
                    probabilities: Probabilities(prediction.probabilities),
                    market: prediction.market.map(Probabilities.init))
            })
        guard let body = try? encoder.encode(page) else {
            return Response(.internalServerError, text: "the forecasts could not be encoded")
        }
        return Response(.ok, "application/json", Array(body))
    }

    private struct Page: Encodable {
        let synthetic: Bool
        let forecasts: [Forecast]
    }

    private struct Forecast: Encodable {
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

    private struct Probabilities: Encodable {
        let home: Double
        let draw: Double
        let away: Double

        init(_ probabilities: OutcomeProbabilities) {
            (home, draw, away) = (probabilities.home, probabilities.draw, probabilities.away)
        }
    }
}
