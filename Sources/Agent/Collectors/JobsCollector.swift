internal import Exposition
internal import FoundationEssentials
internal import Synchronization

/// What the worker does: each job's runs, failures, durations and last success.
final class JobsCollector: Collector {
    static let runs = Descriptor.counter(
        "touchline_job_runs_total", "Runs of a job that ended, whatever their outcome.", labels: ["job_name"])
    static let failures = Descriptor.counter(
        "touchline_job_failures_total", "Runs of a job that failed, by reason.", labels: ["job_name", "reason"])
    static let duration = Descriptor.histogram(
        "touchline_job_duration_seconds", "How long the runs of a job took, in seconds.", labels: ["job_name"],
        buckets: [0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 300, 900, 3600])
    static let items = Descriptor.counter(
        "touchline_job_items_total", "Items that the runs of a job looked at (in) and wrote (out).",
        labels: ["job_name", "direction"])
    static let lastSuccess = Descriptor.gauge(
        "touchline_job_last_success_timestamp_seconds", "Unix time at which the last successful run of a job began.",
        labels: ["job_name"])
    static let period = Descriptor.gauge(
        "touchline_job_period_seconds", "Seconds between the next two scheduled runs of a job.", labels: ["job_name"])
    static let running = Descriptor.gauge(
        "touchline_job_running", "Whether a job is running now (1) or not (0).", labels: ["job_name"])
    static let heartbeat = Descriptor.gauge(
        "touchline_worker_heartbeat_timestamp_seconds", "Unix time at which the worker last showed that it is alive.")
    static let descriptors = [runs, failures, duration, items, lastSuccess, period, running, heartbeat]

    let name = "jobs"
    private let runs = Counter(runs, seed: JobName.allCases.map { [$0.rawValue] })
    private let failures = Counter(
        failures, seed: JobName.allCases.flatMap { job in JobError.reasons.map { [job.rawValue, $0] } })
    private let durations = Histogram(duration, seed: JobName.allCases.map { [$0.rawValue] })
    private let items = Counter(
        items, seed: JobName.allCases.flatMap { [[$0.rawValue, "in"], [$0.rawValue, "out"]] })
    private let current = Mutex<JobName?>(nil)
    private let beat = Mutex<Date?>(nil)
    private let snapshots: SnapshotStore
    private let settings: SettingsStore
    private let clock: LeagueClock

    init(snapshots: SnapshotStore, settings: SettingsStore, clock: LeagueClock) {
        self.snapshots = snapshots
        self.settings = settings
        self.clock = clock
    }

    /// The wall instant of the last sign of life; nil before the first.
    var lastHeartbeat: Date? { beat.withLock { $0 } }

    func heartbeat(at instant: Date) { beat.withLock { $0 = instant } }

    func started(_ job: JobName) { current.withLock { $0 = job } }

    func ended(_ job: JobName, after duration: Duration, result: Result<JobResult, JobError>) {
        current.withLock { $0 = nil }
        runs.increment([job.rawValue])
        durations.observe(duration.seconds, [job.rawValue])
        switch result {
        case .success(let result):
            items.increment([job.rawValue, "in"], by: Double(result.itemsIn))
            items.increment([job.rawValue, "out"], by: Double(result.itemsOut))
        case .failure(let error):
            failures.increment([job.rawValue, error.reason])
        }
    }

    func collect() -> [Family] {
        var lastSuccess = Family(Self.lastSuccess)
        var period = Family(Self.period)
        var running = Family(Self.running)
        let records = snapshots.current?.jobs ?? [:]
        let schedule = JobSchedule(settings: settings.current.schedule)
        let current = current.withLock { $0 }
        for job in JobName.allCases {
            let label = [job.rawValue]
            lastSuccess.append(
                records[job]?.lastSuccess.map { clock.wall($0).timeIntervalSince1970 }, labels: label)
            period.append(schedule.period(of: job, at: clock.now).map { clock.wall($0).seconds }, labels: label)
            running.append(current == job ? 1 : 0, labels: label)
        }
        return [
            runs.family, failures.family, durations.family, items.family, lastSuccess, period, running,
            Family(Self.heartbeat, lastHeartbeat?.timeIntervalSince1970),
        ]
    }
}
