internal import FoundationEssentials
internal import History

/// What a tracking server is told of a training: MLflow's parameters, metrics and tags.
struct TrackedRun: Sendable, Hashable {
    /// Tells this run from all others, so that it is made once however often it is sent.
    let key: String
    /// What people see in the list of runs.
    let name: String
    /// When the training began, in league time.
    let startedAt: Date
    /// When it ended.
    let endedAt: Date
    /// How the model was made and from what.
    let parameters: [String: String]
    /// How it did on matches that it had not seen, and beside the champion; finite numbers only.
    let metrics: [String: Double]
    /// What became of it, and who it is.
    let tags: [String: String]

    /// The tag that holds ``key``.
    static let keyTag = "touchline.key"

    /// Tells of a model and what became of it, oldest first.
    init(_ export: ModelToExport, events: [ModelEvent]) {
        let model = export.model
        let number = model.id ?? 0
        key = "\(export.bytesChecksum)-\(number)-\(Int64(export.registeredAt.timeIntervalSince1970 * 1000))"
        name = "touchline model \(number)"
        startedAt = model.trainedAt
        endedAt = model.trainedAt.addingTimeInterval(model.trainingSeconds)
        var parameters = [
            "feature_set": model.featureSet, "features": model.features.joined(separator: ","), "seed": "\(model.seed)",
            "matches": "\(model.matches)", "first_day": "\(model.firstDay)", "last_day": "\(model.lastDay)",
            "data_checksum": model.dataChecksum ?? "", "calibration": model.calibration, "options": model.options,
        ]
        parameters.merge(TrackedRun.scalars(model.options)) { known, _ in known }
        // MLflow refuses a whole batch for one value that is too long.
        self.parameters = parameters.filter { !$0.value.isEmpty }.mapValues { String($0.prefix(5_000)) }

        let judged = events.last { $0.kind == .promoted || $0.kind == .rejected }
        var metrics = TrackedRun.scores(HoldoutText.decode(model.holdout))
        if let judgement = judged.flatMap({ Judgement(evidence: $0.change.evidence) }) {
            metrics.merge(TrackedRun.differences(judgement)) { known, _ in known }
        }
        metrics["training_seconds"] = model.trainingSeconds
        metrics["model_bytes"] = Double(model.bytes.count)
        self.metrics = metrics.filter(\.value.isFinite)

        var tags = [
            TrackedRun.keyTag: key, "touchline.model": "\(number)", "touchline.version": Version.number,
            "touchline.model_sha256": export.bytesChecksum, "touchline.synthetic": "\(model.synthetic)",
            "mlflow.source.name": "touchline", "mlflow.source.type": "JOB", "mlflow.runName": name,
        ]
        if let asked = events.first?.change {
            tags["touchline.requested_by"] = asked.requester.rawValue
            tags["touchline.trained_because"] = asked.reason
        }
        if let judged {
            tags["touchline.verdict"] = judged.kind.rawValue
            tags["mlflow.note.content"] = judged.change.reason
        }
        self.tags = tags.mapValues { String($0.prefix(5_000)) }
    }

    /// The values of a JSON object that are no objects or lists themselves.
    private static func scalars(_ json: String) -> [String: String] {
        guard let values = try? JSONDecoder().decode([String: Scalar].self, from: Data(json.utf8)) else { return [:] }
        return values.compactMapValues(\.text)
    }

    private struct Scalar: Decodable {
        let text: String?

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let number = try? container.decode(Int.self) {
                text = "\(number)"
            } else if let number = try? container.decode(Double.self) {
                text = "\(number)"
            } else {
                text = try? container.decode(String.self)
            }
        }
    }

    private static func scores(_ holdout: Holdout?) -> [String: Double] {
        guard let holdout else { return [:] }
        var metrics = ["holdout_matches": Double(holdout.matches)]
        for (name, scores) in [
            ("holdout", holdout.model), ("holdout_market", holdout.market), ("holdout_base_rate", holdout.baseRate),
        ] {
            guard let scores else { continue }
            metrics["\(name)_accuracy"] = scores.accuracy
            metrics["\(name)_log_loss"] = scores.logLoss
            metrics["\(name)_ranked_probability_score"] = scores.rankedProbability
        }
        return metrics
    }

    private static func differences(_ judgement: Judgement) -> [String: Double] {
        var metrics: [String: Double] = ["judged_matches": Double(judgement.matches)]
        for (name, difference) in [
            ("champion_log_loss_difference", judgement.logLoss),
            ("champion_calibration_difference", judgement.calibration),
            ("market_ranked_probability_difference", judgement.market),
        ] {
            guard let difference else { continue }
            metrics[name] = difference.mean
            metrics["\(name)_lower"] = difference.lower
            metrics["\(name)_upper"] = difference.upper
            metrics["\(name)_matches"] = Double(difference.matches)
        }
        return metrics
    }
}
