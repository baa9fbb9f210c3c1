/// How often a forecaster's likeliest outcome came true, by how probable it was said to be.
public struct Reliability: Hashable, Sendable {
    /// Upper bounds of the ten bins.
    public static let bounds = (1...10).map { Double($0) / 10 }

    /// Matches in each bin.
    public let matches: [Int]
    /// Those of them whose likeliest outcome came true.
    public let hits: [Int]
    /// The sum of the probabilities of the likeliest outcomes over all matches.
    public let confidence: Double
    /// The same sum over the matches whose likeliest outcome came true.
    public let hitConfidence: Double
    /// Expected calibration error, 0 to 1: the mean distance of a bin's hit rate from its mean confidence, weighted by
    /// its matches; nil without forecasts.
    ///
    /// It is above 0 for a perfect forecaster too, the more so the fewer matches there are.
    public let expectedError: Double?
    /// The same for each outcome's own probability, the mean over the outcomes; nil without forecasts.
    public let classwiseError: Double?

    /// Bins forecasts by the probability of their likeliest outcome; of equals the first counts.
    public init(_ pairs: [(OutcomeProbabilities, Outcome)]) {
        var matches = Array(repeating: 0, count: Reliability.bounds.count)
        var hits = matches
        var (confidence, hitConfidence) = (0.0, 0.0)
        for (forecast, outcome) in pairs {
            let top = max(forecast.home, forecast.draw, forecast.away)
            // A bound belongs to the bin below it, as in a histogram.
            let bin = min(9, max(0, Int((top * 10).rounded(.up)) - 1))
            matches[bin] += 1
            confidence += top
            guard Score.hit(forecast, outcome) else { continue }
            hits[bin] += 1
            hitConfidence += top
        }
        self.matches = matches
        self.hits = hits
        self.confidence = confidence
        self.hitConfidence = hitConfidence
        expectedError = pairs.isEmpty ? nil : CalibrationError.expected(pairs)
        classwiseError = pairs.isEmpty ? nil : CalibrationError.classwise(pairs)
    }
}
