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

    @Test func `the last success, the last end and the failures since are known of every job`() async throws {
        let history = try await TestDatabase.migrated().history()
        #expect(try await history.jobRecords() == [:])
        let runs = [
            run("fetch", hours: 1), run("fetch", hours: 2), run("fetch", hours: 3, outcome: "timeout"),
            run("train", hours: 1, outcome: "no_data"), run("train", hours: 2, outcome: "no_data"),
            run("score", hours: 1, outcome: "timeout"), run("score", hours: 2),
        ]
        for run in runs { try await history.record(run) }
        let records = try await history.jobRecords()
        #expect(
            records.mapValues(\.lastSuccess) == ["fetch": runs[1].startedAt, "train": nil, "score": runs[6].startedAt])
        #expect(
            records.mapValues(\.lastEnd)
                == ["fetch": runs[2].finishedAt, "train": runs[4].finishedAt, "score": runs[6].finishedAt])
        #expect(records.mapValues(\.failuresSinceSuccess) == ["fetch": 1, "train": 2, "score": 0])
    }

    @Test func `a run that ends before it starts is refused`() async throws {
        let history = try await TestDatabase.migrated().history()
        var backwards = run("fetch", hours: 1)
        backwards.finishedAt = backwards.startedAt.addingTimeInterval(-1)
        await #expect(throws: HistoryError.self) { try await history.record(backwards) }
        #expect(try await history.jobRecords() == [:])
    }
}
