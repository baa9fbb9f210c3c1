internal import FoundationEssentials
internal import History

/// What a decision about training looks at; the decision is a function of it alone.
struct TrainingCase: Sendable {
    /// The score against the market of the newest settled forecasts.
    struct ScoreEvidence: Sendable, Equatable {
        let matches: Int
        /// Log loss, model less market: the mean and its interval.
        let mean: Double
        let lower: Double
        let upper: Double
    }

    /// The league's instant.
    var now: Date
    /// Whether the schedule's time to train has come.
    var isScheduled = false
    /// When the champion was trained; nil without one.
    var championTrainedAt: Date?
    /// The age at which it is too old, in seconds.
    var maximumAge: TimeInterval
    /// Finished matches that are known; nil until they were counted.
    var matches: Int?
    /// The fewest to train on.
    var minimumMatches: Int
    /// When a model was trained last, whatever became of it.
    var lastTrainedAt: Date?
    /// Matches that finished since, as far as it is known.
    var newMatches: Int?
    /// Columns of the data that drifted, with enough matches to say so.
    var drifted: [String] = []
    /// Nil while too few forecasts are settled.
    var score: ScoreEvidence?
    /// The fewest settled forecasts on which the score counts.
    var minimumScored: Int
    /// Wishes that nobody has answered yet.
    var requests: [TrainingRequest] = []
    /// How long after a training what is not asked for is put off, in seconds.
    var pause: TimeInterval

    /// Whether to train, and why.
    ///
    /// The schedule and people are obeyed. Drift, scores and age are put off shortly after a training, since what they
    /// say cannot have changed by then; and without new matches, of which the same model would come again, unless no
    /// model serves at all, as after an upgrade that refuses the last one.
    func decide() -> TrainingDecision {
        var reasons: [TrainingDecision.Reason] = []
        if !requests.isEmpty { reasons.append(.request) }
        if !drifted.isEmpty { reasons.append(.drift) }
        if let score, score.matches >= minimumScored, score.lower > 0 { reasons.append(.score) }
        if championTrainedAt.map({ now.timeIntervalSince($0) > maximumAge }) ?? true { reasons.append(.age) }
        if isScheduled { reasons.append(.schedule) }
        let isObeyed = isScheduled || !requests.isEmpty
        let heldBack = reasons.isEmpty || isObeyed ? nil : obstacle
        return TrainingDecision(
            decidedAt: now, train: !reasons.isEmpty && heldBack == nil, reasons: reasons, heldBack: heldBack,
            evidence: evidence, requests: requests.compactMap(\.id))
    }

    /// Why to put off what is not asked for.
    private var obstacle: String? {
        if let matches, matches < minimumMatches { return "\(matches) finished matches are too few to train on" }
        guard let lastTrainedAt else { return nil }
        if now.timeIntervalSince(lastTrainedAt) < pause {
            return "a model was trained \(DurationText.format(.seconds(Int(now.timeIntervalSince(lastTrainedAt))))) ago"
        }
        if newMatches == 0, championTrainedAt != nil { return "no match finished since a model was trained" }
        return nil
    }

    private struct Evidence: Encodable {
        let champion_age_seconds: Double?
        let drifted: [String]
        let new_matches: Int?
        let requests: [String]
        let score: Score?

        struct Score: Encodable {
            let matches: Int
            let mean: Double
            let lower: Double
            let upper: Double
        }
    }

    private var evidence: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let evidence = Evidence(
            champion_age_seconds: championTrainedAt.map { now.timeIntervalSince($0) }, drifted: drifted,
            new_matches: newMatches, requests: requests.map { "\($0.source.rawValue): \($0.reason)" },
            score: score.map { .init(matches: $0.matches, mean: $0.mean, lower: $0.lower, upper: $0.upper) })
        return (try? encoder.encode(evidence)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    }
}

extension TrainingDecision {
    /// The reason that counts, of several the weightiest: a person's, then the data's, then the clock's.
    var mainReason: Reason? { Reason.byWeight.first(where: reasons.contains) }

    /// Who wants the model that comes of it.
    var requester: ModelChange.Requester {
        switch mainReason {
        case .request: .request
        case .drift: .drift
        case .score: .score
        case .age: .age
        case .schedule, nil: .schedule
        }
    }

    /// The decision's reasons in words.
    var words: String {
        let words = Reason.byWeight.filter(reasons.contains).map { reason in
            switch reason {
            case .request: "a request"
            case .drift: "drift of the data"
            case .score: "scores behind the market's"
            case .age: "the champion's age"
            case .schedule: "the schedule"
            }
        }
        return "trained on account of \(words.isEmpty ? "nothing" : words.joined(separator: ", "))"
    }
}

extension TrainingDecision.Reason {
    static let byWeight: [TrainingDecision.Reason] = [.request, .drift, .score, .age, .schedule]
}
