/// Durations as people write them in Prometheus' configuration: `30s`, `15m`, `1h30m`, `7d`, `500ms`.
enum DurationText {
    private static let units: [(suffix: String, milliseconds: Int64)] = [
        ("w", 604_800_000), ("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1_000), ("ms", 1),
    ]

    /// Reads a duration; nil if the text is not one, or repeats a unit, or has units out of order.
    static func parse(_ text: some StringProtocol) -> Duration? {
        var rest = text[...]
        var remainingUnits = units[...]
        var total: Int64 = 0
        guard !rest.isEmpty else { return nil }
        while !rest.isEmpty {
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            guard let count = Int64(digits), count < 1_000_000_000 else { return nil }
            rest = rest.dropFirst(digits.count)
            let suffix = rest.prefix { $0.isASCII && $0.isLetter }
            guard let unit = remainingUnits.firstIndex(where: { $0.suffix == suffix }) else { return nil }
            total += count * units[unit].milliseconds
            remainingUnits = units[(unit + 1)...]
            rest = rest.dropFirst(suffix.count)
        }
        return .milliseconds(total)
    }

    /// The shortest text that ``parse(_:)`` reads back to the same duration, to the millisecond.
    static func format(_ duration: Duration) -> String {
        var milliseconds = duration.components.seconds * 1_000 + duration.components.attoseconds / 1_000_000_000_000_000
        guard milliseconds > 0 else { return "0s" }
        var text = ""
        for unit in units where unit.suffix != "w" && milliseconds >= unit.milliseconds {
            text += "\(milliseconds / unit.milliseconds)\(unit.suffix)"
            milliseconds %= unit.milliseconds
        }
        return text
    }
}

extension Duration {
    /// The duration in seconds.
    var seconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}
