import FoundationEssentials
import Football
import History

/// Asks everything that the agent asks of forecasts and scores, and prints how long each took at worst, in milliseconds.
///
/// usage: AskMillions <connection string> migrate | ask [rounds]
@main struct AskMillions {
    static func main() async throws {
        let arguments = CommandLine.arguments
        let history = History(DatabaseSettings(connectionString: arguments[1], maximumConnections: 1))
        if arguments[2] == "migrate" {
            _ = try await history.migrate()
            return
        }
        let now = Date()
        let model = try await history.champion()?.id ?? 0
        let ahead = try await history.fixtures(after: now)
        let questions: [(String, @Sendable () async throws -> Int)] = [
            ("latest forecasts", { try await history.latestPredictions(after: now).count }),
            ("recent scores", { try await history.recentEvaluations(limit: 380).count }),
            ("what is to be scored", { try await history.settlements().count }),
            ("counts", { try await history.counts(at: now).predictions }),
            ("models", { try await history.models().count }),
            ("fixtures ahead", { try await history.fixtures(after: now).count }),
            ("the state of the server", { try await history.serverState().rows.count }),
            ("the agenda", { try await history.agenda(division: "E0", from: Season(startYear: 2_025)).count }),
            (
                "keeping a round of forecasts",
                {
                    // Each is new: it differs from the one before.
                    let share = Double.random(in: 0.3...0.4)
                    return try await history.store(
                        ahead.prefix(10).map { fixture in
                            Prediction(
                                modelID: model, key: fixture.key, deadline: fixture.forecastDeadline, madeAt: Date(),
                                probabilities: OutcomeProbabilities(home: share, draw: 0.3, away: 0.7 - share),
                                market: nil, synthetic: true)
                        })
                }
            ),
        ]
        for (name, ask) in questions {
            var taken: [Double] = []
            var found = 0
            for _ in 0..<(arguments.count > 3 ? Int(arguments[3]) ?? 5 : 5) {
                let started = ContinuousClock.now
                found = try await ask()
                taken.append((ContinuousClock.now - started) / .milliseconds(1))
            }
            print("\(name)|\(found)|\(taken.max() ?? 0)")
        }
        await history.close()
    }
}
