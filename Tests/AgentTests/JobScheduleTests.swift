import FoundationEssentials
import Testing

@testable import Agent

struct JobScheduleTests {
    private typealias Record = JobSchedule.Record
    /// A Tuesday, 22:13:20 UTC.
    private let now = Date(timeIntervalSince1970: 1_700_000_000)

    private func schedule(_ cron: String = "0 * * * *", jitter: Duration = .zero) throws -> JobSchedule {
        var settings = Settings.Schedule()
        for job in JobName.allCases { settings.crons[job] = try CronExpression(cron) }
        settings.jitter = jitter
        return JobSchedule(settings: settings)
    }

    @Test func `a job that never ran is due, and the first in the flow goes first`() throws {
        let schedule = try schedule()
        #expect(schedule.due(at: now, records: [:]) == .ingest)
        var records: [JobName: Record] = [:]
        var order: [JobName] = []
        while let job = schedule.due(at: now, records: records) {
            order.append(job)
            records[job] = Record(lastSuccess: now, lastEnd: now)
        }
        #expect(order == [.ingest, .evaluate, .decide, .train, .predict, .drift, .backup, .retain])
    }

    @Test func `a job that is ordered is due at once, but not before the pause after a failure`() throws {
        let schedule = try schedule()
        let done = Record(lastSuccess: now, lastEnd: now)
        var records = Dictionary(uniqueKeysWithValues: JobName.allCases.map { ($0, done) })
        #expect(schedule.due(at: now, records: records) == nil)
        #expect(schedule.due(at: now, records: records, ordered: [.train]) == .train)
        records[.train]?.failures = 1
        #expect(schedule.due(at: now, records: records, ordered: [.train]) == nil)
        let later = now.addingTimeInterval(61)
        #expect(schedule.due(at: later, records: records, ordered: [.train]) == .train)
    }

    @Test func `a job that ran waits for its next instant`() throws {
        let schedule = try schedule()
        let record = Record(lastSuccess: now, lastEnd: now)
        let next = Date(timeIntervalSince1970: 1_700_002_800)
        #expect(schedule.dueInstant(of: .train, at: now, record: record) == next)
        let all = Dictionary(uniqueKeysWithValues: JobName.allCases.map { ($0, record) })
        #expect(schedule.due(at: next.addingTimeInterval(-1), records: all) == nil)
        #expect(schedule.due(at: next, records: all) == .ingest)
    }

    @Test func `instants missed while the agent was down are caught up with once`() throws {
        let schedule = try schedule(jitter: .seconds(600))
        var record = Record(lastSuccess: now.addingTimeInterval(-40 * 86_400))
        #expect(schedule.dueInstant(of: .ingest, at: now, record: record) <= now)
        record.lastSuccess = now
        #expect(schedule.dueInstant(of: .ingest, at: now, record: record) > now)
    }

    @Test func `a failing job is tried again after pauses that double up to an hour`() throws {
        for lastSuccess in [nil, now.addingTimeInterval(-86_400)] {
            var pauses: [Double] = []
            for failures in 1...9 {
                let record = Record(lastSuccess: lastSuccess, lastEnd: now, failures: failures)
                let due = try schedule().dueInstant(of: .ingest, at: now, record: record)
                pauses.append(due.timeIntervalSince(now))
            }
            #expect(pauses == [60, 120, 240, 480, 960, 1920, 3600, 3600, 3600])
        }
    }

    @Test func `the first pause is a setting`() throws {
        var settings = try schedule().settings
        settings.retryPause = .seconds(2)
        let pauses = [1, 2, 3, 11, 12, 40].map {
            JobSchedule(settings: settings).dueInstant(
                of: .ingest, at: now, record: Record(lastEnd: now, failures: $0)
            ).timeIntervalSince(now)
        }
        #expect(pauses == [2, 4, 8, 2_048, 3_600, 3_600])
    }

    @Test func `a failing job lets the others go on`() throws {
        let failing = Record(lastSuccess: nil, lastEnd: now, failures: 1)
        #expect(try schedule().due(at: now, records: [.ingest: failing]) == .evaluate)
    }

