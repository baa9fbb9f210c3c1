public import CoreMetrics
public import Exposition

/// Lets what libraries measure with swift-metrics join a registry.
///
/// Counters become counters, timers histograms in seconds, recorders histograms or gauges, meters gauges. The dimensions
/// with which a label is first used are the family's labels; later uses may leave some out, which are then empty, but
/// not bring others. What cannot be exposed is counted in ``refusals`` and told once, and goes nowhere.
///
/// A series lives as long as the registry: neither `reset` nor `destroy` makes a total fall, which to Prometheus would
/// look like a restart.
public final class RegistryMetricsFactory: MetricsFactory {
    /// What was not exposed, and why; a text for a log.
    public typealias RefusalHandler = @Sendable (_ label: String, _ reason: String) -> Void

    private struct State: Sendable {
        var families: [String: MeasuredFamily] = [:]
        var refused: Set<String> = []
        var refusals = 0
    }

    private let registry: Registry
    private let prefix: String
    private let help: [String: String]
    private let buckets: [Double]
    private let maximumSeries: Int
    private let onRefusal: RefusalHandler
    private let state = Guarded(State())

    /// Makes a factory to be handed to `MetricsSystem.bootstrap`.
    ///
    /// - Parameters:
    ///   - registry: What the metrics join.
    ///   - prefix: What their names begin with, for instance `touchline_`; may be empty.
    ///   - help: Help texts by swift-metrics label; those without get one that names their label.
    ///   - buckets: Upper bounds of histograms, ascending; seconds for timers.
    ///   - maximumSeries: How many series a family can have; updates that would make another are refused and counted.
    ///   - onRefusal: Told once of each label that is refused.
    public init(
        _ registry: Registry, prefix: String = "", help: [String: String] = [:],
        buckets: [Double] = Descriptor.defaultBuckets, maximumSeries: Int = 2000,
        onRefusal: @escaping RefusalHandler = { _, _ in }
    ) {
        self.registry = registry
        self.prefix = prefix
        self.help = help
        self.buckets = buckets
        self.maximumSeries = maximumSeries
        self.onRefusal = onRefusal
    }

    /// How many metrics were asked for that could not be exposed.
    public var refusals: Int { state.withLock(\.refusals) }

    /// The series under these dimensions, in the family of this label.
    func series(_ label: String, _ dimensions: [(String, String)], _ kind: MeasuredFamily.Kind) -> MeasuredSeries {
        let result = state.withLock { state -> Result<MeasuredSeries, Refusal> in
            do throws(Refusal) {
                return .success(try family(label, dimensions, kind, &state).series(dimensions))
            } catch {
                state.refusals += 1
                return .failure(error)
            }
        }
        switch result {
        case .success(let series): return series
        case .failure(let refusal):
            if state.withLock({ $0.refused.insert(label).inserted }) { onRefusal(label, refusal.reason) }
            return .nowhere
        }
    }

    private func family(
        _ label: String, _ dimensions: [(String, String)], _ kind: MeasuredFamily.Kind, _ state: inout State
    ) throws(Refusal) -> MeasuredFamily {
        let name = kind.name(of: label, prefix: prefix)
        if let known = state.families[name] {
            guard known.kind == kind, known.label == label else {
                throw Refusal(reason: "\(name) is taken by \(known.label)")
            }
            return known
        }
        let family = MeasuredFamily(
            label: label, kind: kind, name: name, help: help[label] ?? "\(kind.noun) \(label) of a library.",
            dimensions: dimensions.map(\.0), buckets: buckets, maximumSeries: maximumSeries)
        do {
            try registry.register(family.instrument)
        } catch {
            throw Refusal(reason: "\(error)")
        }
        state.families[name] = family
        return family
    }
}

/// Why a metric is not exposed.
struct Refusal: Error {
    let reason: String
}
