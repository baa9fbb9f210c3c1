/// How far forecasts are from what they promise.
public enum CalibrationError {
    /// The expected calibration error of the likeliest outcome: the gap between how sure forecasts were and how often
    /// they came true, in ten bins of equal width weighted by their matches; 0 to 1, and 0 without forecasts.
    public static func expected(_ pairs: [(OutcomeProbabilities, Outcome)]) -> Double {
        var bins = [(confidence: Double, hits: Double)](repeating: (0, 0), count: 10)
        for (forecast, outcome) in pairs {
            let confidence = max(forecast.home, forecast.draw, forecast.away)
            let bin = min(9, max(0, Int((confidence * 10).rounded(.up)) - 1))
            bins[bin].confidence += confidence
            bins[bin].hits += Score.hit(forecast, outcome) ? 1 : 0
        }
        return bins.reduce(0) { $0 + abs($1.confidence - $1.hits) } / Double(max(1, pairs.count))
    }
}
