import Football
import FoundationEssentials
import History
import TestSupport
import Testing

struct DisagreementsTests {
    private func announcement(_ goals: Sides<Int>, half: Sides<Int>?, away: String = "Derby") -> Announcement {
        Announcement(
            key: Example.key("Leeds", away), status: .finished, kickOff: Example.fixture().kickOff, goals: goals,
            halfTimeGoals: half)
    }

    private func match(_ goals: Sides<Int>, half: Sides<Int>?, away: String = "Derby") -> Match {
        Match(
            fixture: Example.fixture("Leeds", away),
            result: MatchResult(goals: goals, halfTimeGoals: half, statistics: [:]))
    }

    @Test func `scores that a source gives differently are told once, by source and by score`() async throws {
        let history = try await TestDatabase.migrated().history()
        _ = try await history.record(
            Example.ingest(matches: [
                match(Sides(home: 2, away: 1), half: Sides(home: 1, away: 0)),
                match(Sides(home: 0, away: 0), half: nil, away: "Hull"),
            ]))
        func new() async throws -> [Disagreement] {
            try await history.newDisagreements(division: Example.division, from: Example.season, at: newYear)
        }
        try await history.keep(
            [
                announcement(Sides(home: 2, away: 1), half: Sides(home: 1, away: 0)),
                announcement(Sides(home: 0, away: 0), half: Sides(home: 0, away: 0), away: "Hull"),
            ], source: "one", at: newYear)
        #expect(try await new() == [], "a half-time score that nobody else has is no disagreement")
        let odd = announcement(Sides(home: 3, away: 1), half: Sides(home: 1, away: 1))
        try await history.keep([odd], source: "two", at: newYear)
        let found = try await new()
        #expect(found.map(\.score) == [.final, .halfTime])
        #expect(found.first?.theirs == Sides(home: 3, away: 1) && found.first?.kept == Sides(home: 2, away: 1))
        #expect(found.last?.theirs == Sides(home: 1, away: 1) && found.last?.kept == Sides(home: 1, away: 0))
        #expect(Set(found.map(\.source)) == ["two"])
        #expect(try await new() == [])
        // What is kept changes to what one source said: now the other one disagrees.
        _ = try await history.record(
            Example.ingest(matches: [match(Sides(home: 3, away: 1), half: Sides(home: 1, away: 1))]))
        #expect(try await new().map(\.source) == ["one", "one"])
        #expect(try await new() == [])
    }

    @Test func `a match that is not over is no result to disagree with`() async throws {
        let history = try await TestDatabase.migrated().history()
        _ = try await history.record(Example.ingest(matches: [match(Sides(home: 2, away: 1), half: nil)]))
        let playing = Announcement(
            key: Example.key(), status: .playing, kickOff: Example.fixture().kickOff, goals: Sides(home: 0, away: 0))
        try await history.keep([playing], source: "one", at: newYear)
        let found = try await history.newDisagreements(
            division: Example.division, from: Example.season, at: newYear)
        #expect(found == [])
    }
}
