/// How much a fetch may cost before it is given up.
public struct FetchLimits: Sendable, Hashable {
    /// Time for name resolution, connection and TLS handshake together.
    public var connectTimeout: Duration
    /// Time for one attempt, redirects included.
    public var totalTimeout: Duration
    /// The largest body accepted, in bytes, both as transferred and after decompression.
    public var maximumBytes: Int
    /// How many redirects one attempt follows.
    public var maximumRedirects: Int
    /// A transfer slower than this many bytes a second for ``lowSpeedTime`` is given up; 0 switches the rule off.
    public var lowSpeedBytesPerSecond: Int
    /// How long a transfer may be that slow; libcurl counts whole seconds, so it is rounded up.
    public var lowSpeedTime: Duration
    /// The URL schemes that may be fetched, also by a redirect, in lower case.
    public var allowedProtocols: [String]

    /// Makes limits; the defaults suit files of a few megabytes from public servers.
    public init(
        connectTimeout: Duration = .seconds(10),
        totalTimeout: Duration = .seconds(60),
        maximumBytes: Int = 32 << 20,
        maximumRedirects: Int = 5,
        lowSpeedBytesPerSecond: Int = 100,
        lowSpeedTime: Duration = .seconds(20),
        allowedProtocols: [String] = ["http", "https"]
    ) {
        self.connectTimeout = connectTimeout
        self.totalTimeout = totalTimeout
        self.maximumBytes = maximumBytes
        self.maximumRedirects = maximumRedirects
        self.lowSpeedBytesPerSecond = lowSpeedBytesPerSecond
        self.lowSpeedTime = lowSpeedTime
        self.allowedProtocols = allowedProtocols
    }
}

extension Duration {
    /// Whole milliseconds, rounded up, at least 1: libcurl reads 0 as "no limit".
    var milliseconds: Int { max(1, Int((self / .milliseconds(1)).rounded(.up))) }

    /// Whole seconds, rounded up, at least 1.
    var wholeSeconds: Int { max(1, Int((self / .seconds(1)).rounded(.up))) }
}
