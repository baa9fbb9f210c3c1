internal import Drift
internal import Football
internal import FoundationEssentials
internal import History
internal import Logging

/// Decides whether a model is trained, and records the decision with its reasons.
struct DecideJob: Job {
    let history: History
    let shelf: ModelShelf
    let instruments: RegistryCollector
    let logger: Logger

    func run(_ context: JobContext) async throws(JobError) -> JobResult {
        var snapshot = context.snapshot
        // One that is to be carried out already is not made again, unless it leaves a request unanswered.
        let facts = try await DecideJob.facts(context, history)
        guard snapshot.order == nil || !facts.requests.isEmpty else {
            return JobResult(itemsIn: 0, itemsOut: 0, snapshot: snapshot)
        }
        let decision = facts.decide()
        // What is held back is so for hours: it is recorded when it begins.
        let isNews = decision.train || decision.reasons != snapshot.decision?.reasons
        if isNews, !decision.reasons.isEmpty {
            _ = try await withHistory { () throws(HistoryError) in try await history.record(decision) }
            if decision.train { instruments.decided(decision) }
            logger.info(
                decision.train ? "training decided" : "training put off",
                metadata: [
                    "reasons": "\(decision.reasons.map(\.rawValue).joined(separator: ","))",
                    "held_back": "\(decision.heldBack ?? "")", "evidence": "\(decision.evidence)",
                ])
        }
        snapshot.decision = decision
        snapshot.registry.standing = nil
        return JobResult(
            itemsIn: facts.requests.count, itemsOut: decision.train ? 1 : 0,
            snapshot: try await shelf.refreshed(snapshot))
    }

    /// What is known that can speak for a training.
    static func facts(
        _ context: JobContext, _ history: History, isScheduled: Bool = false
    ) async throws(JobError) -> TrainingCase {
        let (snapshot, model) = (context.snapshot, context.settings.model)
        var facts = TrainingCase(
            now: context.now, maximumAge: model.maximumAge.seconds, matches: snapshot.counts?.matches,
            minimumMatches: model.minimumMatches, minimumScored: context.settings.score.minimumMatches,
            pause: model.retrainPause.seconds)
        facts.isScheduled = isScheduled
        facts.championTrainedAt = snapshot.champion?.trainedAt
        let latest = try await withHistory { () throws(HistoryError) in try await history.latestTraining() }
        facts.lastTrainedAt = latest?.at
        if let latest, let matches = snapshot.counts?.matches { facts.newMatches = matches - latest.matches }
        facts.drifted = snapshot.drift?.unlearnt(by: snapshot.champion?.trainedAt) ?? []
        if let difference = snapshot.scores?.logLossDifference {
            facts.score = TrainingCase.ScoreEvidence(
                matches: difference.n, mean: difference.mean, lower: difference.lower, upper: difference.upper)
        }
        facts.requests = try await withHistory { () throws(HistoryError) in try await history.openTrainingRequests() }
        return facts
    }
}
