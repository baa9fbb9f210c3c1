import Football
import FoundationEssentials
import TestSupport
import Testing

struct FantasyFeedTests {
    private func real() throws -> DecodedFeed<Announcement> {
        let teams = try FantasyFeed.teams(SharedData.bytes("fpl/bootstrap-static.json"))
        #expect(teams.quarantined == [])
        return try FantasyFeed.decode(
            SharedData.bytes("fpl/fixtures.json"), teams: teams.names, division: "E0")
    }

    @Test func `the real season is a whole one whose first match has been played`() throws {
        let feed = try real()
        #expect(feed.rows.count == 380)
        #expect(feed.quarantined == [])
        #expect(Set(feed.rows.map(\.key.home)).count == 20)
        #expect(Set(feed.rows.map(\.key.season)) == [Season(startYear: 2026)])
        let finished = feed.rows.filter { $0.status == .finished }
        #expect(finished.map(\.key.home) == ["Arsenal"])
        #expect(finished.map(\.key.away) == ["Coventry"])
        #expect(finished.first?.goals == Sides(home: 3, away: 0))
        #expect(finished.first?.match?.fixture.day.description == "2026-08-21")
        #expect(feed.rows.allSatisfy { $0.fixture != nil })
        #expect(feed.schema.columns["kickoff_time"] == .text)
        #expect(feed.schema.columns["finished"] == .flag)
    }

    private static let teams = [1: "Arsenal", 2: "Leeds", 3: "Hull"]
    private static let first =
        #"{"team_h":1,"team_a":2,"kickoff_time":"2026-08-21T19:00:00Z","finished":false,"finished_provisional":false,"#
        + #""started":false,"provisional_start_time":false,"team_h_score":null,"team_a_score":null}"#

    private func decode(_ rows: String...) throws(FeedError) -> DecodedFeed<Announcement> {
        let text = "[" + ([Self.first] + rows).joined(separator: ",\n") + "]"
        return try FantasyFeed.decode(Array(text.utf8), teams: Self.teams, division: "E0")
    }

    private static func match(_ changes: String) -> String {
        #"{"team_h":2,"team_a":3,"kickoff_time":"2026-12-26T15:00:00Z","finished":false,"finished_provisional":false,"#
            + #""started":false,"provisional_start_time":false,\#(changes)}"#
    }

    @Test func `a match without a kick-off is postponed, in the season of the others`() throws {
        let row =
            #"{"team_h":3,"team_a":2,"kickoff_time":null,"finished":false,"finished_provisional":false,"#
            + #""started":null,"provisional_start_time":false,"team_h_score":null,"team_a_score":null}"#
        let found = try #require(try decode(row).rows.last)
        #expect(found.status == .postponed)
        #expect(found.key == MatchKey(division: "E0", season: Season(startYear: 2026), home: "Hull", away: "Leeds"))
        #expect(found.fixture == nil && found.match == nil)
    }

    @Test func `a match under way has a score that is no result`() throws {
        let row = Self.match(#""team_h_score":1,"team_a_score":0"#).replacing(
            #""started":false"#, with: #""started":true"#)
        let found = try #require(try decode(row).rows.last)
        #expect(found.status == .playing && found.goals == Sides(home: 1, away: 0) && found.match == nil)
    }

    @Test(arguments: [
        (#""team_h_score":-1,"team_a_score":0"#, RowRule.goals), (#""team_h_score":99,"team_a_score":0"#, .goals),
        (#""team_h_score":1.5,"team_a_score":0"#, .goals), (#""team_h_score":1"#, .field),
        (#""team_h_score":1,"team_a_score":null"#, .goals),
    ])
    func `a bad record is refused alone`(changes: String, rule: RowRule) throws {
        let feed = try decode(Self.match(changes), "7")
        #expect(feed.rows.count == 1)
        #expect(feed.quarantined.map(\.rule) == [rule, .field])
        #expect(feed.quarantined.map(\.line) == [2, 3])
        #expect(feed.quarantined.first?.text == Self.match(changes))
    }

    @Test func `teams without a number and names without a club are refused`() throws {
        let unknown = Self.match(#""team_h_score":null,"team_a_score":null"#).replacing(
            #""team_a":3"#, with: #""team_a":77"#)
        #expect(try decode(unknown).quarantined.map(\.rule) == [.unknownTeam])
        let teams = try FantasyFeed.teams(Array(#"{"teams":[{"id":1,"name":"Arsnal"},{"id":2}]}"#.utf8))
        #expect(teams.names == [:])
        #expect(teams.quarantined.map(\.rule) == [.unknownTeam, .field])
        #expect(teams.quarantined.first?.value == "Arsnal; nearest: Arsenal")
    }
}
