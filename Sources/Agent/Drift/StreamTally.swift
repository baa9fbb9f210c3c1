/// What the detectors found in drawn seasons of one forecaster.
struct StreamTally: Sendable {
    private var seasons = 0
    private var found: [StreamDetector: [Int]] = [:]
    private var foundAlike: [StreamDetector: [Int]] = [:]
    private var largest: [StreamDetector: [Double]] = [:]
    private var most: [StreamDetector: Double] = [:]
    private var isFound: Set<StreamDetector> = []
    private var isFoundAlike: Set<StreamDetector> = []
    private var hadLimits = false

    /// Ends a season.
    mutating func endSeason() {
        seasons += 1
        for (detector, statistic) in most { largest[detector, default: []].append(statistic) }
        (isFound, isFoundAlike, most) = ([], [], [:])
    }

    /// Notes what the detectors say after a match.
    ///
    /// - Parameters:
    ///   - standings: What they say.
    ///   - matches: Matches since the fault began, this one included; below 1 while there is none.
    ///   - limits: Statistics at which all detectors are equally often wrong; those that have none have none here.
    mutating func note(_ standings: [StreamStanding], matches: Int, limits: [StreamDetector: Double]) {
        hadLimits = hadLimits || !limits.isEmpty
        for standing in standings {
            let detector = standing.detector
            most[detector] = max(most[detector] ?? standing.statistic, standing.statistic)
            guard matches > 0 else { continue }
            if standing.isDetected, isFound.insert(detector).inserted { found[detector, default: []].append(matches) }
            if let limit = limits[detector], standing.statistic >= limit, isFoundAlike.insert(detector).inserted {
                foundAlike[detector, default: []].append(matches)
            }
        }
    }

    /// The statistics that 1 season in 20 reaches, for detectors that are judged by one.
    var limits: [StreamDetector: Double] {
        let judged: [StreamDetector] = [.evidence, .restartedEvidence, .lossSum, .pairedSum]
        return Dictionary(
            uniqueKeysWithValues: judged.compactMap { detector in twentieth(detector).map { (detector, $0) } })
    }

    private func twentieth(_ detector: StreamDetector) -> Double? {
        guard let statistics = largest[detector]?.sorted(), !statistics.isEmpty else { return nil }
        return statistics[statistics.count * 19 / 20]
    }

    /// The rates of all detectors.
    ///
    /// - Parameters:
    ///   - name: The forecaster.
    ///   - limits: The statistics at which all are equally often wrong.
    /// - Returns: One rate a detector.
    func rates(of name: String, limits: [StreamDetector: Double]) -> [DriftCalibration.StreamRate] {
        StreamDetector.allCases.map { detector in
            // Of healthy forecasters only the largest statistics were noted, before there were limits.
            let reached = limits[detector].map { limit in
                hadLimits ? foundAlike[detector]?.count ?? 0 : largest[detector]?.count { $0 >= limit } ?? 0
            }
            return DriftCalibration.StreamRate(
                forecaster: name, detector: detector.rawValue, seasons: seasons, found: found[detector]?.count ?? 0,
                medianMatches: Self.median(found[detector] ?? [], of: seasons),
                largestOfTwenty: twentieth(detector) ?? 0, limitOfTwenty: limits[detector], foundAlike: reached,
                medianAlike: reached.flatMap { _ in Self.median(foundAlike[detector] ?? [], of: seasons) })
        }
    }

    /// The median over all seasons, those without a finding counting as infinitely late; nil if they are half or more.
    static func median(_ found: [Int], of seasons: Int) -> Int? {
        let sorted = found.sorted()
        return seasons / 2 < sorted.count ? sorted[seasons / 2] : nil
    }
}
