/// Why a descriptor or a collector cannot be registered.
public enum ExpositionError: Error, Sendable, Hashable {
    /// The family's name is not `[a-z][a-z0-9_]*`.
    case invalidName(family: String)
    /// A counter's name does not end in `_total`, or an info's not in `_info`.
    case missingSuffix(family: String, suffix: String)
    /// The name ends in what marks another kind, or a part of a histogram.
    case reservedSuffix(family: String, suffix: String)
    /// The family has no help.
    case emptyHelp(family: String)
    /// A label's name is not `[a-z][a-z0-9_]*`.
    case invalidLabel(family: String, label: String)
    /// A label that a scraper sets itself, or that has a meaning inside histograms and summaries.
    case reservedLabel(family: String, label: String)
    /// The family has a label twice.
    case duplicateLabel(family: String, label: String)
    /// The bucket bounds are none, not finite, or not ascending.
    case invalidBuckets(family: String, buckets: [Double])
    /// The quantiles of a summary are not ascending from 0 to 1.
    case invalidQuantiles(family: String, quantiles: [Double])
    /// The states of a set are none, more than 64, or not all different.
    case invalidStates(family: String, states: [String])
    /// Two families would put samples under one name in some format.
    case nameClash(family: String, other: String, name: String)
    /// A collector of this name is registered already.
    case duplicateCollector(name: String)

    /// A label value for metrics: `name`, `help`, `label`, `buckets`, `quantiles`, `states` or `duplicate`.
    public var reason: String {
        switch self {
        case .invalidName, .missingSuffix, .reservedSuffix: "name"
        case .emptyHelp: "help"
        case .invalidLabel, .reservedLabel, .duplicateLabel: "label"
        case .invalidBuckets: "buckets"
        case .invalidQuantiles: "quantiles"
        case .invalidStates: "states"
        case .nameClash, .duplicateCollector: "duplicate"
        }
    }
}

extension ExpositionError: CustomStringConvertible {
    /// One line that says which family is wrong, and how.
    public var description: String {
        switch self {
        case .invalidName(let family): "metric name \"\(family)\" is not [a-z][a-z0-9_]*"
        case .missingSuffix(let family, let suffix): "metric \(family) must end in \(suffix)"
        case .reservedSuffix(let family, let suffix): "metric \(family) must not end in \(suffix)"
        case .emptyHelp(let family): "metric \(family) has no help"
        case .invalidLabel(let family, let label): "label \"\(label)\" of metric \(family) is not [a-z][a-z0-9_]*"
        case .reservedLabel(let family, let label): "label \(label) of metric \(family) is reserved"
        case .duplicateLabel(let family, let label): "metric \(family) has label \(label) twice"
        case .invalidBuckets(let family, let buckets): "buckets \(buckets) of \(family) are not finite and ascending"
        case .invalidQuantiles(let family, let quantiles):
            "quantiles \(quantiles) of \(family) are not ascending in 0...1"
        case .invalidStates(let family, let states):
            "the \(states.count) states of \(family) are not 1 to 64 different ones"
        case .nameClash(let family, let other, let name):
            family == other
                ? "metric \(family) is declared twice" : "metrics \(family) and \(other) both expose \(name)"
        case .duplicateCollector(let name): "collector \(name) is registered twice"
        }
    }
}
