extension FlatTrees {
    /// Adds up what all trees forecast for one row.
    func sums(_ codes: Span<UInt16>, _ values: LeafValues) -> [SIMD4<Double>] {
        var sums = [SIMD4<Double>](repeating: .zero, count: values.vectors)
        let recordNumbers = self.recordNumbers.span
        var total = sums.mutableSpan
        walk(codes) { leaf in values.add(recordNumbers[unchecked: leaf], to: &total, at: 0) }
        return sums
    }

    /// Adds up what some trees forecast for the rows of a block.
    ///
    /// One tree after another is walked with all rows, so that it stays in cache; each row still adds its trees in their
    /// order, and so gets the same bits as alone.
    ///
    /// - Parameters:
    ///   - codes: The codes of the rows, row after row.
    ///   - rows: Number of rows.
    ///   - width: Codes of a row.
    ///   - values: What the leaves forecast.
    ///   - sees: Whether a row of the block takes part in a tree; nil if all do in all.
    /// - Returns: The sums, and for each row how many trees took part.
    func sums(
        _ codes: Span<UInt16>, rows: Int, width: Int, _ values: LeafValues,
        sees: ((_ tree: Int, _ row: Int) -> Bool)? = nil
    ) -> (sums: [SIMD4<Double>], votes: [Int32]) {
        var sums = [SIMD4<Double>](repeating: .zero, count: rows * values.vectors)
        var votes = [Int32](repeating: Int32(sees == nil ? count : 0), count: rows)
        var members = (0..<rows).map { Int32($0) }
        var starts = members.map { $0 * Int32(width) }
        let recordNumbers = self.recordNumbers.span
        for tree in 0..<count {
            if let sees {
                members.removeAll(keepingCapacity: true)
                starts.removeAll(keepingCapacity: true)
                for row in 0..<rows where sees(tree, row) {
                    members.append(Int32(row))
                    starts.append(Int32(row * width))
                    votes[row] += 1
                }
            }
            let places = members.span
            var total = sums.mutableSpan
            walk(tree, codes, starts: starts.span) { position, leaf in
                values.add(
                    recordNumbers[unchecked: leaf], to: &total,
                    at: Int(places[unchecked: position]) &* values.vectors)
            }
        }
        return (sums, votes)
    }

    /// Rows in a block: as many as have 16 KiB of codes, which stay in the first cache.
    static func blockRows(width: Int) -> Int { max(32, min(512, 8192 / width)) }
}
