internal import Football
internal import Forest
internal import FoundationEssentials
internal import History

/// Forecasts every fixture within the horizon from what is known before its day.
struct PredictJob: Job {
    let history: History
    let bookkeeper: Bookkeeper
    let isSynthetic: Bool

    func run(_ context: JobContext) async throws(JobError) -> JobResult {
        guard let champion = context.snapshot.champion else {
            return JobResult(itemsIn: 0, itemsOut: 0, snapshot: context.snapshot)
        }
        let horizon = context.now.addingTimeInterval(context.settings.forecastHorizon.seconds)
        let ahead = try await withHistory { () throws(HistoryError) in try await history.fixtures(after: context.now) }
            .filter { $0.forecastDeadline <= horizon }
        let shelf = try await withHistory { () throws(HistoryError) in try await bookkeeper.shelf(history) }
        var desk = shelf.desk(champion.model, fixtures: ahead)
        let fixtures = ahead.sorted { $0.day < $1.day }
        var made = try predictions(of: fixtures, by: champion, at: &desk, context)
        if let candidate = context.snapshot.candidate {
            var shadows = shelf.desk(candidate.model, fixtures: ahead)
            made = ForecastShare.divide(
                champion: made, candidate: try predictions(of: fixtures, by: candidate, at: &shadows, context),
                share: context.settings.model.candidateShare)
        }
        let all = made
        let written = try await withHistory { () throws(HistoryError) in try await history.store(all) }
        var snapshot = context.snapshot
        snapshot.fallback = try await FallbackDesk(history: history).forecasts(context, champion: champion, desk: desk)
        let latest = try await withHistory { () throws(HistoryError) in
            try await history.latestPredictions(after: context.now)
        }
        let forecast = Set(latest.map(\.key))
        snapshot.forecasts = latest
        snapshot.forecastBy = champion.id
        snapshot.missingForecasts = ahead.count { !forecast.contains($0.key) }
        return JobResult(itemsIn: ahead.count, itemsOut: written, snapshot: snapshot)
    }

    /// A model's forecasts, all of them as if they were served.
    private func predictions(
        of fixtures: [Fixture], by model: Snapshot.Champion, at desk: inout ForecastDesk, _ context: JobContext
    ) throws(JobError) -> [Prediction] {
        var predictions: [Prediction] = []
        for fixture in fixtures {
            let forecast: ServingModel.Forecast
            do throws(ForestError) {
                forecast = try desk.forecast(fixture)
            } catch {
                throw .forest(error)
            }
            let quote = fixture.bettingQuote
            predictions.append(
                Prediction(
                    id: nil, modelID: model.id, key: fixture.key, deadline: fixture.forecastDeadline,
                    madeAt: context.now, probabilities: forecast.probabilities,
                    market: fixture.forecastOdds?.impliedProbabilities, bookmaker: quote?.bookmaker, odds: quote?.odds,
                    tier: forecast.tier, synthetic: isSynthetic))
        }
        return predictions
    }
}
