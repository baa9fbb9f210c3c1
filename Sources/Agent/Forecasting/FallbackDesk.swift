internal import Football
internal import Forest
internal import FoundationEssentials
internal import History
internal import Simulation

/// Forecasts invented fixtures, if that is switched on, once every feed has failed for longer than the limit.
///
/// The fixtures are pairs that no feed named, from the first Saturday after all that were; their odds are a
/// bookmaker's who believes the goal model. Nothing of it reaches the tables that training and scores read, and it ends
/// with the first feed that is read again.
struct FallbackDesk: Sendable {
    let history: History

    /// Whether it is time, without forecasting anew: what an agent that has just started knows.
    func standing(_ settings: Settings, at now: Date) async throws(JobError) -> Snapshot.Fallback {
        guard let since = try await silence(settings, at: now) else { return .inactive }
        return try await standing(settings, since: since, at: now)
    }

    /// Forecasts the invented fixtures within the horizon.
    ///
    /// - Parameters:
    ///   - context: The instant and the settings.
    ///   - champion: The serving model.
    ///   - desk: Knows the league as of now.
    /// - Returns: What stands in now; nothing while a feed answers.
    /// - Throws: ``JobError`` if PostgreSQL or the forest does not do its part.
    func forecasts(
        _ context: JobContext, champion: Snapshot.Champion, desk: ForecastDesk
    ) async throws(JobError) -> Snapshot.Fallback {
        guard let since = try await silence(context.settings, at: context.now) else { return .inactive }
        var desk = desk
        var made: [FallbackForecast] = []
        for fixture in try await fixtures(context, since: since) {
            do throws(ForestError) {
                let odds = desk.strengthProbabilities(fixture).map(StandInRounds.odds)
                let priced = Fixture(
                    key: fixture.key, day: fixture.day, kickOff: fixture.kickOff,
                    odds: odds.map { [Quote(.average): $0] } ?? [:])
                let forecast = try desk.forecast(priced)
                made.append(
                    FallbackForecast(
                        modelID: champion.id, key: fixture.key, kickOff: fixture.forecastDeadline, madeAt: context.now,
                        probabilities: forecast.probabilities, market: odds?.impliedProbabilities, tier: forecast.tier))
            } catch {
                throw .forest(error)
            }
        }
        let forecasts = made
        _ = try await withHistory { () throws(HistoryError) in try await history.store(forecasts) }
        return try await standing(context.settings, since: since, at: context.now)
    }

    /// Since when every feed has failed, once that is too long ago.
    private func silence(_ settings: Settings, at now: Date) async throws(JobError) -> Date? {
        guard settings.feed.fallback == .simulation else { return nil }
        let providers = FeedProvider.all(settings.feed).map(\.rawValue)
        let since = try await withHistory { () throws(HistoryError) in try await history.silence(of: providers) }
        guard let since, since.addingTimeInterval(settings.feed.fallbackAfter.seconds) <= now else { return nil }
        return since
    }

    private func standing(
        _ settings: Settings, since: Date, at now: Date
    ) async throws(JobError) -> Snapshot.Fallback {
        let forecasts = try await withHistory { () throws(HistoryError) in
            try await history.latestFallbackForecasts(division: settings.feed.division, since: since, after: now)
        }
        return Snapshot.Fallback(since: since, forecasts: forecasts)
    }

    private func fixtures(_ context: JobContext, since: Date) async throws(JobError) -> [Fixture] {
        let (now, settings) = (context.now, context.settings)
        let season = Season(containing: Day(inLondon: now))
        let agenda = try await withHistory { () throws(HistoryError) in
            try await history.agenda(division: settings.feed.division, from: season)
        }
        let rounds = StandInRounds(
            season, division: settings.feed.division, named: Set(agenda.map(\.key)), seed: settings.model.seed)
        let lastNamed = agenda.filter { !$0.isOff }.map(\.latestKickOff).max() ?? since
        // A kick-off at this very instant is too late.
        return rounds.fixtures(
            after: max(since, lastNamed),
            in: now.addingTimeInterval(1)...now.addingTimeInterval(settings.forecastHorizon.seconds))
    }
}
