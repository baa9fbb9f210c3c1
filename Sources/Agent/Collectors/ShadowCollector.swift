internal import Exposition
internal import Football

/// How candidates did beside the champions that served, on matches that were forecast live.
struct ShadowCollector: Collector {
    static let matches = Descriptor.gauge(
        "touchline_shadow_matches",
        "Newest settled matches that the candidate and the champion of the time both forecast.")
    static let logLoss = Descriptor.gauge(
        "touchline_shadow_log_loss_difference",
        "Mean logarithmic loss of the candidate's live forecasts less the champion's on those; above 0 is worse.")
    static let logLossBound = Descriptor.gauge(
        "touchline_shadow_log_loss_difference_bound", "Bounds of that paired difference's 95 % interval.",
        labels: ["bound"])
    static let descriptors = [matches, logLoss, logLossBound]

    let name = "shadow"
    let snapshots: SnapshotStore

    func collect() -> [Family] {
        let scores = snapshots.current?.shadows
        var bound = Family(Self.logLossBound)
        bound.append(scores?.logLoss?.interval?.lower, labels: ["lower"])
        bound.append(scores?.logLoss?.interval?.upper, labels: ["upper"])
        return [
            Family(Self.matches, scores.map { Double($0.pairs.count) }),
            Family(Self.logLoss, scores?.logLoss?.value), bound,
        ]
    }
}
