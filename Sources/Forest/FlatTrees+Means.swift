extension FlatTrees {
    /// The mean of what all trees forecast for each of many rows.
    ///
    /// - Parameters:
    ///   - rows: The rows, one after another.
    ///   - codes: How to bin them.
    ///   - values: What the leaves forecast.
    ///   - names: The features' names, for the errors.
    /// - Returns: The forecasts, one after another.
    /// - Throws: ``ForestError/featureCount(expected:found:)`` if the last row is not whole, or
    ///   ``ForestError/infiniteValue(feature:)``.
    func means(
        ofRows rows: Span<Double>, _ codes: RowCodes, _ values: LeafValues, names: [String]
    ) throws(ForestError) -> [Double] {
        let features = codes.features
        let count = rows.count / features
        guard count * features == rows.count else {
            throw .featureCount(expected: features, found: rows.count % features)
        }
        let size = FlatTrees.blockRows(width: codes.width)
        var buffer = [UInt16](repeating: 0, count: min(size, count) * codes.width)
        var means: [Double] = []
        means.reserveCapacity(count * values.width)
        for first in stride(from: 0, to: count, by: size) {
            let inBlock = min(size, count - first)
            var target = buffer.mutableSpan
            for row in 0..<inBlock {
                let own = rows.extracting((first + row) * features..<(first + row + 1) * features)
                if let feature = codes.write(own, to: &target, at: row * codes.width) {
                    throw .infiniteValue(feature: names[feature])
                }
            }
            let (sums, _) = self.sums(buffer.span, rows: inBlock, width: codes.width, values)
            for row in 0..<inBlock {
                for place in 0..<values.width {
                    means.append(sums[row * values.vectors + place / 4][place % 4] / Double(self.count))
                }
            }
        }
        return means
    }
}

extension RowCodes {
    /// The codes of one row.
    ///
    /// - Parameters:
    ///   - row: One value for each feature.
    ///   - names: The features' names, for the errors.
    /// - Returns: ``width`` codes.
    /// - Throws: ``ForestError/featureCount(expected:found:)``, or ``ForestError/infiniteValue(feature:)``.
    func codes(of row: [Double], names: [String]) throws(ForestError) -> [UInt16] {
        guard row.count == features else { throw .featureCount(expected: features, found: row.count) }
        var codes = [UInt16](repeating: 0, count: width)
        var target = codes.mutableSpan
        if let feature = write(row.span, to: &target, at: 0) { throw .infiniteValue(feature: names[feature]) }
        return codes
    }
}
