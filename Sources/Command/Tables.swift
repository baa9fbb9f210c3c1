internal import Agent
internal import FoundationEssentials

/// Numbers and tables as a terminal shows them.
enum Tables {
    /// A number with a fixed count of places.
    static func fixed(_ value: Double, _ places: Int) -> String {
        guard value.isFinite else { return "\(value)" }
        var scale = 1.0
        for _ in 0..<places { scale *= 10 }
        let scaled = Int64((abs(value) * scale).rounded())
        let digits = String(scaled)
        let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
        let sign = value < 0 && scaled != 0 ? "-" : ""
        return sign + padded.dropLast(places) + (places > 0 ? "." + padded.suffix(places) : "")
    }

    /// The UTC day of an instant.
    static func day(_ instant: Date) -> String { String(instant.formatted(.iso8601).prefix(10)) }

    /// Columns of left-aligned text.
    static func table(_ rows: [[String]]) -> String {
        let widths = (0..<(rows.first?.count ?? 0)).map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            let cells = zip(row, widths).map { cell, width in cell + String(repeating: " ", count: width - cell.count) }
            let line = cells.joined(separator: "  ")
            return String(line.reversed().drop { $0 == " " }.reversed())
        }.joined(separator: "\n")
    }

    /// The catalogue as a Markdown table.
    static func metrics(_ metrics: [Metric]) -> String {
        let rows = metrics.map { metric in
            "| `\(metric.name)` | \(metric.kind) | \(metric.labels.map { "`\($0)`" }.joined(separator: " ")) | \(metric.help) |"
        }
        return (["| metric | type | labels | meaning |", "|---|---|---|---|"] + rows).joined(separator: "\n")
    }

    /// How a model did on the matches held out; nil if none were.
    static func holdout(_ standing: Standing) -> String? {
        guard let scores = standing.holdout, let matches = standing.holdoutMatches else { return nil }
        let market = scores.market.map { ", market \(fixed($0, 4))" } ?? ""
        return "on the \(matches) newest matches, held out: ranked probability score \(fixed(scores.model, 4))"
            + "\(market), base rates \(fixed(scores.baseRate, 4)); lower is better"
    }

    /// Forecasts, one a line.
    static func forecasts(_ forecasts: [Standing.Forecast]) -> String {
        let head = ["kick-off (UTC)", "home", "away", "P(home)", "P(draw)", "P(away)", "market"]
        let rows = forecasts.map { forecast in
            [
                String(forecast.deadline.formatted(.iso8601).prefix(16)).replacing("T", with: " "), forecast.home,
                forecast.away, fixed(forecast.model.home, 3), fixed(forecast.model.draw, 3),
                fixed(forecast.model.away, 3),
                forecast.market.map { "\(fixed($0.home, 3)) \(fixed($0.draw, 3)) \(fixed($0.away, 3))" } ?? "no odds",
            ]
        }
        return table([head] + rows)
    }
}
