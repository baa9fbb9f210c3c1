import Football
import FoundationEssentials
import TestSupport
import Testing

struct OrganisationFeedTests {
    @Test func `the real list is read whole, with every club known`() throws {
        let feed = try OrganisationFeed.decode(
            SharedData.bytes("football-data.org/PL-matches-scheduled.json"), division: "E0")
        #expect(feed.rows.count == 109)
        #expect(feed.quarantined == [])
        #expect(Set(feed.rows.map(\.status)) == [.scheduled])
        #expect(Set(feed.rows.map(\.key.season)) == [Season(startYear: 2025)])
        #expect(Set(feed.rows.flatMap { [$0.key.home, $0.key.away] }).count == 20)
        let first = try #require(feed.rows.first)
        #expect(first.key.home == "Everton" && first.key.away == "Man United")
        #expect(first.kickOff == Day(year: 2026, month: 2, day: 23)?.start.addingTimeInterval(20 * 3600))
    }

    private func decode(_ changes: String) throws(FeedError) -> DecodedFeed<Announcement> {
        let text = """
            {"matches": [
            {"season": {"startDate": "2025-08-15"}, "utcDate": "2026-04-05T15:00:00Z",
            "homeTeam": {"name": "Everton FC"}, "awayTeam": {"name": "Manchester United FC"}, \(changes)}]}
            """
        return try OrganisationFeed.decode(Array(text.utf8), division: "E0")
    }

    private static func score(_ full: String, _ half: String = #"{"home":0,"away":0}"#, winner: String) -> String {
        #""status": "FINISHED", "score": {"winner": \#(winner), "fullTime": \#(full), "halfTime": \#(half)}"#
    }

    @Test func `a finished match becomes a result on its UK day`() throws {
        let row = try #require(
            try decode(Self.score(#"{"home":2,"away":1}"#, winner: #""HOME_TEAM""#)).rows.first)
        #expect(row.match?.result.goals == Sides(home: 2, away: 1))
        #expect(row.match?.result.halfTimeGoals == Sides(home: 0, away: 0))
        #expect(row.match?.fixture.day.description == "2026-04-05")
    }

    @Test(arguments: [
        (score(#"{"home":2,"away":1}"#, winner: #""DRAW""#), RowRule.resultMismatch),
        (score(#"{"home":0,"away":1}"#, #"{"home":1,"away":0}"#, winner: #""AWAY_TEAM""#), .halfTime),
        (score(#"{"home":null,"away":null}"#, winner: "null"), .goals),
        (#""status": "UNHEARD_OF", "score": {}"#, .field), (#""status": "FINISHED""#, .field),
    ])
    func `a bad record is refused`(changes: String, rule: RowRule) throws {
        let feed = try decode(changes)
        #expect(feed.rows == [])
        #expect(feed.quarantined.map(\.rule) == [rule])
        #expect(feed.quarantined.map(\.line) == [2])
    }

    @Test(arguments: ["POSTPONED", "SUSPENDED"])
    func `a match put off is not to be played`(status: String) throws {
        let nothing = #"{"home":null,"away":null}"#
        let row = try #require(
            try decode(#""status": "\#(status)", "score": {"fullTime": \#(nothing), "halfTime": \#(nothing)}"#).rows
                .first)
        #expect(row.status == .postponed && row.fixture == nil)
    }

    @Test func `an answer that says no is not taken for an empty list`() {
        let answer = #"{"message": "You reached your request limit.", "errorCode": 429}"#
        #expect(throws: FeedError.missingKey("matches")) {
            try OrganisationFeed.decode(Array(answer.utf8), division: "E0")
        }
    }
}
