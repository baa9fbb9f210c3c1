internal import Football
internal import History

extension Agent {
    /// Forecasts past seasons out of the database's history, beside an agent that runs or without one.
    ///
    /// - Parameters:
    ///   - backtest: What to forecast, and by what.
    ///   - division: The division's code; nil for the one that the settings fetch.
    ///   - output: A CSV file that gets every forecast as it is made; a run that was stopped goes on from there.
    ///   - progress: Is called after each block with the number of matches forecast and to forecast.
    /// - Returns: The scores.
    /// - Throws: ``AgentError`` that says what cannot be read, written or forecast.
    public func backtest(
        _ backtest: Backtest, division: String?, output: String?, progress: @escaping @Sendable (Int, Int) -> Void
    ) async throws(AgentError) -> Backtest.Report {
        let division = division ?? settings.current.feed.division
        let history = history
        let known = try await withServer { () throws(HistoryError) -> [Match]? in
            let matches = try await history.schemaVersion().isCurrent ? try await history.matches() : nil
            await history.close()
            return matches
        }
        guard let known else {
            throw .database("the database's schema is not this program's: run 'touchline migrate' first")
        }
        let matches = known.filter { $0.fixture.key.division == division }
        guard !matches.isEmpty else {
            throw .job("the database has no finished match of division \(division); --data names a folder of files")
        }
        return try await backtest.run(matches, output: output, progress: progress)
    }
}
