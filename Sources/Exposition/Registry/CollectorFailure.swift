/// What a collector did wrong at a scrape; its other families, and those of others, are exposed nevertheless.
public struct CollectorFailure: Sendable, Hashable, CustomStringConvertible {
    /// The kinds of failure.
    public enum Reason: String, Sendable, CaseIterable {
        /// It threw an error.
        case threw
        /// It did not return in time, or has not returned from an earlier scrape.
        case hung
        /// It returned a family that it does not declare, or one family twice.
        case undeclared
    }

    /// The collector's name.
    public let collector: String
    /// What it did, a label value for metrics.
    public let reason: Reason
    /// The error it threw, or the family it returned.
    public let detail: String

    /// One line that says which collector failed, and how.
    public var description: String {
        switch reason {
        case .threw: "collector \(collector) failed: \(detail)"
        case .hung: "collector \(collector) does not return"
        case .undeclared: "collector \(collector) returned family \(detail), undeclared or twice"
        }
    }
}
