import Football
import FoundationEssentials
import History
import Testing
import TestSupport

struct IngestsTests {
    private static let codes = (5...23).map { Season(startYear: 2000 + $0) }

    private func realIngests() throws -> [Ingest] {
        try IngestsTests.codes.map { season in
            let path = try SharedData.path("football-data.co.uk/mmz4281/\(season.code)/E0.csv")
            let feed = try SeasonFile.decode(
                Array(Data(contentsOf: URL(filePath: path))), division: "E0", season: season)
            return Ingest(
                source: "football-data.co.uk", url: "https://example.org/\(season.code)/E0.csv", at: newYear,
                matches: feed.rows, quarantined: feed.quarantined)
        }
    }

    private let rowVersions = """
        select md5(string_agg(line, ',' order by line)) from (
            select 'f' || id || ' ' || xmin || ' ' || ctid as line from fixtures
            union all select 'm' || fixture_id || ' ' || xmin || ' ' || ctid from matches
            union all select 'o' || fixture_id || bookmaker || closing || ' ' || xmin || ' ' || ctid from odds
            union all select 'q' || id || ' ' || xmin || ' ' || ctid from quarantined_rows
            union all select 'v' || url || ' ' || xmin || ' ' || ctid from validators
        ) rows
        """

    @Test func `nineteen real seasons are kept as they are, and kept again without touching a row`() async throws {
        let history = try await TestDatabase.migrated().history()
        let ingests = try realIngests()
        for ingest in ingests {
            #expect(try await history.record(ingest) == IngestOutcome(inserted: 380))
        }
        let before: String? = try await history.value(rowVersions)
        for ingest in ingests.reversed() {
            #expect(try await history.record(ingest) == IngestOutcome(unchanged: 380))
        }
        #expect(try await history.value(rowVersions) == before)
        let written = ingests.flatMap { ingest in
            ingest.matches.enumerated().sorted {
                ($0.element.fixture.day, $0.offset) < ($1.element.fixture.day, $1.offset)
            }
            .map(\.element)
        }
        let read = try await history.matches()
        #expect(read.count == 7220)
        #expect(read == written)
    }

    @Test func `a fixture becomes a match, and a stale announcement does not undo it`() async throws {
        let history = try await TestDatabase.migrated().history()
        let fixture = Example.fixture()
        #expect(try await history.record(Example.ingest(fixtures: [fixture])).inserted == 1)
        #expect(try await history.fixtures(after: newYear) == [fixture])
        #expect(try await history.fixtures(after: fixture.forecastDeadline) == [])
        let match = Example.match(fixture)
        #expect(try await history.record(Example.ingest(matches: [match])) == IngestOutcome(inserted: 1))
        let stale = Example.fixture(hours: 60, odds: [Quote(.average): Odds(home: 2, draw: 3, away: 4)])
        #expect(try await history.record(Example.ingest(fixtures: [stale])) == IngestOutcome(unchanged: 1))
        #expect(try await history.matches() == [match])
        #expect(try await history.fixtures(after: newYear) == [])
    }

    @Test func `changed odds, kick-offs and goals are updates`() async throws {
        let history = try await TestDatabase.migrated().history()
        let quote = Quote(.bet365)
        let steps: [(Ingest, IngestOutcome)] = [
            (Example.ingest(fixtures: [Example.fixture()]), IngestOutcome(inserted: 1)),
            (Example.ingest(fixtures: [Example.fixture(hours: 40)]), IngestOutcome(updated: 1)),
            (
                Example.ingest(fixtures: [Example.fixture(hours: 40, odds: [quote: Odds(home: 2, draw: 3, away: 4)])]),
                IngestOutcome(updated: 1)
            ),
            (Example.ingest(fixtures: [Example.fixture(hours: 40, odds: [:])]), IngestOutcome(unchanged: 1)),
            (Example.ingest(matches: [Example.match()]), IngestOutcome(inserted: 1)),
            (Example.ingest(matches: [Example.match(goals: Sides(home: 0, away: 0))]), IngestOutcome(updated: 1)),
        ]
        for (ingest, outcome) in steps.dropLast() { #expect(try await history.record(ingest) == outcome) }
        let last = try await history.record(steps[steps.count - 1].0)
        #expect(last.updated == 1 && last.inserted == 0 && last.unchanged == 0)
        #expect(
            last.corrections == [
                Correction(
                    key: Example.key(), before: Sides(home: 2, away: 1), after: Sides(home: 0, away: 0), revision: 1)
            ])
        #expect(try await history.matches().map(\.result.outcome) == [.draw])
        #expect(try await history.value("select count(*) from result_revisions") == 1)
    }

    @Test func `a day without a time keeps the time that was known`() async throws {
        let history = try await TestDatabase.migrated().history()
        let timed = Example.fixture()
        let untimed = Fixture(key: timed.key, day: timed.day, kickOff: nil, odds: [:])
        let moved = Fixture(key: timed.key, day: timed.day.advanced(by: 7), kickOff: nil, odds: [:])
        _ = try await history.record(Example.ingest(fixtures: [timed]))
        #expect(try await history.record(Example.ingest(fixtures: [untimed])).unchanged == 1)
        #expect(try await history.fixtures(after: newYear) == [timed])
        #expect(try await history.record(Example.ingest(fixtures: [moved])).updated == 1)
        #expect(try await history.fixtures(after: newYear).map(\.kickOff) == [nil])
    }

