/// Holds what is exposed, and gathers it for a scrape.
///
/// A collector that misbehaves costs its own families, not the scrape.
public final class Registry: Sendable {
    /// A registered collector or instrument.
    final class Source: Sendable {
        /// The collector's name; nil for an instrument that was registered directly.
        let name: String?
        /// What it may return, by name.
        let declared: [String: Descriptor]
        /// What it may return, if that is one family only.
        let sole: Descriptor?
        let collect: @Sendable () throws -> [Family]

        init(_ name: String?, _ descriptors: [Descriptor], _ collect: @escaping @Sendable () throws -> [Family]) {
            self.name = name
            declared = Dictionary(descriptors.map { ($0.name, $0) }) { first, _ in first }
            sole = descriptors.count == 1 ? descriptors.first : nil
            self.collect = collect
        }
    }

    struct State: Sendable {
        var sources: [Source] = []
        /// Every name that is taken in some format, and the family that takes it.
        var owners: [String: String] = [:]
        var catalogue: [Descriptor] = []
        /// Points dropped at gathering, by family.
        var dropped: [String: Int] = [:]
        /// Updates that instruments refused, by family; a running total of their own.
        var refused: [String: Int] = [:]
        /// Failures of collectors so far, by name and reason.
        var failures: [String: [CollectorFailure.Reason: Int]] = [:]
        /// What the registry exposes of the three above, until one of them changes.
        var totals: (dropped: Family, failed: Family)? { didSet { if totals == nil { changes += 1 } } }
        private(set) var changes = 0
        /// All families in the order in which they are collected, and the positions of these by name.
        var order: (descriptors: [Descriptor], positions: [Int])?
        /// Sources that have not returned from an earlier scrape.
        var hanging: Set<Int> = []
        /// How each family was last arranged.
        var arrangements: [String: Arrangement] = [:]
        /// The newest page in each format, plain and compressed.
        var pages: [PageKey: Page] = [:]
    }

    struct PageKey: Sendable, Hashable {
        let format: ExpositionFormat
        let coding: ContentCoding
    }

    let observation: SelfObservation
    let maximumSeries: Int
    let state = Guarded(State())

    /// Makes a registry that exposes only what it observes of itself.
    ///
    /// - Parameters:
    ///   - namespace: The prefix of the self-observation families' names, without the underscore.
    ///   - maximumSeriesPerFamily: How many series of a family are exposed; those above are dropped and counted.
    public init(namespace: String = "touchline", maximumSeriesPerFamily: Int = 2000) {
        observation = SelfObservation(namespace: namespace)
        maximumSeries = maximumSeriesPerFamily
        let own = observation.descriptors
        state.withLock { state in
            state.catalogue = own
            for descriptor in own {
                for name in descriptor.claimedNames { state.owners[name] = descriptor.name }
            }
        }
    }

    /// Adds a collector, whole or not at all.
    ///
    /// - Parameter collector: Its name and the names of its families must be new to the registry.
    /// - Throws: The first descriptor's fault, a name that clashes with another family's in any format, or
    ///   ``ExpositionError/duplicateCollector(name:)``.
    public func register(_ collector: any Collector) throws(ExpositionError) {
        try add(collector.name, type(of: collector).descriptors) { try collector.collect() }
    }

    /// Adds an instrument that no collector owns.
    ///
    /// - Parameter instrument: The names of its family must be new to the registry.
    /// - Throws: The descriptor's fault, or a name that clashes with another family's in any format.
    public func register(_ instrument: any Instrument) throws(ExpositionError) {
        try add(nil, [instrument.descriptor]) { [instrument.family] }
    }

    /// The catalogue: every registered descriptor and the registry's own, sorted by name.
    public var descriptors: [Descriptor] {
        state.withLock(\.catalogue).sorted { $0.name < $1.name }
    }

    private func add(
        _ name: String?,
        _ descriptors: [Descriptor],
        _ collect: @escaping @Sendable () throws -> [Family]
    ) throws(ExpositionError) {
        for descriptor in observation.descriptors + descriptors { try descriptor.validate() }
        try state.withLock { (state) throws(ExpositionError) in
            if let name, state.sources.contains(where: { $0.name == name }) { throw .duplicateCollector(name: name) }
            var owners = state.owners
            for descriptor in descriptors {
                for claim in descriptor.claimedNames {
                    if let other = owners[claim] {
                        throw .nameClash(family: descriptor.name, other: other, name: claim)
                    }
                    owners[claim] = descriptor.name
                }
            }
            state.owners = owners
            state.catalogue += descriptors
            state.totals = nil
            state.sources.append(Source(name, descriptors, collect))
        }
    }
}
