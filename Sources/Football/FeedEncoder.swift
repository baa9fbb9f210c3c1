import FoundationEssentials

/// Writes rows in football-data.co.uk's layout, so that synthetic files take the path of real ones.
///
/// The byte order mark, CRLF and four-digit years are those of the files since 2021/22. Odds columns appear for the
/// quotes that at least one row has.
struct FeedEncoder {
    private let quotes: [Quote]
    private var bytes: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// Starts a file with its header.
    init(_ fixtures: some Sequence<Fixture>, resultColumns: [String], columns: Set<Quote> = []) {
        let present = fixtures.reduce(into: columns) { $0.formUnion($1.odds.keys) }
        quotes = [false, true].flatMap { closing in Bookmaker.allCases.map { Quote($0, closing: closing) } }
            .filter(present.contains)
        let odds = quotes.flatMap { quote in ["H", "D", "A"].map { quote.columnPrefix + $0 } }
        append(["Div", "Date", "Time", "HomeTeam", "AwayTeam"] + resultColumns + odds)
    }

    /// The file so far.
    var file: [UInt8] { bytes }

    /// Adds a row.
    mutating func append(_ fixture: Fixture, results: [String]) {
        let odds = quotes.flatMap { quote in
            fixture.odds[quote].map { [$0.home, $0.draw, $0.away].map(\.description) } ?? ["", "", ""]
        }
        let key = fixture.key
        append([key.division, fixture.day.feedDate, fixture.feedTime, key.home, key.away] + results + odds)
    }

    private mutating func append(_ fields: [String]) {
        bytes += fields.map(FeedEncoder.quoted).joined(separator: ",").utf8
        bytes += "\r\n".utf8
    }

    private static func quoted(_ field: String) -> String {
        guard field.utf8.contains(where: { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }) else { return field }
        return "\"" + field.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}

extension Quote {
    fileprivate var columnPrefix: String { bookmaker.columnPrefixes[0] + (closing ? "C" : "") }
}

extension Day {
    /// The day as `dd/mm/yyyy`.
    fileprivate var feedDate: String { description.split(separator: "-").reversed().joined(separator: "/") }
}

extension Fixture {
    /// The kick-off on a UK clock, `hh:mm`; empty if it is not known.
    fileprivate var feedTime: String {
        guard let kickOff else { return "" }
        let minutes = Int(kickOff.timeIntervalSince(day.start) / 60)
        let isSummer = day.london(hour: minutes / 60, minute: minutes % 60) != kickOff
        let shown = isSummer ? minutes + 60 : minutes
        return [shown / 60, shown % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
    }
}

extension SeasonFile {
    /// Encodes finished matches so that ``decode(_:division:season:)`` returns them unchanged.
    public static func encode(_ matches: [Match]) -> [UInt8] {
        let statistics = Statistic.allCases.flatMap { ["H" + $0.columnSuffix, "A" + $0.columnSuffix] }
        var encoder = FeedEncoder(
            matches.map(\.fixture),
            resultColumns: ["FTHG", "FTAG", "FTR", "HTHG", "HTAG", "HTR"] + statistics
        )
        for match in matches {
            let result = match.result
            encoder.append(
                match.fixture,
                results: counts(result.goals) + [result.outcome.letter]
                    + counts(result.halfTimeGoals) + [result.halfTimeGoals.map { Outcome(goals: $0).letter } ?? ""]
                    + Statistic.allCases.flatMap { counts(result.statistics[$0]) }
            )
        }
        return encoder.file
    }

    private static func counts(_ sides: Sides<Int>?) -> [String] {
        sides.map { ["\($0.home)", "\($0.away)"] } ?? ["", ""]
    }
}

extension FixturesFile {
    /// Encodes fixtures so that ``decode(_:division:)`` returns them unchanged.
    ///
    /// - Parameters:
    ///   - fixtures: The fixtures; there may be none.
    ///   - columns: Odds that have columns whether or not a fixture has them: a file keeps its header.
    /// - Returns: The file.
    public static func encode(_ fixtures: [Fixture], columns: Set<Quote> = []) -> [UInt8] {
        var encoder = FeedEncoder(fixtures, resultColumns: [], columns: columns)
        for fixture in fixtures { encoder.append(fixture, results: []) }
        return encoder.file
    }
}
