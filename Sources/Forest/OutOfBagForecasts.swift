/// What a forest forecasts for its own training rows, each by the trees that did not see it.
///
/// Honest forecasts without a held-out block, for calibration and for choosing options.
public struct OutOfBagForecasts: Sendable, Hashable {
    /// Numbers in each forecast: classes or targets.
    public let width: Int
    private let values: [Double]

    init(width: Int, values: [Double]) {
        self.width = width
        self.values = values
    }

    /// Number of training rows.
    public var rows: Int { values.count / width }

    /// The forecast for one training row: class probabilities, or shrunken targets; nil if every tree saw the row.
    public subscript(row: Int) -> [Double]? {
        let forecast = values[row * width..<(row + 1) * width]
        return forecast.contains(where: \.isNaN) ? nil : Array(forecast)
    }
}
