internal import Drift
internal import Football

/// The detectors that libraries ship, with river's defaults.
///
/// They find next to nothing within a season; they are here for those who ask for them, and raise no alarm.
struct LibraryDetectors: Sendable {
    /// How long a detection is shown, in matches: about a round's worth of looks.
    private static let shown = 10

    /// Scored forecasts seen.
    private(set) var count = 0
    private var pageHinkley = PageHinkley()
    private var adaptiveWindow = AdaptiveWindow()
    private var missRate = DriftDetectionMethod()
    private var smirnovWindow = KolmogorovSmirnovWindow()
    private var lastFound: [StreamDetector: Int] = [:]
    private var draws = SplitMix(seed: 1)

    mutating func update(_ item: ScoreStreams.Item) {
        count += 1
        let isMiss = item.probabilities[item.outcome] < (item.probabilities.max() ?? 0)
        if pageHinkley.update(item.loss) { lastFound[.pageHinkley] = count }
        if adaptiveWindow.update(item.loss) { lastFound[.adaptiveWindow] = count }
        if missRate.update(isMiss ? 1 : 0) { lastFound[.missRate] = count }
        let isFound = smirnovWindow.update(item.loss) { from, wanted in draws.places(wanted, below: from) }
        if isFound { lastFound[.smirnovWindow] = count }
    }

    var standings: [StreamStanding] {
        [
            standing(.pageHinkley, pageHinkley.value, pageHinkley.threshold),
            standing(.adaptiveWindow, adaptiveWindow.mean, nil),
            standing(.missRate, missRate.value, missRate.driftThreshold),
            standing(.smirnovWindow, 1 - (smirnovWindow.pValue ?? 1), 1 - smirnovWindow.significance),
        ]
    }

    private func standing(_ detector: StreamDetector, _ statistic: Double, _ threshold: Double?) -> StreamStanding {
        let since = count - (lastFound[detector] ?? 0)
        return StreamStanding(
            detector: detector, statistic: statistic, threshold: threshold,
            isDetected: lastFound[detector] != nil && since < Self.shown, runLength: since, matches: count)
    }
}