    @Test func `a match that a file has twice is kept once, as it stands last`() async throws {
        let history = try await TestDatabase.migrated().history()
        let last = Example.match(goals: Sides(home: 0, away: 3))
        let ingest = Example.ingest(matches: [Example.match(), last], fixtures: [Example.fixture(hours: 90)])
        #expect(try await history.record(ingest) == IngestOutcome(inserted: 1))
        #expect(try await history.matches() == [last])
    }

    @Test func `refused rows are kept once, whatever bytes they hold`() async throws {
        let history = try await TestDatabase.migrated().history()
        let long = String(repeating: "ü,", count: 600)
        let rows = [
            QuarantinedRow(line: 2, rule: .goals, value: "x", text: "E0,\0'; drop table matches; --"),
            QuarantinedRow(line: 3, rule: .date, value: "", text: long),
        ]
        #expect(try await history.record(Example.ingest(quarantined: rows)).newlyQuarantined == [.goals: 1, .date: 1])
        #expect(try await history.record(Example.ingest(quarantined: rows)).quarantined == 0)
        #expect(try await history.value("select text from quarantined_rows where line = 3") == long)
        #expect(try await history.counts(at: newYear).quarantined == 2)
    }

    @Test func `a refused row that only moved in its file is no new one, and two alike at once are two`() async throws {
        let history = try await TestDatabase.migrated().history()
        func row(_ line: Int, _ text: String = "E0,bad") -> QuarantinedRow {
            QuarantinedRow(line: line, rule: .goals, value: "x", text: text)
        }
        let first = try await history.record(Example.ingest(quarantined: [row(2), row(3)]))
        #expect(first.newlyQuarantined == [.goals: 2] && first.newlyQuarantinedLines == [2, 3])
        let moved = try await history.record(Example.ingest(quarantined: [row(5), row(6), row(7, "E0,worse")]))
        #expect(moved.newlyQuarantined == [.goals: 1] && moved.newlyQuarantinedLines == [7])
        #expect(try await history.counts(at: newYear).quarantined == 3)
    }

    @Test func `facts, refused rows and validators are kept together or not at all`() async throws {
        let history = try await TestDatabase.migrated().history()
        let impossible = Example.match(goals: Sides(home: -1, away: 0))
        let row = QuarantinedRow(line: 2, rule: .goals, value: "x", text: "E0")
        let ingest = Example.ingest(matches: [impossible], fixtures: [Example.fixture("Hull")], quarantined: [row])
        let error = await #expect(throws: HistoryError.self) { try await history.record(ingest) }
        #expect(error?.reason == "rejected")
        let counts = try await history.counts(at: newYear)
        #expect(counts.matches == 0 && counts.fixtures == 0 && counts.quarantined == 0)
        #expect(counts.synthetic == nil)
        #expect(try await history.validators(url: ingest.url) == nil)
    }

    @Test(arguments: [false, true])
    func `real and simulated rows never meet`(synthetic: Bool) async throws {
        let history = try await TestDatabase.migrated().history()
        _ = try await history.record(Example.ingest(fixtures: [Example.fixture()], synthetic: synthetic))
        await #expect(throws: HistoryError.mixedProvenance(offeredSynthetic: !synthetic)) {
            try await history.record(Example.ingest(fixtures: [Example.fixture("Hull")], synthetic: !synthetic))
        }
        await #expect(throws: HistoryError.mixedProvenance(offeredSynthetic: !synthetic)) {
            try await history.store(Example.model(synthetic: !synthetic))
        }
        #expect(try await history.counts(at: newYear).synthetic == synthetic)
        let error = await #expect(throws: HistoryError.self) {
            try await history.execute("update fixtures set synthetic = not synthetic")
        }
        #expect(error?.reason == "rejected")
    }

    @Test func `counts tell how much there is and how new it is`() async throws {
        let history = try await TestDatabase.migrated().history()
        #expect(try await history.counts(at: newYear).newestMatch == nil)
        let played = Example.match(Example.fixture("Hull", hours: 15))
        _ = try await history.record(
            Example.ingest(matches: [Example.match(), played], fixtures: [Example.fixture("Bury")]))
        let counts = try await history.counts(at: newYear)
        #expect(counts.matches == 2 && counts.fixtures == 1 && counts.synthetic == false)
        #expect(counts.newestKickOff == Example.fixture().kickOff)
        #expect(counts.nextKickOff == Example.fixture().kickOff)
        let afterwards = try await history.counts(at: Example.fixture().forecastDeadline)
        #expect(afterwards.fixtures == 0 && afterwards.nextKickOff == nil)
        #expect(counts.newestMatch == Example.fixture().day)
    }
}
