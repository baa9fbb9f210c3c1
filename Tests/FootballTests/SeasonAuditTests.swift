import Football
import TestSupport
import Testing

struct SeasonAuditTests {
    private func season(_ year: Int) throws -> [Match] {
        try RealSeasons.everyMatch.get().filter { $0.fixture.key.season.startYear == year }
    }

    @Test(arguments: RealSeasons.all)
    func `every real season is whole`(season: Season) throws {
        #expect(SeasonAudit(try self.season(season.startYear), season: season).findings == [])
    }

    @Test func `a missing match is found by every rule that it breaks`() throws {
        let matches = Array(try season(2023).dropLast())
        let findings = SeasonAudit(matches, season: Season(startYear: 2023)).findings
        #expect(Set(findings.map(\.rule)) == [.matches, .pairs, .table])
        #expect(findings.first?.detail == "379 matches instead of 380")
    }

    @Test func `the table of 2023/24 is the league's, but for points that the league took`() throws {
        let rows = LeagueTable(try season(2023)).rows
        #expect(rows.prefix(3).map(\.team) == ["Man City", "Arsenal", "Liverpool"])
        #expect(rows.prefix(3).map(\.points) == [91, 89, 82])
        #expect(rows.first?.scored == 96 && rows.first?.conceded == 34)
        #expect(rows.last?.team == "Sheffield United" && rows.last?.points == 16)
    }
}
