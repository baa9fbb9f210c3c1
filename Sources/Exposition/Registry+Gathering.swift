import Synchronization

extension Registry {
    /// Collects every family, sorted by name and its series by label values, with the registry's own among them.
    ///
    /// Collectors are called outside the lock, so that scrapes do not wait for each other.
    ///
    /// - Returns: Families that fit their descriptors and hold no series twice; those without series are included.
    public func gather() -> [Family] {
        let clock = ContinuousClock()
        var gathered: [Family] = []
        var duration = Family(observation.duration)
        var success = Family(observation.success)
        for source in state.withLock(\.sources) {
            let start = clock.now
            let returned = source.collect()
            let elapsed = start.duration(to: clock.now)
            let accepted = source.accept(returned)
            gathered += accepted.map { $0.bounded(to: maximumSeries) }
            guard let name = source.name else { continue }
            duration.append(elapsed / .seconds(1), labels: [name])
            success.append(accepted.count == returned.count ? 1 : 0, labels: [name])
        }
        gathered.append(account(for: gathered))
        gathered += [duration, success].map { $0.bounded(to: .max) }
        return gathered.sorted { $0.descriptor.name < $1.descriptor.name }
    }

    /// Adds what these families lost to the running totals, and returns the totals.
    ///
    /// Families with labels are there from the start, at 0; one without labels can only lose a series by a mistake, and
    /// appears when it does.
    private func account(for families: [Family]) -> Family {
        let (labelled, totals) = state.withLock { state in
            for family in families {
                let name = family.descriptor.name
                state.dropped[name, default: 0] += family.dropped
                // Concurrent scrapes may arrive here out of order; a running total never goes back.
                state.refused[name] = max(state.refused[name, default: 0], family.refused)
            }
            return (
                state.catalogue.filter { !$0.labels.isEmpty }.map(\.name),
                state.dropped.merging(state.refused, uniquingKeysWith: +)
            )
        }
        var family = Family(observation.dropped)
        for name in Set(labelled).union(totals.filter { $0.value > 0 }.keys) {
            family.append(Double(totals[name] ?? 0), labels: [name])
        }
        return family.bounded(to: .max)
    }
}

extension Registry.Source {
    /// Those of the families that were declared, each once.
    func accept(_ families: [Family]) -> [Family] {
        var seen: Set<String> = []
        return families.filter { family in
            declared[family.descriptor.name] == family.descriptor && seen.insert(family.descriptor.name).inserted
        }
    }
}
