internal import Exposition
internal import FoundationEssentials
internal import Glibc

/// An OpenMetrics file with timestamps: every series of a family together and in order of time, as the standard asks.
///
/// Samples wait in memory, 16 bytes each, until the last is known.
struct OpenMetricsFile: BackfillSink {
    private let path: String
    private var samples: [[(milliseconds: Int64, value: Double)]] = []

    /// Notes where the file goes; throws ``AgentError/job(_:)`` if nothing can be written there.
    init(_ path: String) throws(AgentError) {
        self.path = path
        guard access(path, W_OK) == 0 || FileManager.default.createFile(atPath: path, contents: nil) else {
            throw .job("\(path) cannot be written: \(String(cString: strerror(errno)))")
        }
    }

    mutating func take(_ values: [ScrapeHistory.Value], at milliseconds: Int64, _ history: ScrapeHistory) {
        while samples.count < history.series.count { samples.append([]) }
        for (series, value) in values { samples[series].append((milliseconds, value)) }
    }

    mutating func finish(_ history: ScrapeHistory) throws -> (bytes: Int, requests: Int) {
        guard let file = fopen(path, "w") else {
            throw AgentError.job("\(path) cannot be written: \(String(cString: strerror(errno)))")
        }
        let members = Dictionary(grouping: history.series.indices) { history.series[$0].family }
        var written = 0
        var isWhole = true
        for (position, family) in history.families.enumerated() {
            var text = family.head.joined(separator: "\n") + "\n"
            for series in members[position] ?? [] {
                let name = history.series[series].text
                for sample in samples[series] {
                    text += "\(name) \(Self.text(sample.value)) \(Self.text(milliseconds: sample.milliseconds))\n"
                }
            }
            isWhole = isWhole && fputs(text, file) >= 0
            written += text.utf8.count
        }
        isWhole = fputs("# EOF\n", file) >= 0 && isWhole
        guard fclose(file) == 0, isWhole else { throw AgentError.job("\(path) could not be written whole") }
        return (written + 6, 0)
    }

    private static func text(_ value: Double) -> String {
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        if value.isNaN { return "NaN" }
        return value == value.rounded() && abs(value) < 1e15 ? "\(Int64(value))" : "\(value)"
    }

    /// Seconds, with a fraction only where there is one.
    private static func text(milliseconds: Int64) -> String {
        milliseconds % 1000 == 0 ? "\(milliseconds / 1000)" : "\(Double(milliseconds) / 1000)"
    }
}
