internal import Exposition
internal import Forest
internal import FoundationEssentials

/// The model that serves: what it is, how old, and how it did on matches that it had not seen.
struct ModelCollector: Collector {
    static let info = Descriptor.info(
        "touchline_model_info", "The model that serves and the features that it was trained on.",
        labels: ["model", "feature_set"])
    static let trained = Descriptor.gauge(
        "touchline_model_trained_timestamp_seconds", "Unix time at which the serving model was trained.")
    static let duration = Descriptor.gauge(
        "touchline_model_training_duration_seconds", "How long the training of the serving model took, in seconds.")
    static let matches = Descriptor.gauge(
        "touchline_model_training_matches", "Matches that the serving model was trained on.")
    static let trees = Descriptor.gauge("touchline_model_trees", "Trees in the serving model.")
    static let size = Descriptor.gauge(
        "touchline_model_size_bytes", "Size of the serving model as it is stored, in bytes.")
    static let progress = Descriptor.gauge(
        "touchline_model_training_progress_ratio", "Share of the trees grown; present only while a model is trained.")
    static let maximumAge = Descriptor.gauge(
        "touchline_model_maximum_age_seconds", "Age in seconds at which the serving model counts as too old.")
    static let holdoutMatches = Descriptor.gauge(
        "touchline_holdout_matches", "Newest matches that were held out when the serving model was scored.")
    static let accuracy = Descriptor.gauge(
        "touchline_holdout_accuracy_ratio", "Share of held-out matches whose likeliest outcome came true.",
        labels: ["forecaster"])
    static let logLoss = Descriptor.gauge(
        "touchline_holdout_log_loss", "Mean logarithmic loss on the held-out matches; lower is better.",
        labels: ["forecaster"])
    static let rankedProbability = Descriptor.gauge(
        "touchline_holdout_ranked_probability_score",
        "Mean ranked probability score on the held-out matches, 0 to 1; lower is better.", labels: ["forecaster"])
    static let descriptors = [
        info, trained, duration, matches, trees, size, progress, maximumAge, holdoutMatches, accuracy, logLoss,
        rankedProbability,
    ]

    let name = "model"
    let snapshots: SnapshotStore
    let settings: SettingsStore
    let training: TrainingProgress
    let clock: LeagueClock

    func collect() -> [Family] {
        let champion = snapshots.current?.champion
        var info = Family(Self.info)
        if let champion { info.append(1, labels: ["\(champion.id)", champion.featureSet]) }
        let maximumAge = clock.wall(settings.current.model.maximumAge.seconds).seconds
        return [
            info,
            Family(Self.trained, champion.map { clock.wall($0.trainedAt).timeIntervalSince1970 }),
            Family(Self.duration, champion?.trainingSeconds),
            Family(Self.matches, champion.map { Double($0.matches) }),
            Family(Self.trees, champion.map { Double($0.model.offset.treeCount) }),
            Family(Self.size, champion.map { Double($0.bytes) }),
            Family(Self.progress, training.trees.map { Double($0.finished) / Double($0.expected) }),
            Family(Self.maximumAge, maximumAge),
        ] + holdout(champion?.holdout)
    }

    private func holdout(_ holdout: Holdout?) -> [Family] {
        var accuracy = Family(Self.accuracy)
        var logLoss = Family(Self.logLoss)
        var rankedProbability = Family(Self.rankedProbability)
        for (forecaster, scores) in [
            ("model", holdout?.model), ("market", holdout?.market), ("base_rate", holdout?.baseRate),
        ] {
            accuracy.append(scores?.accuracy, labels: [forecaster])
            logLoss.append(scores?.logLoss, labels: [forecaster])
            rankedProbability.append(scores?.rankedProbability, labels: [forecaster])
        }
        return [
            Family(Self.holdoutMatches, holdout.map { Double($0.matches) }), accuracy, logLoss, rankedProbability,
        ]
    }
}
