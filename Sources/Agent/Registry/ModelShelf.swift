internal import FoundationEssentials
internal import History
internal import Logging

/// The models that matter, read from the registry when it says that they changed.
///
/// A model whose bytes are refused never takes the place of one that serves: the one in memory stays, or else the
/// latest former champion that can be read serves.
struct ModelShelf: Sendable {
    let history: History
    let logger: Logger

    /// The snapshot with the registry's models in it; as it was while the registry cannot be asked.
    func looked(_ snapshot: Snapshot) async -> Snapshot {
        do throws(JobError) {
            return try await refreshed(snapshot)
        } catch {
            logger.debug("registry not read", metadata: ["error": "\(error)"])
            return snapshot
        }
    }

    /// The snapshot with the registry's models in it; costs one short query while nothing changed.
    func refreshed(_ snapshot: Snapshot) async throws(JobError) -> Snapshot {
        let standing = try await withHistory { () throws(HistoryError) in try await history.modelStanding() }
        guard standing != snapshot.registry.standing else { return snapshot }
        var next = snapshot
        next.registry = Snapshot.RegistryState(standing: standing)
        if let id = standing.champion {
            (next.champion, next.registry.refusal) = try await champion(id, or: snapshot.champion)
        } else {
            next.champion = nil
        }
        next.candidate = try await candidate(standing.candidate, or: snapshot.candidate)
        next.registry.rejections = try await withHistory { () throws(HistoryError) in
            try await history.rejectionsInARow()
        }
        let events = try await withHistory { () throws(HistoryError) in try await history.modelEvents(limit: 200) }
        next.registry.promotedAt =
            events.last {
                $0.modelID == standing.champion && ($0.kind == .promoted || $0.kind == .restored)
            }?.change.at
        next.registry.judgement = events.last { $0.kind == .promoted || $0.kind == .rejected }
            .flatMap { Judgement(evidence: $0.change.evidence) }
        next.order = try await withHistory { () throws(HistoryError) in
            try await history.trainingDecisions(limit: 1, open: true)
        }.first
        if next.champion?.id != snapshot.champion?.id, let now = next.champion?.id {
            logger.info("model serves", metadata: ["model": "\(now)", "before": "\(snapshot.champion?.id ?? 0)"])
        }
        return next
    }

    /// The champion, or what serves in its place and why.
    private func champion(
        _ id: Int64, or present: Snapshot.Champion?
    ) async throws(JobError) -> (Snapshot.Champion?, refusal: String?) {
        if let present, present.id == id { return (present, nil) }
        let refusal: String
        switch try await read(id) {
        case .success(let champion): return (champion, nil)
        case .failure(let error): refusal = "model \(id): \(error)"
        }
        if let present { return (present, refusal) }
        let former = try await withHistory { () throws(HistoryError) in try await history.formerChampions() }
        for id in former {
            if case .success(let champion) = try await read(id) { return (champion, refusal) }
        }
        return (nil, refusal)
    }

    private func candidate(
        _ id: Int64?, or present: Snapshot.Champion?
    ) async throws(JobError) -> Snapshot.Champion? {
        guard let id else { return nil }
        if let present, present.id == id { return present }
        return try? await read(id).get()
    }

    /// Why a stored model is refused.
    private struct Refused: Error, CustomStringConvertible {
        let description: String
    }

    /// Reads a model; a refusal is logged, and anything else that goes wrong thrown.
    private func read(_ id: Int64) async throws(JobError) -> Result<Snapshot.Champion, Refused> {
        let why: String
        do throws(HistoryError) {
            guard let stored = try await history.model(id) else {
                return .failure(Refused(description: "it is not in the registry"))
            }
            do throws(ModelBytesError) {
                return .success(try Snapshot.Champion(stored))
            } catch {
                why = "\(error)"
            }
        } catch {
            guard case .model(let changed) = error else { throw .history(error) }
            why = changed
        }
        logger.error("stored model is refused", metadata: ["model": "\(id)", "error": "\(why)"])
        return .failure(Refused(description: why))
    }
}

extension Snapshot.Champion {
    /// A stored model; throws if its bytes are refused.
    init(_ model: StoredModel) throws(ModelBytesError) {
        let serving = try ServingModel(bytes: model.bytes)
        self.init(
            id: model.id ?? 0, model: serving, trainedAt: model.trainedAt, featureSet: model.featureSet,
            matches: model.matches, trainingSeconds: model.trainingSeconds, bytes: model.bytes.count,
            holdout: HoldoutText.decode(model.holdout), lastDay: model.lastDay,
            recipe: RecipeText.decode(model.options, featureSet: model.featureSet, seed: model.seed))
    }
}

extension Snapshot {
    /// The jobs that are wanted now, whatever the schedule says.
    var ordered: Set<JobName> {
        var jobs: Set<JobName> = []
        if registry.standing?.openRequests ?? 0 > 0 {
            jobs.insert(.decide)
        } else if order != nil {
            jobs.insert(.train)
        }
        // Another model serves now: so do its forecasts.
        if let forecastBy, let champion, champion.id != forecastBy { jobs.insert(.predict) }
        return jobs
    }
}
