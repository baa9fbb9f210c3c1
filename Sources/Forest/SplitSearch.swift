/// Finds the best question about one feature of one node.
struct SplitSearch<Count: Tally>: ~Copyable {
    private var histogram: Histogram<Count>
    let minimumLeaf: Int
    let weights: ClassWeights
    /// The question that sends every value left and the missing ones right.
    private let allValues: UInt16

    init(codes: Int, minimumLeaf: Int, weights: ClassWeights) {
        histogram = Histogram(codes: codes)
        self.minimumLeaf = minimumLeaf
        self.weights = weights
        allValues = UInt16(clamping: codes - 2)
    }

    /// What a feature has to offer in a node.
    enum Finding {
        /// All rows have the same value.
        case constant
        /// No split leaves enough rows on both sides, or none is better than what was to beat.
        case nothing
        case split(Split<Count>)
    }

    /// Finds the split of the lowest remaining impurity, the first one among equals.
    ///
    /// Rows without a value are tried on either side, and against all rows that have one.
    ///
    /// - Parameters:
    ///   - feature: The feature that the column is of.
    ///   - draws: The rows of the tree's sample.
    ///   - range: Where the node's rows are among them.
    ///   - column: The bin of every row of the training set.
    ///   - columnBins: Number of bins of the column.
    ///   - evidence: What every row of the training set brings.
    ///   - total: The tally of the node.
    ///   - toBeat: The score that a split must exceed.
    /// - Returns: The best split, or why there is none.
    mutating func best<Code: FixedWidthInteger & UnsignedInteger>(
        feature: Int, draws: borrowing Buffer<Draw>, range: Range<Int>, column: Span<Code>, columnBins: Int,
        evidence: Span<Count.Evidence>, total: Count, toBeat: Double
    ) -> Finding {
        let missing = histogram.count(draws, range, column: column, bins: columnBins, evidence: evidence)
        if missing.rows > 0 { return bestBesideMissing(missing, feature: feature, total: total, toBeat: toBeat) }
        let bins = histogram.bins
        var left = histogram.take(0)
        guard bins > 1 else { return .constant }
        var best = toBeat
        var bestBin = -1
        var bestLeft = left
        let rows = total.rows
        for position in 1..<bins {
            let leftRows = left.rows
            if leftRows >= minimumLeaf && rows - leftRows >= minimumLeaf {
                let score = Count.score(left, total - left, weights)
                if score > best {
                    best = score
                    bestLeft = left
                    // The boundary goes to the middle of the gap that the node's rows leave, as between exact values.
                    let bin = histogram.bin(position - 1)
                    bestBin = bin + (histogram.bin(position) - bin - 1) / 2
                }
            }
            left += histogram.take(position)
        }
        guard bestBin >= 0 else { return .nothing }
        return .split(
            Split(feature: feature, bin: UInt16(bestBin), missingGoesLeft: nil, score: best, left: bestLeft))
    }

    private mutating func bestBesideMissing(
        _ missing: Count, feature: Int, total: Count, toBeat: Double
    ) -> Finding {
        let bins = histogram.bins
        guard bins > 0 else { return .constant }
        var best = Split(feature: feature, bin: 0, missingGoesLeft: nil, score: toBeat, left: missing)
        func offer(_ bin: UInt16, _ left: Count, missingGoesLeft: Bool) {
            let right = total - left
            guard left.rows >= minimumLeaf, right.rows >= minimumLeaf else { return }
            let score = Count.score(left, right, weights)
            guard score > best.score else { return }
            best = Split(feature: feature, bin: bin, missingGoesLeft: missingGoesLeft, score: score, left: left)
        }
        var left = Count.zero
        for position in 0..<bins {
            left += histogram.take(position)
            guard position + 1 < bins else { break }
            let bin = histogram.bin(position)
            let middle = UInt16(bin + (histogram.bin(position + 1) - bin - 1) / 2)
            offer(middle, left, missingGoesLeft: false)
            var withMissing = left
            withMissing += missing
            offer(middle, withMissing, missingGoesLeft: true)
        }
        offer(allValues, left, missingGoesLeft: false)
        return best.missingGoesLeft == nil ? .nothing : .split(best)
    }
}
