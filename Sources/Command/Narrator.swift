internal import Agent
internal import FoundationEssentials

/// Tells a terminal what an agent is doing, until it is cancelled.
struct Narrator {
    let agent: Agent
    let port: Int

    func narrate() async {
        Terminal.note("fetching five seasons ...")
        await showTraining()
        guard !Task.isCancelled else { return }
        introduce(agent.standing)
        var settled = 0
        var drifted: [String] = []
        while !Task.isCancelled {
            try? await Task.sleep(for: .milliseconds(200))
            let standing = agent.standing
            if let scores = standing.settled, scores.matches != settled {
                settled = scores.matches
                Terminal.note(line(standing, scores))
            }
            if let now = standing.drifted, now != drifted {
                drifted = now
                Terminal.note(now.isEmpty ? "drift: none" : "drift: \(now.joined(separator: ", "))")
            }
        }
    }

    private func showTraining() async {
        let started = ContinuousClock.now
        while agent.standing.model == nil, !Task.isCancelled {
            if let trees = agent.progress.trees, Terminal.isInteractive {
                Terminal.redraw(ProgressBar.line("training", done: trees.finished, of: trees.expected, unit: "trees"))
            }
            try? await Task.sleep(for: .milliseconds(50))
        }
        if Terminal.isInteractive { Terminal.redraw("") }
        let seconds = Tables.fixed((ContinuousClock.now - started) / .seconds(1), 1)
        if let count = agent.standing.trainedOn {
            Terminal.note("trained on \(count) synthetic matches; ready after \(seconds) s")
        }
    }

    private func introduce(_ standing: Standing) {
        if let line = Tables.holdout(standing) { Terminal.note(line) }
        Terminal.note(
            """

              open        http://127.0.0.1:\(port)/
              scrape      curl -s http://127.0.0.1:\(port)/metrics
              forecasts   curl -s http://127.0.0.1:\(port)/api/v1/forecasts

            Rounds are played from here on; each line below is one that was scored.
            """)
    }

    private func line(_ standing: Standing, _ scores: (matches: Int, model: Double, market: Double?)) -> String {
        let market = scores.market.map { ", market \(Tables.fixed($0, 4))" } ?? ""
        return "\(Tables.day(standing.now))  \(scores.matches) forecasts settled, ranked probability score "
            + "\(Tables.fixed(scores.model, 4))\(market); \(standing.forecasts.count) forecasts ahead"
    }
}
