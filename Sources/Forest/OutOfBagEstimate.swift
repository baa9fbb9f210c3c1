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
    /// Forecasts each row with the trees that did not see it; nil if there is no such row.
    init?(of grown: [GrownTree], on set: BinnedSet, threads: Int) async throws(ForestError) {
        // Blocks of one size, whatever the number of threads, keep the order of the sums, and so their last bits.
        let size = 512
        let blocks = try await boundedMap((set.rows + size - 1) / size, limit: threads) { block in
            Block(grown, on: set, rows: block * size..<min(set.rows, (block + 1) * size))
        }
        let rows = blocks.reduce(0) { $0 + $1.rows }
        guard rows > 0 else { return nil }
        self.rows = rows
        accuracy = Double(blocks.reduce(0) { $0 + $1.hits }) / Double(rows)
        logLoss = blocks.reduce(0) { $0 + $1.loss } / Double(rows)
    }

    /// The sums over some of the rows.
    private struct Block: Sendable {
        var rows = 0
        var hits = 0
        var loss = 0.0

        init(_ grown: [GrownTree], on set: BinnedSet, rows range: Range<Int>) {
            var bins = [UInt8](repeating: 0, count: set.features)
            for row in range {
                let label = Int(set.labels[row])
                for feature in bins.indices { bins[feature] = set.columns[feature][row] }
                var sums = [Double](repeating: 0, count: set.classes)
                var votes = 0
                for tree in grown where tree.inBag[row >> 6] & (1 << UInt64(row & 63)) == 0 {
                    let first = tree.tree.leaf(of: bins.span) * set.classes
                    for label in sums.indices { sums[label] += tree.tree.frequencies[first + label] }
                    votes += 1
                }
                guard votes > 0 else { continue }
                rows += 1
                if sums.indices.first(where: { sums[$0] == sums.max() }) == label { hits += 1 }
                loss -= log(max(1e-15, sums[label] / Double(votes)))
            }
        }
    }
}
