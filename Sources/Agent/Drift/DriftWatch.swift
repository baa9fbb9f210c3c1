internal import Drift
internal import Football
internal import Forest
internal import FoundationEssentials
internal import History

/// Looks for drift in all that the history holds: a function of it, so that a restarted agent comes to the same.
struct DriftWatch: Sendable {
    let rule: DriftRule
    /// When the champion was trained; nil without one.
    let trainedAt: Date?
    /// The model whose forecasts are compared; nil without one.
    let champion: ServingModel?
    /// For how long past seasons may be replayed each time.
    var replayBudget = Duration.milliseconds(250)

    init(_ settings: Settings.Drift, trainedAt: Date?, champion: ServingModel? = nil) {
        rule = DriftRule(settings: settings)
        self.trainedAt = trainedAt
        self.champion = champion
    }

    /// Compares and sums up.
    ///
    /// - Parameters:
    ///   - matches: Every finished match, oldest first.
    ///   - evaluations: Scored forecasts, one a match, oldest first.
    ///   - findings: What was found before.
    ///   - replay: What has been replayed before with the same settings.
    ///   - now: The instant from which new findings count.
    /// - Returns: The report, with the instants of findings that were known and of those that are new.
    /// - Throws: ``ForestError`` if the task was cancelled.
    @concurrent
    func report(
        _ matches: [Match], _ evaluations: [Evaluation], _ findings: FindingLedger, replay: DriftReplay, now: Date
    ) async throws(ForestError) -> Snapshot.DriftReport {
        let table = DriftTable(matches)
        let trained = trainedAt.map { instant in matches.count { $0.fixture.forecastDeadline < instant } }
        let places = rule.places(before: table.count, trainedOn: trained ?? .max)
        var report = Snapshot.DriftReport(
            columns: rule.compare(table, places, forecasts: try forecasts(matches, places)),
            referenceMatches: places.reference.count, windowMatches: places.current.count,
            margin: rule.margin(table, before: table.count), trainedAt: trainedAt)
        let (reference, current) = (table.rows(places.reference), table.rows(places.current))
        if min(reference.count, current.count) >= rule.settings.minimumMatches {
            report.toldApart = try await RowsToldApart(seed: 1).judge(reference: reference, current: current)
        }
        report.streams = standings(evaluations, findings)
        report.changedAgain = rule.changedAgain(
            table,
            since: findings.answered(by: trainedAt).mapValues { foundAt in
                matches.firstIndex { $0.fixture.forecastDeadline > foundAt } ?? matches.count
            })
        report.foundAt = findings.foundAt(in: report, now: now)
        report.replay = replayed(matches, replay)
        return report
    }

    private func standings(_ evaluations: [Evaluation], _ findings: FindingLedger) -> [StreamStanding] {
        var streams = ScoreStreams(restarts: findings.restarts(trainedAt: trainedAt))
        for evaluation in evaluations { streams.update(ScoreStreams.Item(evaluation)) }
        return streams.standings
    }

    /// What the champion says of the newest matches and of those before, each as of its day.
    ///
    /// What was served would differ with every promotion, which is no drift.
    private func forecasts(
        _ matches: [Match], _ places: (reference: Range<Int>, current: Range<Int>)
    ) throws(ForestError) -> [(name: String, reference: [Double], current: [Double])] {
        let wanted = Set((matches[places.reference] + matches[places.current]).map(\.fixture.key))
        var said: [MatchKey: OutcomeProbabilities] = [:]
        if let champion, !places.reference.isEmpty {
            for row in ForecastDesk.rows(for: matches) where wanted.contains(row.match.fixture.key) {
                said[row.match.fixture.key] = try champion.forecast(row.features).probabilities
            }
        }
        return Outcome.allCases.map { outcome in
            func values(_ range: Range<Int>) -> [Double] {
                matches[range].map { said[$0.fixture.key]?[outcome] ?? .nan }
            }
            return ("forecast_\(outcome.name)", values(places.reference), values(places.current))
        }
    }

    /// Past seasons replayed for as long as that may take, and one at least, until there are enough.
    private func replayed(_ matches: [Match], _ replay: DriftReplay) -> DriftReplay {
        var replay = replay
        guard replay.seasons < DriftReplay.enough else { return replay }
        let pool = DriftReplay.Pool(matches)
        let end = ContinuousClock.now + replayBudget
        repeat {
            replay.extend(pool, rule: rule)
        } while ContinuousClock.now < end
            && replay.seasons < DriftReplay.enough && replay.seasons > 0 && !Task.isCancelled
        return replay
    }
}

extension ScoreStreams.Item {
    /// A scored forecast as the detectors see it.
    init(_ evaluation: Evaluation) {
        self.init(
            season: evaluation.key.season, at: evaluation.deadline, probabilities: evaluation.probabilities.values,
            outcome: evaluation.outcome.rawValue, marketLoss: evaluation.marketLogLoss)
    }
}
