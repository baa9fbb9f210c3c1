/// A number with its 95 % interval.
public struct Estimate: Hashable, Sendable {
    /// The number itself.
    public let value: Double
    /// Its interval; nil where the spread is unknown.
    public let interval: Interval?

    /// Makes an estimate.
    public init(_ value: Double, _ interval: Interval?) {
        self.value = value
        self.interval = interval
    }
}
