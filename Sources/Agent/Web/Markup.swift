internal import Football
internal import FoundationEssentials

/// The landing page's HTML; every text that is not the page's own goes through ``escape(_:)``.
enum Markup {
    static func page(_ body: String) -> String {
        """
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><title>Touchline</title>
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="refresh" content="5">
        <style>
        body{font:16px/1.5 system-ui,"DejaVu Sans",sans-serif;max-width:64rem;margin:2rem auto;padding:0 1rem;color:#1b2733;background:#fbfcfd}
        h1{margin:0;font-size:2rem}h2{font-size:1.1rem;margin:2rem 0 .5rem}.lead{color:#52616f;margin:.2rem 0 1rem}
        .banner{background:#fff3cd;border:1px solid #e0c36a;border-radius:.5rem;padding:.6rem 1rem}
        .alarm{background:#fbe3e0;border-color:#c0392b;font-weight:600}
        nav a{margin-right:1.2rem;color:#0b62a8}
        .cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(13rem,1fr));gap:1rem;margin-top:1.2rem}
        .card{background:#fff;border:1px solid #dde4ea;border-left:.3rem solid #9aa8b5;border-radius:.5rem;padding:.7rem 1rem}
        .card b{display:block;font-size:1.4rem}.card span,.card small{color:#52616f}.ok{border-left-color:#2e8b57}
        .bad{border-left-color:#c0392b}.wait{border-left-color:#d9a300}
        table{border-collapse:collapse;width:100%;background:#fff;font-size:.85rem;font-variant-numeric:tabular-nums}
        th,td{text-align:left;white-space:nowrap;padding:.35rem .6rem;border-bottom:1px solid #e6ebf0}th{color:#52616f;font-weight:600}
        </style></head><body>
        \(body)
        </body></html>

        """
    }

    static func card(_ title: String, _ value: String, _ state: String, _ detail: String) -> String {
        "<div class=\"card \(state)\"><span>\(escape(title))</span><b>\(escape(value))</b><small>\(escape(detail))</small></div>"
    }

    static func table(_ head: [String], _ rows: [[String]]) -> String {
        func row(_ cells: [String], _ tag: String) -> String {
            "<tr>" + cells.map { "<\(tag)>\(escape($0))</\(tag)>" }.joined() + "</tr>\n"
        }
        return "<table>\n" + row(head, "th") + rows.map { row($0, "td") }.joined() + "</table>"
    }

    static func escape(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;")
    }

    /// An instant to the minute, in UTC.
    static func instant(_ date: Date) -> String {
        let day = Day(containing: date)
        let minutes = Int(date.timeIntervalSince(day.start) / 60)
        let clock = [minutes / 60, minutes % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
        return "\(day) \(clock) UTC"
    }

    /// A probability as a percentage to one place, without its sign.
    static func share(_ probability: Double) -> String { "\((probability * 1000).rounded() / 10)" }

    /// A score to four places.
    static func score(_ value: Double) -> String { "\((value * 10_000).rounded() / 10_000)" }
}
