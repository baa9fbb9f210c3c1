internal import Exposition
internal import Synchronization

/// How the metrics page itself is answered.
final class ScrapeInstruments: Collector {
    static let duration = Descriptor.histogram(
        "touchline_scrape_duration_seconds", "How long the metrics page took to build, in seconds.",
        buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10])
    static let scrapes = Descriptor.counter(
        "touchline_scrapes_total", "Requests for the metrics page, by status code.", labels: ["code"])
    static let inFlight = Descriptor.gauge(
        "touchline_scrapes_in_flight", "Requests for the metrics page being answered.")
    static let descriptors = [duration, scrapes, inFlight]

    let name = "scrape"
    private let durations = Histogram(duration)
    private let scrapes = Counter(scrapes, seed: [["200"], ["500"], ["503"]])
    private let answering = Atomic<Int>(0)

    /// Takes a place among the requests that are answered at once; false if there is none.
    func enter(limit: Int) -> Bool {
        guard answering.add(1, ordering: .relaxed).newValue <= limit else {
            leave()
            return false
        }
        return true
    }

    func leave() { answering.subtract(1, ordering: .relaxed) }

    func answered(code: Int, after duration: Duration) {
        scrapes.increment(["\(code)"])
        durations.observe(duration.seconds)
    }

    func collect() -> [Family] {
        [durations.family, scrapes.family, Family(Self.inFlight, Double(answering.load(ordering: .relaxed)))]
    }
}
