internal import Synchronization

/// Wakes those who wait for something to do when another program has done something.
final class Doorbell: Sendable {
    private struct State {
        var rings = 0
        var isAttended = false
        var tickets = 0
        var waiting: [Int: CheckedContinuation<Void, Never>] = [:]
    }

    private let state = Mutex(State())

    /// How often it has rung.
    var rings: Int { state.withLock { $0.rings } }

    /// Whether somebody listens at the door, so that it rings when something happens.
    var isAttended: Bool { state.withLock { $0.isAttended } }

    /// Notes whether somebody listens at the door.
    func attend(_ isAttended: Bool) { state.withLock { $0.isAttended = isAttended } }

    /// Wakes all who wait.
    func ring() {
        let waiting = state.withLock { state in
            state.rings += 1
            defer { state.waiting = [:] }
            return Array(state.waiting.values)
        }
        for continuation in waiting { continuation.resume() }
    }

    /// Waits until it has rung more often than `heard`, for so long at most or until the task is cancelled.
    func wait(since heard: Int, atMost limit: Duration) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { try? await Task.sleep(for: limit) }
            group.addTask { await self.rung(since: heard) }
            await group.next()
            group.cancelAll()
        }
    }

    private func rung(since heard: Int) async {
        let ticket = state.withLock { state in
            state.tickets += 1
            return state.tickets
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let waits = state.withLock { state in
                    // Under the lock, so that a cancellation comes either before this or finds the continuation.
                    guard state.rings == heard, !Task.isCancelled else { return false }
                    state.waiting[ticket] = continuation
                    return true
                }
                if !waits { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.waiting.removeValue(forKey: ticket) }?.resume()
        }
    }
}
