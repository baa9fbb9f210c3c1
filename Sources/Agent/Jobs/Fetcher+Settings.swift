internal import Fetch

extension Fetcher {
    /// A fetcher within the bounds that the settings give.
    convenience init(_ feed: Settings.Feed, gates: HostGates, seed: UInt64) {
        self.init(
            userAgent: "touchline/\(Version.number)",
            limits: FetchLimits(
                connectTimeout: feed.connectTimeout, totalTimeout: feed.timeout, maximumBytes: feed.maximumBytes),
            retry: RetryPolicy(maximumAttempts: feed.attempts), gates: gates,
            politeness: HostGates.Policy(
                pause: feed.pause, breakerFailures: feed.breakerFailures, breakerPause: feed.breakerPause),
            seed: seed)
    }
}
