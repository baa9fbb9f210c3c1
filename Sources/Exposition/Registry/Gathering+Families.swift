extension Gathering {
    /// Every family that was collected, sorted by name and its series by label values, with the registry's own.
    ///
    /// - Returns: Families that fit their descriptors and hold no series twice; those without series are included.
    public func families() -> [Family] {
        families { makeFamilies() }
    }

    private func makeFamilies() -> [Family] {
        var families: [Family] = []
        var duration = Family(registry.observation.duration)
        var success = Family(registry.observation.success)
        for collected in collected {
            for family in collected.families { families.append(registry.bound(family, to: registry.maximumSeries)) }
            guard let name = collected.collector else { continue }
            if collected.duration > .zero { duration.append(collected.duration / .seconds(1), labels: [name]) }
            success.append(collected.succeeded ? 1 : 0, labels: [name])
        }
        let (dropped, failed) = registry.account(for: families, failures)
        families += [dropped, failed, registry.bound(duration, to: .max), registry.bound(success, to: .max)]
        return registry.sorted(families)
    }

    /// The page of every family that was collected.
    ///
    /// What has not changed since the last page in this format and coding is taken from there.
    ///
    /// - Parameters:
    ///   - format: The format.
    ///   - coding: Whether to compress.
    /// - Returns: The page; the last one itself if nothing has changed.
    public func page(as format: ExpositionFormat, coding: ContentCoding = .identity) -> Page {
        let key = Registry.PageKey(format: format, coding: coding)
        let families = families().compactMap(\.arranged)
        let former = registry.state.withLock { $0.pages[key] }
        let page = ExpositionEncoder.page(families, format, isCompressed: coding == .gzip, former: former)
        if page !== former { registry.state.withLock { $0.pages[key] = page } }
        return page
    }
}

extension Registry {
    /// Collects every family as ``Gathering/families()`` does.
    ///
    /// A collector that does not return keeps the caller waiting.
    public func gather() -> [Family] {
        let gathering = Gathering(self)
        gathering.run()
        return gathering.families()
    }

    /// Collects every family into a page; see ``Gathering/page(as:coding:)``.
    ///
    /// - Parameters:
    ///   - format: The format.
    ///   - coding: Whether to compress.
    /// - Returns: The page; the last one itself if nothing has changed.
    public func page(as format: ExpositionFormat, coding: ContentCoding = .identity) -> Page {
        let gathering = Gathering(self)
        gathering.run()
        return gathering.page(as: format, coding: coding)
    }

    fileprivate func bound(_ family: Family, to maximum: Int) -> Family {
        if family.isBounded(to: maximum) { return family }
        let name = family.descriptor.name
        let former = family.arranged == nil ? state.withLock { $0.arrangements[name] } : nil
        var arrangement = former
        let bounded = family.bounded(to: maximum, former: &arrangement)
        if let arrangement, arrangement.isOther(than: former) {
            state.withLock { $0.arrangements[name] = arrangement }
        }
        return bounded
    }

    /// The families by name; the order of the last time is used again if they are the same ones.
    fileprivate func sorted(_ families: [Family]) -> [Family] {
        let known = state.withLock(\.order)
        if let known, known.descriptors.count == families.count,
            families.indices.allSatisfy({ families[$0].descriptor == known.descriptors[$0] })
        {
            return known.positions.map { families[$0] }
        }
        let names = families.map(\.descriptor.name)
        let positions = names.indices.sorted { names[$0].utf8.lexicographicallyPrecedes(names[$1].utf8) }
        let descriptors = families.map(\.descriptor)
        state.withLock { $0.order = (descriptors, positions) }
        return positions.map { families[$0] }
    }

    /// Adds what these families lost, and how collectors failed, to the running totals, and returns the totals.
    fileprivate func account(for families: [Family], _ failures: [CollectorFailure]) -> (
        dropped: Family, failed: Family
    ) {
        let known = state.withLock { state in
            for family in families where family.dropped > 0 || family.refused > 0 {
                let name = family.descriptor.name
                if family.dropped > 0 {
                    state.dropped[name, default: 0] += family.dropped
                    state.totals = nil
                }
                // Concurrent scrapes may arrive here out of order; a running total never goes back.
                if family.refused > state.refused[name, default: 0] {
                    state.refused[name] = family.refused
                    state.totals = nil
                }
            }
            for failure in failures {
                state.failures[failure.collector, default: [:]][failure.reason, default: 0] += 1
                state.totals = nil
            }
            return state.totals
        }
        if let known { return known }
        let (families, changes) = state.withLock { (totals(of: $0), $0.changes) }
        let made = (dropped: bound(families.dropped, to: .max), failed: bound(families.failed, to: .max))
        state.withLock { if $0.changes == changes { $0.totals = made } }
        return made
    }

    /// Families with labels are there from the start, at 0; one without labels can only lose a series by a mistake, and
    /// appears when it does.
    private func totals(of state: State) -> (dropped: Family, failed: Family) {
        let losses = state.dropped.merging(state.refused, uniquingKeysWith: +)
        var dropped = Family(observation.dropped)
        let labelled = state.catalogue.filter { !$0.labels.isEmpty }.map(\.name)
        for name in Set(labelled).union(losses.filter { $0.value > 0 }.keys).sorted() {
            dropped.append(Double(losses[name] ?? 0), labels: [name])
        }
        var failed = Family(observation.failures)
        for name in state.sources.compactMap(\.name) {
            for reason in CollectorFailure.Reason.allCases {
                failed.append(Double(state.failures[name]?[reason] ?? 0), labels: [name, reason.rawValue])
            }
        }
        return (dropped, failed)
    }
}
