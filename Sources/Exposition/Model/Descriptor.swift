/// What a metric family is: its name, kind, help and label names.
///
/// A descriptor is plain data and can be made from anything; ``validate()`` says whether it may be exposed, and
/// ``Registry`` asks before it accepts one.
public struct Descriptor: Sendable, Hashable {
    /// The kinds of family, as OpenMetrics names them.
    public enum Kind: Sendable, Hashable {
        /// A total that only grows, and starts at 0 with the process.
        case counter
        /// A value that can go up and down.
        case gauge
        /// Identity in labels; its value is always 1.
        case info
        /// Observations counted into buckets with these upper bounds, ascending; `+Inf` is implied.
        case histogram(buckets: [Double])
        /// Observations counted into exponential buckets, and into classic ones with these bounds for scrapers that
        /// know no other; there may be none.
        case nativeHistogram(buckets: [Double])
        /// Things that are there now, by size, counted into buckets with these upper bounds, ascending.
        case gaugeHistogram(buckets: [Double])
        /// Observations, their sum and these quantiles of them, ascending from 0 to 1; there may be none.
        case summary(quantiles: [Double])
        /// Which of these states hold; each becomes a series with the family's name as its label.
        case stateSet(states: [String])
        /// A value of which nobody knows whether it is a total.
        case unknown
    }

    // Shared by all copies: descriptors are handed on with every family at every scrape, and each copy of them costs one
    // reference instead of one for every field.
    private let fields: Fields

    /// The name as in the text format 0.0.4: a counter's ends in `_total`, an info's in `_info`.
    public var name: String { fields.name }
    /// What is counted or measured.
    public var kind: Kind { fields.kind }
    /// One sentence: what the value is, and in which unit.
    public var help: String { fields.help }
    /// The label names, in the order in which label values are given.
    public var labels: [String] { fields.labels }

    /// Whether two descriptors say the same.
    @inline(__always)
    public static func == (one: Descriptor, other: Descriptor) -> Bool {
        one.fields === other.fields || one.fields == other.fields
    }

    init(name: String, kind: Kind, help: String, labels: [String]) {
        fields = Fields(name: name, kind: kind, help: help, labels: labels)
    }

    /// Upper bounds that suit latencies in seconds, 5 ms to 10 s; the defaults of Prometheus' own client libraries.
    public static let defaultBuckets: [Double] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

    /// Describes a counter; its name ends in `_total`.
    public static func counter(_ name: String, _ help: String, labels: [String] = []) -> Descriptor {
        Descriptor(name: name, kind: .counter, help: help, labels: labels)
    }

    /// Describes a gauge.
    public static func gauge(_ name: String, _ help: String, labels: [String] = []) -> Descriptor {
        Descriptor(name: name, kind: .gauge, help: help, labels: labels)
    }

    /// Describes an info metric; its name ends in `_info`.
    public static func info(_ name: String, _ help: String, labels: [String]) -> Descriptor {
        Descriptor(name: name, kind: .info, help: help, labels: labels)
    }

    /// Describes a histogram whose buckets have the given finite upper bounds, ascending.
    public static func histogram(
        _ name: String,
        _ help: String,
        labels: [String] = [],
        buckets: [Double] = Descriptor.defaultBuckets
    ) -> Descriptor {
        Descriptor(name: name, kind: .histogram(buckets: buckets), help: help, labels: labels)
    }

    /// Describes a histogram with exponential buckets, and classic ones with the given finite upper bounds beside them.
    public static func nativeHistogram(
        _ name: String,
        _ help: String,
        labels: [String] = [],
        buckets: [Double] = []
    ) -> Descriptor {
        Descriptor(name: name, kind: .nativeHistogram(buckets: buckets), help: help, labels: labels)
    }

    /// Describes a gauge histogram whose buckets have the given finite upper bounds, ascending.
    public static func gaugeHistogram(
        _ name: String,
        _ help: String,
        labels: [String] = [],
        buckets: [Double]
    ) -> Descriptor {
        Descriptor(name: name, kind: .gaugeHistogram(buckets: buckets), help: help, labels: labels)
    }

    /// Describes a summary with the given quantiles, ascending from 0 to 1.
    public static func summary(
        _ name: String,
        _ help: String,
        labels: [String] = [],
        quantiles: [Double] = []
    ) -> Descriptor {
        Descriptor(name: name, kind: .summary(quantiles: quantiles), help: help, labels: labels)
    }

    /// Describes a set of states, at most 64, each of which holds or not.
    public static func stateSet(
        _ name: String,
        _ help: String,
        labels: [String] = [],
        states: [String]
    ) -> Descriptor {
        Descriptor(name: name, kind: .stateSet(states: states), help: help, labels: labels)
    }

    /// Describes a value of which nobody knows whether it is a total.
    public static func unknown(_ name: String, _ help: String, labels: [String] = []) -> Descriptor {
        Descriptor(name: name, kind: .unknown, help: help, labels: labels)
    }

    /// The bucket bounds of a histogram of any kind; nothing for the other kinds.
    var buckets: [Double] {
        switch kind {
        case .histogram(let buckets), .nativeHistogram(let buckets), .gaugeHistogram(let buckets): buckets
        case .counter, .gauge, .info, .summary, .stateSet, .unknown: []
        }
    }
}
