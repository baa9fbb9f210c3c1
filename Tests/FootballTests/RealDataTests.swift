import Football
import FoundationEssentials
import TestSupport
import Testing

/// Every real file there is: what it holds, and a checksum over all of it.
struct RealDataTests {
    @Test func `nineteen seasons are 7,220 matches, none of them refused`() throws {
        var matches: [Match] = []
        for season in RealSeasons.all {
            let feed = try SeasonFile.decode(RealSeasons.file(season), division: "E0", season: season)
            #expect(feed.quarantined.isEmpty && feed.skipped == 0 && feed.unusable.isEmpty)
            matches += feed.rows
        }
        #expect(matches.count == 7_220)
        #expect(matches.reduce(0) { $0 + $1.result.goals.home } == 11_158)
        #expect(matches.reduce(0) { $0 + $1.result.goals.away } == 8_572)
        #expect(matches.reduce(0) { $0 + $1.fixture.odds.count } == 25_080)
        #expect(checksum(matches.map(text).sorted()) == 11_865_342_494_705_012_078)
    }

    private func text(_ match: Match) -> String {
        let fixture = match.fixture
        let result = match.result
        var parts = [fixture.key.season.code, fixture.key.home, fixture.key.away, "\(fixture.day)"]
        parts.append(fixture.kickOff.map { "\(Int($0.timeIntervalSince1970))" } ?? "")
        parts.append("\(result.goals.home)-\(result.goals.away)")
        parts.append(result.halfTimeGoals.map { "\($0.home)-\($0.away)" } ?? "")
        parts += Statistic.allCases.map { name in result.statistics[name].map { "\($0.home)-\($0.away)" } ?? "" }
        for closing in [false, true] {
            for bookmaker in Bookmaker.allCases {
                let odds = fixture.odds[Quote(bookmaker, closing: closing)]
                parts.append(odds.map { "\($0.home) \($0.draw) \($0.away)" } ?? "")
            }
        }
        return parts.joined(separator: "|")
    }

    /// FNV-1a over the lines.
    private func checksum(_ lines: [String]) -> UInt64 {
        lines.joined(separator: "\n").utf8.reduce(14_695_981_039_346_656_037) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 }
    }
}
