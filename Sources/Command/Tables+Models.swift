internal import Agent
internal import FoundationEssentials

extension Tables {
    /// The registry, a model a line.
    static func models(_ models: [ModelSummary]) -> String {
        let head = ["model", "stage", "trained (UTC)", "matches", "until", "RPS", "market", "log loss", "bytes"]
        return table(
            [head]
                + models.map { model in
                    [
                        "\(model.model)", model.stage, instant(model.trainedAt), "\(model.matches)", model.lastDay,
                        score(model.rankedProbability), score(model.marketRankedProbability), score(model.logLoss),
                        bytes(model),
                    ]
                })
    }

    /// A model and what became of it.
    static func story(_ story: ModelStory) -> String {
        let events =
            [["at (UTC)", "event", "by", "reason"]]
            + story.events.map { [instant($0.at), $0.event, $0.requestedBy, $0.reason] }
        return table(facts(story.summary).map { [$0.0, $0.1] }) + "\n\n" + table(events)
    }

    /// Two models side by side; lines that differ are marked.
    static func comparison(_ one: ModelSummary, _ other: ModelSummary) -> String {
        table(
            zip(facts(one), facts(other)).map { one, other in
                [one.1 == other.1 ? " " : "*", one.0, one.1, other.1]
            })
    }

    private static func facts(_ model: ModelSummary) -> [(String, String)] {
        [
            ("model", "\(model.model)"), ("stage", model.stage), ("trained (UTC)", instant(model.trainedAt)),
            ("features", "\(model.featureSet) (\(model.features))"),
            ("matches", "\(model.matches), \(model.firstDay) to \(model.lastDay)"),
            ("data", model.dataChecksum ?? "not kept"), ("base", model.base ?? "not kept"),
            ("options", model.options), ("seed", "\(model.seed)"),
            ("calibration", model.calibration), ("held out", model.holdoutMatches.map { "\($0) matches" } ?? "none"),
            ("RPS", score(model.rankedProbability)), ("market's RPS", score(model.marketRankedProbability)),
            ("log loss", score(model.logLoss)), ("bytes", bytes(model)), ("SHA-256", model.bytesChecksum),
            ("training", "\(fixed(model.trainingSeconds, 2)) s"), ("synthetic", model.synthetic ? "yes" : "no"),
        ]
    }

    private static func bytes(_ model: ModelSummary) -> String { model.size == 0 ? "gone" : "\(model.size)" }

    private static func score(_ value: Double?) -> String { value.map { fixed($0, 5) } ?? "unknown" }

    private static func instant(_ date: Date) -> String {
        String(date.formatted(.iso8601).prefix(16)).replacing("T", with: " ")
    }
}
