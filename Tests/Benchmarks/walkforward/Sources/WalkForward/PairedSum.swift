import Drift
import Football

/// The paired sum of log losses of a healthy model without odds against the market's, over one season.
struct PairedSum {
    /// The forecaster whose sums the reference has.
    static let forecaster = "LR no-current-odds (eloO+DCX)"
    /// The reference's fits are within 2e-5 of the true ones, on probabilities; that adds up over a season.
    private static let tolerance = 6e-3

    private let largest: Double
    private let final: Double

    init(_ walk: Walk, _ made: [(OutcomeProbabilities, Outcome)], season: Int) {
        var sum = CumulativeSum(allowance: 0.02, threshold: .infinity)
        var largest = 0.0
        for (row, forecast) in zip(walk.forecastRows, made) where row.match.fixture.key.season.startYear == season {
            _ = sum.update(Score.logLoss(forecast.0, forecast.1) - Score.logLoss(row.market, row.outcome))
            largest = max(largest, sum.value)
        }
        self.largest = largest
        final = sum.value
    }

    /// Whether these are the reference's sums; says so.
    func agrees(_ stream: Reference.Stream) -> Bool {
        let gap = max(abs(largest - stream.largest), abs(final - stream.final))
        let agrees = gap <= Self.tolerance
        print(
            "\(agrees ? "ok  " : "FAR ") paired sum of \(stream.season): largest \(largest), reference "
                + "\(stream.largest); at the end \(final), reference \(stream.final)")
        return agrees
    }
}
