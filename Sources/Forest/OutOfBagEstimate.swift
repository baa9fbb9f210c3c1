import Glibc

/// How well each training row is forecast by the trees that did not see it.
public struct OutOfBagEstimate: Sendable, Hashable {
    /// Rows that at least one tree did not see: the sample size of the scores.
    public let rows: Int
    /// Share of these rows whose likeliest class was the right one, 0 to 1.
    public let accuracy: Double
    /// Mean of -ln of the probability given to the right class, each probability being at least 1e-15.
    public let logLoss: Double
}

extension OutOfBagEstimate {
    /// Scores forecasts; nil if there are none.
    init?(_ forecasts: OutOfBagForecasts, labels: [Int]) {
        var rows = 0
        var hits = 0
        var loss = 0.0
        for (row, label) in labels.enumerated() {
            guard let forecast = forecasts[row] else { continue }
            rows += 1
            if forecast.firstIndex(of: forecast.max() ?? 0) == label { hits += 1 }
            loss -= log(max(1e-15, forecast[label]))
        }
        guard rows > 0 else { return nil }
        self.rows = rows
        accuracy = Double(hits) / Double(rows)
        logLoss = loss / Double(rows)
    }
}
