/// The families that a registry exposes about its own work.
struct SelfObservation: Sendable {
    /// How long each collector took at this scrape.
    let duration: Descriptor
    /// Whether each collector kept its word at this scrape.
    let success: Descriptor
    /// How often collectors failed, and how.
    let failures: Descriptor
    /// What was not exposed.
    let dropped: Descriptor

    /// Names the families with a prefix, or without one if it is empty.
    init(namespace: String) {
        let prefix = namespace.isEmpty ? "" : namespace + "_"
        duration = .gauge(
            prefix + "collector_duration_seconds",
            "Time that a collector took at this scrape, in seconds.",
            labels: ["collector"]
        )
        success = .gauge(
            prefix + "collector_success",
            "Whether a collector returned in time, and only families that it declares, 1 or 0.",
            labels: ["collector"]
        )
        failures = .counter(
            prefix + "collector_failures_total",
            "Scrapes at which a collector failed, by what it did wrong.",
            labels: ["collector", "reason"]
        )
        dropped = .counter(
            prefix + "series_dropped_total",
            "Series and updates not exposed: malformed, repeated or over the cap.",
            labels: ["family"]
        )
    }

    /// All of them, sorted by name.
    var descriptors: [Descriptor] { [duration, failures, success, dropped] }
}
