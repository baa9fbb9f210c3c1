/// The collecting for one scrape, which can be taken on when a collector does not return.
///
/// ``run()`` calls the collectors one after another. If it does not return in time, another thread calls
/// ``skipCurrent(after:)``, which gives up on the collector being waited for, and then ``run()`` for those that remain; the
/// first call ends when its collector returns, if ever, and what it brings is thrown away.
public final class Gathering: Sendable {
    private struct State: Sendable {
        var next = 0
        var current: (index: Int, since: ContinuousClock.Instant)?
        var collected: [Collected] = []
        var failures: [CollectorFailure] = []
        var families: [Family]?
    }

    /// What a source returned.
    struct Collected: Sendable {
        let collector: String?
        let families: [Family]
        let duration: Duration
        let succeeded: Bool
    }

    let registry: Registry
    private let sources: [Registry.Source]
    private let state = Guarded(State())

    /// Prepares to collect from all that is registered now.
    public init(_ registry: Registry) {
        self.registry = registry
        sources = registry.state.withLock(\.sources)
    }

    /// Whether every collector has been called or given up.
    public var isComplete: Bool {
        state.withLock { $0.next == sources.count && $0.current == nil }
    }

    /// What went wrong so far.
    public var failures: [CollectorFailure] { state.withLock(\.failures) }

    var collected: [Collected] { state.withLock(\.collected) }

    /// Calls the collectors that have not been called, until there are none or this call has been overtaken.
    public func run() {
        var start = ContinuousClock.now
        while let index = begin(at: start) {
            let result = Result { try sources[index].collect() }
            let end = ContinuousClock.now
            guard self.end(index, result, after: start.duration(to: end)) else { return }
            start = end
        }
    }

    /// Gives up on the collector that is being waited for, and every later scrape on it until it returns.
    ///
    /// - Parameter patience: How long it must have been waited for.
    /// - Returns: Whether there was one, so that ``run()`` is to be called again.
    public func skipCurrent(after patience: Duration = .zero) -> Bool {
        let skipped = state.withLock { state -> Int? in
            guard let (index, since) = state.current, since.duration(to: ContinuousClock().now) >= patience else {
                return nil
            }
            state.current = nil
            record(index, .hung, "", in: &state)
            registry.state.withLock { _ = $0.hanging.insert(index) }
            return index
        }
        return skipped != nil
    }

    /// What ``families()`` returns, made at the first call.
    func families(make: () -> [Family]) -> [Family] {
        if let families = state.withLock(\.families) { return families }
        let families = make()
        state.withLock { $0.families = families }
        return families
    }

    private func begin(at start: ContinuousClock.Instant) -> Int? {
        state.withLock { state in
            guard state.current == nil else { return nil }
            while state.next < sources.count {
                let index = state.next
                state.next += 1
                if registry.state.withLock({ $0.hanging.contains(index) }) {
                    record(index, .hung, "", in: &state)
                } else {
                    state.current = (index, start)
                    return index
                }
            }
            return nil
        }
    }

    /// Notes what a source returned; false if it had been given up.
    private func end(_ index: Int, _ result: Result<[Family], any Error>, after duration: Duration) -> Bool {
        let source = sources[index]
        return state.withLock { state in
            guard state.current?.index == index else {
                registry.state.withLock { _ = $0.hanging.remove(index) }
                return false
            }
            state.current = nil
            switch result {
            case .success(let families):
                let (accepted, refused) = source.divide(families)
                state.collected.append(
                    Collected(
                        collector: source.name, families: accepted, duration: duration, succeeded: refused.isEmpty))
                for family in refused {
                    state.failures.append(
                        CollectorFailure(
                            collector: source.name ?? "", reason: .undeclared, detail: family.descriptor.name))
                }
            case .failure(let error):
                record(index, .threw, "\(error)", in: &state)
            }
            return true
        }
    }

    private func record(_ index: Int, _ reason: CollectorFailure.Reason, _ detail: String, in state: inout State) {
        let name = sources[index].name
        state.collected.append(Collected(collector: name, families: [], duration: .zero, succeeded: false))
        state.failures.append(CollectorFailure(collector: name ?? "", reason: reason, detail: detail))
    }
}

extension Registry.Source {
    /// Those of the families that were declared, each once, and the others.
    fileprivate func divide(_ families: [Family]) -> (accepted: [Family], refused: [Family]) {
        // An instrument has one family only, which it always returns.
        if families.count == 1, let sole, families[0].descriptor == sole {
            return (families, [])
        }
        var seen: Set<String> = []
        var accepted: [Family] = []
        var refused: [Family] = []
        for family in families {
            let name = family.descriptor.name
            if declared[name] == family.descriptor, seen.insert(name).inserted {
                accepted.append(family)
            } else {
                refused.append(family)
            }
        }
        return (accepted, refused)
    }
}
