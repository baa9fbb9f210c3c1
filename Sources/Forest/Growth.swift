/// A forest's trees with what only their growing knows.
struct Growth: Sendable {
    let trees: FlatTrees
    let edges: [BinEdges]
    /// Each feature's share of the total decrease of impurity.
    let importance: [Double]
    /// For each tree one bit for each training row: whether the tree saw it.
    let inBag: [[UInt64]]

    /// Grows all trees, several at a time.
    ///
    /// - Parameters:
    ///   - table: The training rows.
    ///   - options: How to grow; valid.
    ///   - count: The kind of tally to split by.
    ///   - labels: The class of each row; empty where there are none.
    ///   - recordWidth: Numbers that a leaf stores.
    ///   - progress: Is called after each tree with the number of trees finished so far.
    ///   - evidence: What each row brings to a sample.
    /// - Throws: ``ForestError/cancelled``.
    init<Code, Count: Tally>(
        _ table: BinnedTable<Code>, _ options: ForestOptions, by count: Count.Type, labels: [UInt8], recordWidth: Int,
        progress: (Int) -> Void, evidence: @escaping @Sendable (Sample) -> [Count.Evidence]
    ) async throws(ForestError) {
        var joined = FlatTrees(records: RecordTable(width: recordWidth))
        var decrease = [Double](repeating: 0, count: table.features)
        var seen: [[UInt64]] = []
        try await boundedForEach(options.trees, limit: options.threads, finished: progress) { index in
            var stream = RandomStream(seed: options.seed, tree: index)
            let sample = Sample(rows: table.rows, options: options, stream: &stream)
            return TreeGrower<Code, Count>(
                table, sample: sample, labels: labels, evidence: evidence(sample), options: options,
                recordWidth: recordWidth, stream: stream
            ).grow()
        } take: { tree in
            if joined.count == 0 { joined.reserve(trees: options.trees, like: tree) }
            joined.append(tree)
            for feature in decrease.indices { decrease[feature] += tree.impurityDecrease[feature] }
            seen.append(tree.inBag)
        }
        let total = decrease.reduce(0, +)
        importance = total > 0 ? decrease.map { $0 / total } : decrease
        inBag = seen
        edges = table.edges
        trees = joined
    }

    /// Adds up, for each training row, what the trees forecast that did not see it.
    ///
    /// - Parameters:
    ///   - table: The training rows.
    ///   - values: What the leaves forecast.
    ///   - threads: How many blocks of rows to work on at a time.
    /// - Returns: The means, row after row, NaN where every tree saw the row.
    /// - Throws: ``ForestError/cancelled``.
    func outOfBagMeans<Code>(
        _ table: BinnedTable<Code>, _ values: LeafValues, threads: Int
    ) async throws(ForestError) -> [Double] {
        let codes = RowCodes(edges)
        // Of a block, each tree sees but a third.
        let size = 3 * FlatTrees.blockRows(width: codes.width)
        var means: [Double] = []
        means.reserveCapacity(table.rows * values.width)
        try await boundedForEach((table.rows + size - 1) / size, limit: threads) { block in
            let first = block * size
            let rows = min(size, table.rows - first)
            var buffer = [UInt16](repeating: 0, count: rows * codes.width)
            for row in 0..<rows { codes.write(first + row, of: table, to: &buffer, at: row * codes.width) }
            let (sums, votes) = trees.sums(buffer.span, rows: rows, width: codes.width, values) { tree, row in
                inBag[tree][(first + row) >> 6] & (1 << UInt64((first + row) & 63)) == 0
            }
            var means = [Double](repeating: 0, count: rows * values.width)
            for row in 0..<rows {
                for place in 0..<values.width {
                    let sum = sums[row * values.vectors + place / 4][place % 4]
                    means[row * values.width + place] = sum / Double(votes[row])
                }
            }
            return means
        } take: { block in
            means += block
        }
        return means
    }
}
