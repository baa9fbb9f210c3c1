internal import Exposition

/// A metric that a scrape can return, as documentation names it.
public struct Metric: Sendable, Hashable {
    /// The name in the text format.
    public let name: String
    /// The kind as OpenMetrics names it, for instance `counter`, `gauge`, `histogram` or `info`.
    public let kind: String
    /// The labels' names.
    public let labels: [String]
    /// What it says, and in which unit.
    public let help: String

    init(_ descriptor: Descriptor) {
        name = descriptor.name
        labels = descriptor.labels
        help = descriptor.help
        kind = descriptor.kind.name
    }
}
