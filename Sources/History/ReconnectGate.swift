import Synchronization

/// Keeps a server that refuses connections from being asked for one again at once.
///
/// The pause doubles with each failure, from 50 ms to 2 s, and ends with the first success. A random part keeps many
/// agents from coming back in step.
final class ReconnectGate: Sendable {
    private struct State {
        var failures = 0
        var opensAt = ContinuousClock.now
        var complaint = ""
    }

    private let state = Mutex(State())

    /// Connects, unless the last failure was too recent: then repeats what it said.
    func pass<Value>(_ connect: () throws(HistoryError) -> Value) throws(HistoryError) -> Value {
        let refusal = state.withLock { .now < $0.opensAt ? $0.complaint : nil }
        if let refusal { throw .unavailable(refusal) }
        do {
            let value = try connect()
            state.withLock { $0 = State() }
            return value
        } catch {
            guard case .unavailable(let complaint) = error else { throw error }
            state.withLock {
                $0.failures = min($0.failures + 1, 6)
                let pause = min(Duration.seconds(2), .milliseconds(25 << $0.failures))
                $0.opensAt = .now + pause * Double.random(in: 0.75...1.25)
                $0.complaint = complaint
            }
            throw error
        }
    }
}
