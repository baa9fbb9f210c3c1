internal import Drift
internal import Football
internal import FoundationEssentials
internal import Glibc

/// Detectors over scored forecasts in the order of their matches.
///
/// Nothing of it is kept: the history has every score, so a restarted agent comes to the same.
struct ScoreStreams: Sendable {
    /// One scored forecast.
    struct Item: Sendable {
        let season: Season
        let at: Date
        let probabilities: [Double]
        let outcome: Int
        /// The market's log loss; nil without odds.
        let marketLoss: Double?

        /// The forecast's log loss.
        var loss: Double { -log(max(probabilities[outcome], 1e-12)) }
    }

    /// Evidence of 20 to 1: by Ville's inequality at most 1 season in 20 of calibrated forecasts gives as much.
    static let evidenceThreshold = log(20.0)
    /// Calibrated forecasts take at least this many matches on average to an alarm: more than five seasons.
    static let restartedThreshold = log(2_000.0)
    /// What the standardised loss may be above its expectation on average.
    static let lossAllowance = 0.5
    /// The sum that 1 season in 20 of calibrated forecasts reaches; see `touchline calibrate-drift`.
    static let lossThreshold = 7.6
    /// What the log loss may be above the market's on average: what a model without odds costs.
    static let pairedAllowance = 0.02
    /// The sum that 1 season in 20 of a healthy model without odds reaches; see `touchline calibrate-drift`.
    static let pairedThreshold = 2.6

    private var evidence = CalibrationEvidence()
    private var change = CalibrationChange()
    private var lossSum = CumulativeSum(allowance: lossAllowance, threshold: lossThreshold)
    private var pairedSum = CumulativeSum(allowance: pairedAllowance, threshold: pairedThreshold)
    private var pairs = 0
    private var library = LibraryDetectors()
    private var season: Season?
    /// Since when each detector that raises alarms counts, because a new champion has answered the alarm before.
    private let restarts: [StreamDetector: Date]

    init(restarts: [StreamDetector: Date] = [:]) {
        self.restarts = restarts
    }

    /// Takes the next scored forecast.
    mutating func update(_ item: Item) {
        // Evidence is weighed by the season: after a long healthy run it would take as long to turn.
        if season != item.season { evidence = CalibrationEvidence() }
        season = item.season
        if counts(item, for: .evidence) { evidence.update(item.probabilities, outcome: item.outcome) }
        if counts(item, for: .restartedEvidence) { change.update(item.probabilities, outcome: item.outcome) }
        _ = lossSum.update(StandardisedLoss.value(item.probabilities, outcome: item.outcome))
        if let marketLoss = item.marketLoss, counts(item, for: .pairedSum) {
            _ = pairedSum.update(item.loss - marketLoss)
            pairs += 1
        }
        library.update(item)
    }

    private func counts(_ item: Item, for detector: StreamDetector) -> Bool {
        restarts[detector].map { item.at > $0 } ?? true
    }

    /// What each detector says now, in the order of ``StreamDetector``; none before the first forecast.
    var standings: [StreamStanding] {
        guard season != nil else { return [] }
        let own = [
            StreamStanding(
                detector: .evidence, statistic: evidence.logMaximum, threshold: Self.evidenceThreshold,
                isDetected: evidence.logMaximum >= Self.evidenceThreshold, runLength: evidence.count,
                matches: evidence.count),
            StreamStanding(
                detector: .restartedEvidence, statistic: change.count == 0 ? 0 : change.logValue,
                threshold: Self.restartedThreshold, isDetected: change.logValue >= Self.restartedThreshold,
                runLength: change.runLength, matches: change.count),
            StreamStanding(
                detector: .lossSum, statistic: lossSum.value, threshold: lossSum.threshold,
                isDetected: lossSum.value >= lossSum.threshold, runLength: lossSum.runLength, matches: library.count),
            StreamStanding(
                detector: .pairedSum, statistic: pairedSum.value, threshold: pairedSum.threshold,
                isDetected: pairedSum.value >= pairedSum.threshold, runLength: pairedSum.runLength, matches: pairs),
        ]
        return own + library.standings
    }
}
