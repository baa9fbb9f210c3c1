internal import Agent
internal import ArgumentParser
internal import FoundationEssentials

struct DriftCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "drift",
        abstract: "Compare the newest matches with those before, and print what the metrics show of drift.",
        discussion: """
            Computes anew what touchline_drift_* and touchline_stream_* show, from the database alone; nothing is
            written, and an agent may be running. A feature is 'drifted' if its p-value, corrected for the number of
            features, is at most the level. Detectors watch the forecasts that were scored. Whether such alarms are
            worth having is what 'touchline calibrate-drift' says.
            """)

    @OptionGroup var configuration: ConfigurationOptions

    @Flag(help: "Print everything as JSON.")
    var json = false

    func run() async throws {
        let summary = try await configuration.agent(logging: .warn).drift()
        Terminal.print(json ? try JSONText.of(summary) : Tables.drift(summary))
    }
}

extension Tables {
    /// The look for drift as tables.
    fileprivate static func drift(_ summary: DriftSummary) -> String {
        let measures = ["chi_squared", "kolmogorov_smirnov", "psi", "jensen_shannon", "wasserstein", "mean"]
        let head = ["feature", "state", "n", "reference", "p (corrected)", "found"] + measures
        let rows = summary.features.map { feature in
            [
                feature.name, feature.state, "\(feature.currentMatches)", "\(feature.referenceMatches)",
                feature.pValue.map { fixed($0, 4) } ?? "", feature.foundAt.map { day($0) } ?? "",
            ] + measures.map { feature.statistics[$0].map { fixed($0, 3) } ?? "" }
        }
        var text = "\(summary.windowMatches) newest matches against \(summary.referenceMatches) before, level "
        text += "\(summary.significanceLevel) for all features together\n\(table([head] + rows))"
        if let margin = summary.marginShift {
            text += "\n\nodds' margin: moved by \(fixed(100 * margin.statistic, 2)) points"
            text += margin.isDetected == true ? ", which is reported" : ""
        }
        if let apart = summary.toldApart {
            text += "\nforest that tells them apart: area \(fixed(apart.statistic, 3)), p \(fixed(apart.pValue, 3))"
        }
        if let ratio = summary.replayedFalseAlarmRatio {
            text +=
                "\nseasons without drift, drawn from the history, that raise an alarm: "
                + "\(Int((ratio * Double(summary.replayedSeasons)).rounded())) of \(summary.replayedSeasons); "
                + "'touchline calibrate-drift' draws more"
        }
        return text + "\n\n" + streams(summary)
    }

    private static func streams(_ summary: DriftSummary) -> String {
        guard !summary.streams.isEmpty else { return "no forecast has been scored yet" }
        let rows = summary.streams.map { stream in
            [
                stream.detector, stream.isDetected ? "detected" : "ok", fixed(stream.statistic, 3),
                stream.threshold.map { fixed($0, 3) } ?? "", "\(stream.runMatches)", "\(stream.matches)",
            ]
        }
        return table([["detector", "state", "statistic", "threshold", "run", "matches"]] + rows)
    }
}
