import Football
import Simulation
import Testing

struct InjectedFaultsTests {
    private let season = Season(startYear: 2023)
    private let league = SimulatedLeague(seed: 4)

    private func decode(_ faults: InjectedFaults) throws -> DecodedFeed<Match> {
        let file = faults.applied(to: SimulatedLeague.seasonCSV(league.season(season)), seed: league.seed)
        return try SeasonFile.decode(file, division: SimulatedLeague.division, season: season)
    }

    @Test func `a feed without faults is served as it is`() throws {
        let file = SimulatedLeague.seasonCSV(league.season(season))
        #expect(InjectedFaults.none.applied(to: file, seed: 4) == file)
        #expect(try decode(.none).rows.count == 380)
    }

    @Test func `a missing column costs what needs it and no row`() throws {
        let feed = try decode(InjectedFaults(missingColumns: ["HS", "B365D"]))
        #expect(feed.rows.count == 380 && feed.quarantined.isEmpty)
        #expect(feed.rows.allSatisfy { $0.result.statistics[.shots] == nil && $0.result.statistics.count == 5 })
        #expect(feed.rows.allSatisfy { $0.fixture.odds.keys.map(\.bookmaker) == [.average] })
        #expect(
            feed.schema.changes(since: try decode(.none).schema) == [
                SchemaChange(column: "B365D", change: .disappeared), SchemaChange(column: "HS", change: .disappeared),
            ])
    }

    @Test func `corrupted rows are caught, every one of them, and the same ones each time`() throws {
        let feed = try decode(InjectedFaults(corruptedRows: 0.2))
        #expect(feed.rows.count + feed.quarantined.count == 380)
        #expect((50...105).contains(feed.quarantined.count))
        #expect(
            Set(feed.quarantined.map(\.rule)).isSuperset(of: [.goals, .odds, .date, .sameTeam, .time, .fieldCount]))
        let played = Set(league.season(season))
        #expect(feed.rows.allSatisfy(played.contains))
        #expect(try decode(InjectedFaults(corruptedRows: 0.2)).quarantined == feed.quarantined)
    }
}
