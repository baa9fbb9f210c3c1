internal import Football
internal import FoundationEssentials

/// A CSV file of forecasts, written block by block, from which a run that was stopped goes on.
struct ForecastJournal {
    private static let header = "season,day,home,away,p_home,p_draw,p_away,market_home,market_draw,market_away,outcome"
    private let path: String?
    private var kept: [String: OutcomeProbabilities] = [:]
    private var text = ""

    /// Opens the file; one of other options or matches is refused rather than overwritten.
    init(path: String?, fingerprint: String) throws(AgentError) {
        self.path = path
        guard let path else { return }
        let mark = "# backtest \(fingerprint)"
        guard let data = FileManager.default.contents(atPath: path), !data.isEmpty else {
            text = "\(mark)\n\(Self.header)\n"
            return
        }
        let lines = String(decoding: data, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: true)
        guard lines.first.map(String.init) == mark else {
            throw .job("\(path) holds forecasts of other options or matches; name another file")
        }
        // What follows the last line break was cut off while it was written.
        let whole = data.last == UInt8(ascii: "\n") ? lines[...] : lines.dropLast()
        text = whole.joined(separator: "\n") + "\n"
        for line in whole.dropFirst(2) {
            let cells = line.split(separator: ",", omittingEmptySubsequences: false)
            guard cells.count == 11, let home = Double(cells[4]), let draw = Double(cells[5]),
                let away = Double(cells[6])
            else { throw .job("\(path) has a line that is no forecast: \(line)") }
            kept[Self.key(cells[0], cells[2], cells[3])] = OutcomeProbabilities(home: home, draw: draw, away: away)
        }
    }

    /// The kept forecasts of a block; nil unless all of it was forecast.
    func forecasts(of rows: [Fitted.Row]) -> [Backtest.Forecast]? {
        var forecasts: [Backtest.Forecast] = []
        for row in rows {
            let key = row.match.fixture.key
            guard let forecast = kept[Self.key("\(key.season)", key.home[...], key.away[...])] else { return nil }
            forecasts.append(Backtest.Forecast(row.match, forecast))
        }
        return forecasts
    }

    /// Writes a block's forecasts.
    mutating func append(_ forecasts: [Backtest.Forecast]) throws(AgentError) {
        guard let path else { return }
        for forecast in forecasts {
            let (fixture, says) = (forecast.match.fixture, forecast.probabilities)
            let key = Self.key("\(fixture.key.season)", fixture.key.home[...], fixture.key.away[...])
            // A block that was cut off while it was written is forecast again; what is there stays.
            guard kept[key] == nil else { continue }
            let market = fixture.forecastOdds?.probabilities(.power).values.map { "\($0)" } ?? ["", "", ""]
            let cells =
                ["\(fixture.key.season)", "\(fixture.day)", fixture.key.home, fixture.key.away]
                + says.values.map { "\($0)" } + market + [forecast.match.result.outcome.name]
            text += cells.joined(separator: ",") + "\n"
        }
        do {
            try Data(text.utf8).write(to: URL(filePath: path), options: .atomic)
        } catch {
            throw .job("\(path) cannot be written: \(error)")
        }
    }

    private static func key(_ season: some StringProtocol, _ home: Substring, _ away: Substring) -> String {
        "\(season),\(home),\(away)"
    }
}
