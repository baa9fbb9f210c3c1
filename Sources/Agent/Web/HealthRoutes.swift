internal import FoundationEssentials
internal import Hummingbird
internal import Synchronization

/// `/-/healthy`: whether the worker still shows signs of life.
struct HealthyRoute: Route {
    let lastHeartbeat: @Sendable () -> Date?

    func answer(_ request: Request) async -> Response {
        guard let beat = lastHeartbeat() else { return Response(.ok, text: "starting") }
        let silence = -beat.timeIntervalSinceNow
        guard silence < 30 else {
            return Response(.serviceUnavailable, text: "the worker has shown no sign of life for \(Int(silence)) s")
        }
        return Response(.ok, text: "healthy")
    }
}

/// `/-/ready`: whether a snapshot was published and the agent is not about to stop.
struct ReadyRoute: Route {
    let snapshots: SnapshotStore
    let draining: Draining

    func answer(_ request: Request) async -> Response {
        if draining.hasBegun { return Response(.serviceUnavailable, text: "stopping") }
        guard snapshots.current != nil else {
            return Response(.serviceUnavailable, text: "not ready: the history has not been read yet")
        }
        return Response(.ok, text: "ready")
    }
}

/// Whether the agent was asked to stop.
final class Draining: Sendable {
    private let flag = Atomic<Bool>(false)

    var hasBegun: Bool { flag.load(ordering: .acquiring) }

    func begin() { flag.store(true, ordering: .releasing) }
}
