import Football
import FoundationEssentials
import TestSupport
import Testing

struct AnnouncementEncoderTests {
    private func real() throws -> (fantasy: [Announcement], organisation: [Announcement]) {
        let teams = try FantasyFeed.teams(SharedData.bytes("fpl/bootstrap-static.json")).names
        return (
            try FantasyFeed.decode(SharedData.bytes("fpl/fixtures.json"), teams: teams, division: "E0").rows,
            try OrganisationFeed.decode(
                SharedData.bytes("football-data.org/PL-matches-scheduled.json"), division: "E0"
            ).rows
        )
    }

    private func throughFantasy(_ announcements: [Announcement]) throws -> [Announcement] {
        let clubs = Set(announcements.flatMap { [$0.key.home, $0.key.away] }).sorted()
        let teams = try FantasyFeed.teams(FantasyFeed.encode(teams: clubs))
        #expect(teams.quarantined == [])
        let feed = try FantasyFeed.decode(
            FantasyFeed.encode(announcements, teams: clubs), teams: teams.names, division: "E0")
        #expect(feed.quarantined == [])
        return feed.rows
    }

    private func throughOrganisation(_ announcements: [Announcement]) throws -> [Announcement] {
        let feed = try OrganisationFeed.decode(OrganisationFeed.encode(announcements), division: "E0")
        #expect(feed.quarantined == [])
        return feed.rows
    }

    @Test func `the real lists come back from their own encoding unchanged`() throws {
        let (fantasy, organisation) = try real()
        #expect(try throughFantasy(fantasy) == fantasy)
        #expect(try throughOrganisation(organisation) == organisation)
    }

    @Test func `every status survives in the format that has a word for it`() throws {
        let scheduled = try #require(try real().organisation.first)
        func announcement(_ status: Announcement.Status, _ away: String) -> Announcement {
            let hasScore = status == .playing || status == .finished
            return Announcement(
                key: MatchKey(division: "E0", season: scheduled.key.season, home: scheduled.key.home, away: away),
                status: status, kickOff: status == .postponed ? nil : scheduled.kickOff,
                goals: hasScore ? Sides(home: 2, away: 1) : nil,
                halfTimeGoals: hasScore ? Sides(home: 1, away: 1) : nil)
        }
        let opponents = ["Arsenal", "Burnley", "Chelsea", "Fulham", "Leeds", "Wolves"]
        // One match a day, or the same team would be playing twice.
        let all = zip(Announcement.Status.allCases, opponents).enumerated().map { day, pair in
            let one = announcement(pair.0, pair.1)
            return Announcement(
                key: one.key, status: one.status, kickOff: one.kickOff?.addingTimeInterval(Double(day) * 86_400),
                goals: one.goals, halfTimeGoals: one.halfTimeGoals)
        }
        #expect(try throughOrganisation(all) == all)
        let fantasy = try throughFantasy(all)
        #expect(fantasy.map(\.status) == all.map(\.status).filter { $0 != .cancelled })
        #expect(fantasy.map(\.goals) == all.filter { $0.status != .cancelled }.map(\.goals))
        #expect(fantasy.allSatisfy { $0.halfTimeGoals == nil })
    }
}
