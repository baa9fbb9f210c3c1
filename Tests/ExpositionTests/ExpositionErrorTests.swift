import Exposition
import Testing

struct ExpositionErrorTests {
    @Test(arguments: [
        (ExpositionError.invalidName(family: "A"), "name", "metric name \"A\" is not [a-z][a-z0-9_]*"),
        (.missingSuffix(family: "a", suffix: "_total"), "name", "metric a must end in _total"),
        (.reservedSuffix(family: "a_sum", suffix: "_sum"), "name", "metric a_sum must not end in _sum"),
        (.emptyHelp(family: "a"), "help", "metric a has no help"),
        (.invalidLabel(family: "a", label: "L"), "label", "label \"L\" of metric a is not [a-z][a-z0-9_]*"),
        (.reservedLabel(family: "a", label: "le"), "label", "label le of metric a is reserved"),
        (.duplicateLabel(family: "a", label: "l"), "label", "metric a has label l twice"),
        (
            .invalidBuckets(family: "a", buckets: [2, 1]), "buckets",
            "buckets [2.0, 1.0] of a are not finite and ascending"
        ),
        (
            .invalidQuantiles(family: "a", quantiles: [0.5, 2]), "quantiles",
            "quantiles [0.5, 2.0] of a are not ascending in 0...1"
        ),
        (.invalidStates(family: "a", states: []), "states", "the 0 states of a are not 1 to 64 different ones"),
        (.nameClash(family: "a", other: "a", name: "a"), "duplicate", "metric a is declared twice"),
        (.nameClash(family: "a", other: "b", name: "c"), "duplicate", "metrics a and b both expose c"),
        (.duplicateCollector(name: "jobs"), "duplicate", "collector jobs is registered twice"),
    ])
    func `An error says in one line which family is wrong and how`(error: ExpositionError, reason: String, line: String)
    {
        #expect(error.reason == reason)
        #expect(error.description == line)
    }
}
