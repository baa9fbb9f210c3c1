import FoundationEssentials
import History
import Testing
import TestSupport

struct JobRunsTests {
    private func run(_ job: String, hours: Double, outcome: String = JobRun.succeeded) -> JobRun {
        let start = newYear.addingTimeInterval(hours * 3600)
        return JobRun(
            job: job, startedAt: start, finishedAt: start.addingTimeInterval(1.25), outcome: outcome, itemsIn: 380,
            itemsOut: 2)
    }

    @Test func `the last run and the last success of every job are found`() async throws {
        let history = try await TestDatabase.migrated().history()
        let runs = [
            run("fetch", hours: 1), run("fetch", hours: 3, outcome: "timeout"), run("fetch", hours: 2),
            run("train", hours: 1, outcome: "no_data"),
        ]
        for run in runs { try await history.record(run) }
        #expect(try await history.lastRuns() == ["fetch": runs[1], "train": runs[3]])
        #expect(try await history.lastSuccessfulRuns() == ["fetch": runs[2]])
    }

    @Test func `a run that ends before it starts is refused`() async throws {
        let history = try await TestDatabase.migrated().history()
        var backwards = run("fetch", hours: 1)
        backwards.finishedAt = backwards.startedAt.addingTimeInterval(-1)
        await #expect(throws: HistoryError.self) { try await history.record(backwards) }
        #expect(try await history.lastRuns() == [:])
    }
}
