internal import Exposition
internal import FoundationEssentials
internal import History

/// What becomes of the models: decisions to train, judgements of candidates, and what the registry says now.
final class RegistryCollector: Collector {
    static let decisions = Descriptor.counter(
        "touchline_retrain_decisions_total", "Decisions to train a model, by the weightiest reason.",
        labels: ["reason"])
    static let promotions = Descriptor.counter(
        "touchline_model_promotions_total", "Candidates that were judged, by what became of them.", labels: ["result"])
    static let rejections = Descriptor.gauge(
        "touchline_candidate_rejections", "Candidates rejected in a row since one was promoted last.")
    static let requests = Descriptor.gauge(
        "touchline_retrain_requests", "Requests for a training that no decision has answered yet.")
    static let refused = Descriptor.gauge(
        "touchline_model_refused",
        "Whether the champion's bytes are refused (1), so that a former model or none serves in its place.")
    static let promoted = Descriptor.gauge(
        "touchline_model_promoted_timestamp_seconds", "Unix time at which the champion became that.")
    static let candidate = Descriptor.info(
        "touchline_candidate_info", "The model that waits or was rejected, whose forecasts are kept as shadows.",
        labels: ["model", "feature_set"])
    static let compared = Descriptor.gauge(
        "touchline_candidate_compared_matches",
        "Matches on which the last candidate was compared with the champion when it was judged.")
    static let difference = Descriptor.gauge(
        "touchline_candidate_log_loss_difference",
        "Mean logarithmic loss of the last candidate less the champion's when it was judged; above 0 is worse.")
    static let differenceBound = Descriptor.gauge(
        "touchline_candidate_log_loss_difference_bound", "Bounds of that paired difference's 95 % interval.",
        labels: ["bound"])
    static let margin = Descriptor.gauge(
        "touchline_promotion_margin_log_loss",
        "By how much a candidate's log loss may be above the champion's for it to be promoted.")
    static let descriptors = [
        decisions, promotions, rejections, requests, refused, promoted, candidate, compared, difference,
        differenceBound, margin,
    ]

    let name = "registry"
    private let decisions = Counter(
        decisions, seed: TrainingDecision.Reason.allCases.map { [$0.rawValue] })
    private let promotions = Counter(promotions, seed: [["promoted"], ["rejected"]])
    private let snapshots: SnapshotStore
    private let settings: SettingsStore
    private let clock: LeagueClock

    init(snapshots: SnapshotStore, settings: SettingsStore, clock: LeagueClock) {
        self.snapshots = snapshots
        self.settings = settings
        self.clock = clock
    }

    func decided(_ decision: TrainingDecision) {
        if let reason = decision.mainReason { decisions.increment([reason.rawValue]) }
    }

    func judged(_ judgement: Judgement) { promotions.increment([judgement.promotes ? "promoted" : "rejected"]) }

    func collect() -> [Family] {
        let snapshot = snapshots.current
        // Before the registry was read nothing of it is known.
        let registry = snapshot?.registry.standing == nil ? nil : snapshot?.registry
        var candidate = Family(Self.candidate)
        if let waiting = snapshot?.candidate { candidate.append(1, labels: ["\(waiting.id)", waiting.featureSet]) }
        let judged = registry?.judgement?.logLoss
        var bound = Family(Self.differenceBound)
        bound.append(judged?.lower, labels: ["lower"])
        bound.append(judged?.upper, labels: ["upper"])
        return [
            decisions.family, promotions.family, Family(Self.rejections, registry.map { Double($0.rejections) }),
            Family(Self.requests, registry?.standing.map { Double($0.openRequests) }),
            Family(Self.refused, registry.map { $0.refusal == nil ? 0 : 1 }),
            Family(Self.promoted, registry?.promotedAt.map { clock.wall($0).timeIntervalSince1970 }), candidate,
            Family(Self.compared, judged.map { Double($0.matches) }), Family(Self.difference, judged?.mean), bound,
            Family(Self.margin, settings.current.model.promotionMargin),
        ]
    }
}
