internal import Fetch

extension Fetcher {
    /// A fetcher within the bounds that the settings give.
    convenience init(_ feed: Settings.Feed, seed: UInt64) {
        self.init(
            userAgent: "touchline/\(Version.number)",
            limits: FetchLimits(
                connectTimeout: feed.connectTimeout, totalTimeout: feed.timeout, maximumBytes: feed.maximumBytes),
            retry: RetryPolicy(maximumAttempts: feed.attempts), seed: seed)
    }
}
