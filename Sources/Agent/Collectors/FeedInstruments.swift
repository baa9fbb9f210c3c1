internal import Exposition
internal import Fetch
internal import Football
internal import FoundationEssentials
internal import History
internal import Synchronization

/// What fetching and decoding the feeds came to.
final class FeedInstruments: Collector {
    static let requests = Descriptor.counter(
        "touchline_fetch_requests_total", "Attempts to fetch a file, whatever their outcome.", labels: ["source"])
    static let failures = Descriptor.counter(
        "touchline_fetch_failures_total", "Attempts to fetch a file that failed, by reason.",
        labels: ["source", "reason"])
    static let notModified = Descriptor.counter(
        "touchline_fetch_not_modified_total", "Fetches that the server answered with not modified.", labels: ["source"])
    static let retries = Descriptor.counter(
        "touchline_fetch_retries_total", "Attempts that repeated a failed one.", labels: ["source"])
    static let received = Descriptor.counter(
        "touchline_fetch_received_bytes_total", "Bytes received on the wire, before decompression.", labels: ["source"])
    static let duration = Descriptor.histogram(
        "touchline_fetch_duration_seconds", "How long attempts to fetch a file took, in seconds.", labels: ["source"],
        buckets: [0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60])
    static let phases = Descriptor.histogram(
        "touchline_fetch_phase_duration_seconds", "How long each phase of an attempt took, in seconds.",
        labels: ["phase"])
    static let lastSuccess = Descriptor.gauge(
        "touchline_feed_last_success_timestamp_seconds",
        "Unix time at which a file of the feed was last fetched and understood, or found not modified.",
        labels: ["source"])
    static let undecodable = Descriptor.counter(
        "touchline_feed_failures_total", "Files that were fetched but could not be decoded, by reason.",
        labels: ["source", "reason"])
    static let rows = Descriptor.counter(
        "touchline_rows_ingested_total", "Valid rows, by what they changed in the history.",
        labels: ["source", "change"])
    static let quarantined = Descriptor.counter(
        "touchline_rows_quarantined_total", "Rows newly put into quarantine, by the rule that they broke.",
        labels: ["source", "rule"])
    static let schemaChanges = Descriptor.counter(
        "touchline_feed_schema_changes_total",
        "Columns of a feed that appeared, disappeared or changed their kind; the log names them.",
        labels: ["source", "change"])
    static let corrections = Descriptor.counter(
        "touchline_results_corrected_total", "Stored results that a feed gave differently later.", labels: ["source"])
    static let disagreements = Descriptor.counter(
        "touchline_feed_disagreements_total",
        "Scores, final or at half-time, that a feed gives differently from what is kept; the log names the matches.",
        labels: ["source", "score"])
    static let circuitOpen = Descriptor.gauge(
        "touchline_fetch_circuit_open", "Whether a feed's host keeps failing and is left alone for a while (1).",
        labels: ["source"])
    static let descriptors = [
        requests, failures, notModified, retries, received, duration, phases, lastSuccess, undecodable, rows,
        quarantined, schemaChanges, corrections, disagreements, circuitOpen,
    ]

    private static let sources = FeedFile.Source.allCases.map(\.rawValue)
    private static let phaseNames = ["dns", "connect", "tls", "first_byte", "transfer"]

    private static func each(_ values: [String]) -> [[String]] {
        sources.flatMap { source in values.map { [source, $0] } }
    }

