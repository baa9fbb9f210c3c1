/// A detector that watches the stream of scored forecasts.
enum StreamDetector: String, CaseIterable, Sendable {
    /// Evidence against calibrated forecasts since the season began.
    case evidence = "e_process"
    /// The same, restarted at every match.
    case restartedEvidence = "e_detector"
    /// The sum of standardised log losses.
    case lossSum = "cusum"
    /// The sum of log losses less the market's.
    case pairedSum = "paired_cusum"
    /// Page and Hinkley's test on the log loss, with river's defaults.
    case pageHinkley = "page_hinkley"
    /// The adaptive window over the log loss, with river's defaults.
    case adaptiveWindow = "adwin"
    /// The drift detection method on misses, with river's defaults.
    case missRate = "ddm"
    /// The windowed Kolmogorov-Smirnov test on the log loss, with river's defaults.
    case smirnovWindow = "kswin"

    /// Whether an alarm rests on it; the others are for those who ask.
    var raisesAlarm: Bool { self == .pairedSum || self == .evidence || self == .restartedEvidence }
}

/// What a detector says of the stream so far.
struct StreamStanding: Sendable, Hashable {
    /// Which.
    let detector: StreamDetector
    /// Its statistic, in its own unit.
    let statistic: Double
    /// Where the statistic is a detection; nil where the detector's is not a fixed one.
    let threshold: Double?
    /// Whether a change is detected.
    let isDetected: Bool
    /// Matches since the change that the detector supposes.
    let runLength: Int
    /// Matches it has seen since it was started.
    let matches: Int
}