    @Test func `a job that takes longer than its period does not keep the others from running`() throws {
        let schedule = try schedule("@every 10s")
        var records: [JobName: Record] = [:]
        var clock = now
        var runs: [JobName: Int] = [:]
        for _ in 0..<50 {
            guard let job = schedule.due(at: clock, records: records) else {
                clock += 1
                continue
            }
            runs[job, default: 0] += 1
            let end = clock.addingTimeInterval(job == .ingest ? 12 : 1)
            records[job] = Record(lastSuccess: clock, lastEnd: end)
            clock = end
        }
        #expect(JobName.allCases.allSatisfy { runs[$0, default: 0] >= 5 })
    }

    @Test func `what was missed while the agent was down is caught up with in the order in which data flows`() throws {
        let schedule = try schedule()
        let before = now.addingTimeInterval(-86_400)
        // The longest overdue is the last of the flow.
        var records = Dictionary(
            uniqueKeysWithValues: JobName.allCases.enumerated().map { place, job in
                let ended = before.addingTimeInterval(-3_600 * Double(place))
                return (job, Record(lastSuccess: ended, lastEnd: ended))
            })
        var order: [JobName] = []
        while let job = schedule.due(at: now, records: records) {
            order.append(job)
            records[job] = Record(lastSuccess: now, lastEnd: now)
        }
        #expect(order == JobName.allCases)
    }

    @Test func `a job that is not due does not become so by an old failure`() throws {
        let record = Record(lastSuccess: now, lastEnd: now.addingTimeInterval(-1), failures: 3)
        #expect(
            try schedule().dueInstant(of: .drift, at: now, record: record) == Date(timeIntervalSince1970: 1_700_002_800)
        )
    }

    @Test func `without an expression a job is never due`() throws {
        let schedule = JobSchedule(settings: Settings.Schedule(crons: [:], jitter: .zero))
        #expect(schedule.due(at: now, records: [:]) == nil)
        #expect(schedule.period(of: .train, at: now) == nil)
    }

    @Test func `the period is the time between the next two instants`() throws {
        #expect(try schedule("*/15 * * * *").period(of: .train, at: now) == 900)
        // Wednesday to Saturday, as now is a Tuesday.
        #expect(try schedule("0 0 * * 3,6").period(of: .train, at: now) == 3 * 86_400)
    }

    /// Looks at the schedule every `step` seconds as the worker does, with a new one each time as after a restart.
    @Test(arguments: [
        ("*/15 * * * *", 0, 47), ("*/15 * * * *", 30, 47), ("*/15 * * * *", 899, 47), ("*/15 * * * *", 5_000, 47),
        ("0 * * * *", 3_600, 181), ("30 4 * * *", 30, 3_607), ("0 0 * * 1", 90_000, 20_011), ("@every 40s", 30, 7),
    ])
    func `jitter neither skips an instant nor runs one twice`(cron: String, jitter: Int, step: Int) throws {
        let period = try #require(try schedule(cron).period(of: .train, at: now))
        for job in JobName.allCases {
            var record = Record()
            var runs: [Date] = []
            var instant = now
            while runs.count < 8 {
                let schedule = try schedule(cron, jitter: .seconds(jitter))
                if schedule.dueInstant(of: job, at: instant, record: record) <= instant {
                    runs.append(instant)
                    record.lastSuccess = instant
                }
                instant = instant.addingTimeInterval(Double(step))
            }
            // The first run is the one that a new agent owes at once; the second is within a period of it.
            #expect(runs[1].timeIntervalSince(runs[0]) <= period + Double(step))
            for (earlier, later) in zip(runs.dropFirst(), runs.dropFirst(2)) {
                #expect(abs(later.timeIntervalSince(earlier) - period) <= Double(step))
            }
        }
    }

    @Test func `jitter keeps jobs apart and within its bound`() throws {
        let schedule = try schedule("0 * * * *", jitter: .seconds(1_000))
        let record = Record(lastSuccess: now, lastEnd: now)
        let pauses = JobName.allCases.map {
            schedule.dueInstant(of: $0, at: now, record: record).timeIntervalSince(now)
        }
        // The next hour begins in 2,800 s; the last began 800 s ago, and may still be put off by up to 200 s.
        #expect(pauses.allSatisfy { (0..<200).contains($0) || (2_800..<3_600).contains($0) })
        #expect(Set(pauses).count == JobName.allCases.count)
    }
}
