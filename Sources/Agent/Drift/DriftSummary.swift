internal import Drift
public import FoundationEssentials

/// What the latest look for drift found, with the numbers that the metrics show.
public struct DriftSummary: Sendable, Codable, Equatable {
    /// One feature's comparison.
    public struct Feature: Sendable, Codable, Equatable {
        /// The feature.
        public let name: String
        /// `ok`, `drifted` or `insufficient_data`.
        public let state: String
        /// The statistics by measure.
        public let statistics: [String: Double]
        /// What chance rarely exceeds, by measure.
        public let thresholds: [String: Double]
        /// The p-value that decides, corrected for the number of features; nil where there was no test.
        public let pValue: Double?
        /// Matches of the reference that have a value.
        public let referenceMatches: Int
        /// Matches of the window that have a value.
        public let currentMatches: Int
        /// Since when it has been drifted; nil while it is not.
        public let foundAt: Date?
    }

    /// What one detector says of the stream of scored forecasts.
    public struct Stream: Sendable, Codable, Equatable {
        /// The detector.
        public let detector: String
        /// Its statistic.
        public let statistic: Double
        /// The statistic from which a change is detected; nil where it is not a fixed one.
        public let threshold: Double?
        /// Whether a change is detected.
        public let isDetected: Bool
        /// Matches since the change that it supposes.
        public let runMatches: Int
        /// Matches it has seen.
        public let matches: Int
    }

    /// A statistic of everything together.
    public struct Whole: Sendable, Codable, Equatable {
        /// The statistic.
        public let statistic: Double
        /// Its p-value.
        public let pValue: Double
        /// Whether it is reported; nil where nothing is reported by it.
        public let isDetected: Bool?
    }

    /// Every feature, in the order of the metrics' documentation.
    public let features: [Feature]
    /// Newest matches that were compared.
    public let windowMatches: Int
    /// Matches that they were compared with.
    public let referenceMatches: Int
    /// The family-wise error rate of the comparison.
    public let significanceLevel: Double
    /// How far the odds' margin moved; nil with too few odds.
    public let marginShift: Whole?
    /// How well a forest tells the newest matches from those before; nil with too few.
    public let toldApart: Whole?
    /// The detectors; none before the first scored forecast.
    public let streams: [Stream]
    /// Share of drawn seasons without drift in which the comparison raised an alarm; nil without enough history.
    public let replayedFalseAlarmRatio: Double?
    /// Seasons drawn for that.
    public let replayedSeasons: Int

    init(_ report: Snapshot.DriftReport, settings: Settings.Drift) {
        features = report.columns.map { column in
            Feature(
                name: column.name, state: column.state.rawValue,
                statistics: DriftSummary.byMeasure(column.readings) { $0.statistic },
                thresholds: DriftSummary.byMeasure(column.readings) { $0.threshold }, pValue: column.adjustedPValue,
                referenceMatches: column.referenceCount, currentMatches: column.currentCount,
                foundAt: report.foundAt[column.name])
        }
        windowMatches = report.windowMatches
        referenceMatches = report.referenceMatches
        significanceLevel = settings.significanceLevel
        marginShift = report.margin.map { Whole(statistic: $0.shift, pValue: $0.pValue, isDetected: $0.isDetected) }
        toldApart = report.toldApart.map { Whole(statistic: $0.statistic, pValue: $0.pValue, isDetected: nil) }
        streams = report.streams.map {
            Stream(
                detector: $0.detector.rawValue, statistic: $0.statistic, threshold: $0.threshold,
                isDetected: $0.isDetected, runMatches: $0.runLength, matches: $0.matches)
        }
        replayedFalseAlarmRatio = report.replay.ratio
        replayedSeasons = report.replay.seasons
    }

    private static func byMeasure(_ readings: [Reading], _ value: (Reading) -> Double?) -> [String: Double] {
        Dictionary(
            uniqueKeysWithValues: readings.compactMap { reading in
                value(reading).map { (reading.measure.rawValue, $0) }
            })
    }
}