    let name = "feed"
    private let requests = Counter(requests, seed: sources.map { [$0] })
    private let failures = Counter(failures, seed: each(FetchError.reasons))
    private let notModified = Counter(notModified, seed: sources.map { [$0] })
    private let retries = Counter(retries, seed: sources.map { [$0] })
    private let received = Counter(received, seed: sources.map { [$0] })
    private let durations = Histogram(duration, seed: sources.map { [$0] })
    private let phases = Histogram(phases, seed: phaseNames.map { [$0] })
    private let undecodable = Counter(undecodable, seed: each(FeedError.reasons))
    private let rows = Counter(rows, seed: each(["inserted", "updated", "unchanged"]))
    private let quarantined = Counter(quarantined, seed: each(RowRule.allCases.map(\.rawValue)))
    private let schemaChanges = Counter(schemaChanges, seed: each(SchemaChange.Change.allCases.map(\.rawValue)))
    private let corrections = Counter(corrections, seed: sources.map { [$0] })
    private let disagreements = Counter(disagreements, seed: each(Disagreement.Score.allCases.map(\.rawValue)))
    private let circuits = Gauge(circuitOpen)
    private let lastSuccesses = Gauge(lastSuccess)
    private let clock: LeagueClock

    init(clock: LeagueClock) {
        self.clock = clock
    }

    func attempted(source: FeedFile.Source, _ attempt: FetchAttempt) {
        let label = [source.rawValue]
        requests.increment(label)
        if attempt.number > 1 { retries.increment(label) }
        received.increment(label, by: Double(attempt.receivedBytes))
        durations.observe(attempt.timings.total.seconds, label)
        if case .failure(let error) = attempt.outcome {
            failures.increment([source.rawValue, error.reason])
            return
        }
        // A phase that did not happen (a reused connection, plain HTTP) took no time and is no observation.
        let timings = attempt.timings
        let spent = timings.dns + timings.connect + timings.tls + timings.firstByte
        for (phase, time) in zip(
            Self.phaseNames,
            [timings.dns, timings.connect, timings.tls, timings.firstByte, timings.total - spent]) where time > .zero
        {
            phases.observe(time.seconds, [phase])
        }
    }

    func notModified(source: FeedFile.Source, at instant: Date) {
        notModified.increment([source.rawValue])
        succeeded(source: source, at: instant)
    }

    func succeeded(source: FeedFile.Source, at instant: Date) {
        lastSuccesses.set(clock.wall(instant).timeIntervalSince1970, [source.rawValue])
    }

    func failed(source: FeedFile.Source, _ error: FileError) {
        guard case .feed(let error) = error else { return }
        undecodable.increment([source.rawValue, error.reason])
    }

    /// A fetch ended; `error` says why it brought nothing, nil that it brought something.
    func refused(source: FeedFile.Source, _ error: FetchError?) {
        var isOpen = false
        switch error {
        case .circuitOpen, .rateLimited:
            isOpen = error?.reason == "circuit_open"
            failures.increment([source.rawValue, error?.reason ?? "other"])
            requests.increment([source.rawValue])
        default: break
        }
        circuits.set(isOpen ? 1 : 0, [source.rawValue])
    }

    func changed(source: FeedFile.Source, _ change: SchemaChange) {
        schemaChanges.increment([source.rawValue, change.change.rawValue])
    }

    func found(_ disagreement: Disagreement) {
        disagreements.increment([disagreement.source, disagreement.score.rawValue])
    }

    func ingested(source: FeedFile.Source, ingest: Ingest, outcome: IngestOutcome) {
        rows.increment([source.rawValue, "inserted"], by: Double(outcome.inserted))
        rows.increment([source.rawValue, "updated"], by: Double(outcome.updated))
        rows.increment([source.rawValue, "unchanged"], by: Double(outcome.unchanged))
        corrections.increment([source.rawValue], by: Double(outcome.corrections.count))
        for (rule, count) in outcome.newlyQuarantined {
            quarantined.increment([source.rawValue, rule.rawValue], by: Double(count))
        }
    }

    func collect() -> [Family] {
        [
            requests.family, failures.family, notModified.family, retries.family, received.family, durations.family,
            phases.family, lastSuccesses.family, undecodable.family, rows.family, quarantined.family,
            schemaChanges.family, corrections.family, disagreements.family, circuits.family,
        ]
    }
}
