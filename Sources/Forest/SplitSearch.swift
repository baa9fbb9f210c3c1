/// A question that divides a node's rows in two.
struct Split: Sendable, Hashable {
    var feature: Int
    /// The last bin that goes left.
    var bin: UInt8
    /// Where the rows without a value go; nil if the node has none of them.
    var missingGoesLeft: Bool?
    /// The sum over both children of (sum over classes of squared class weight) / weight: the larger, the lower is the
    /// Gini impurity that remains.
    var score: Double
}

/// Finds the best question about one feature of one node.
struct SplitSearch: Sendable {
    let classes: Int
    /// Fewest distinct rows in a child.
    let minimumLeaf: Int
    /// Class weights and distinct rows of the bins up to the current one.
    private var left: [Int]

    init(classes: Int, minimumLeaf: Int) {
        self.classes = classes
        self.minimumLeaf = minimumLeaf
        left = Array(repeating: 0, count: classes + 1)
    }

    /// Finds the split of the lowest remaining impurity, the first one among equals.
    ///
    /// Rows without a value are tried on either side, and against all rows that have one.
    ///
    /// - Parameters:
    ///   - feature: The feature that the histogram is of.
    ///   - histogram: The node's rows.
    ///   - totals: The node's class weights and, last, its number of distinct rows.
    /// - Returns: Nil if no split leaves ``minimumLeaf`` distinct rows on both sides.
    mutating func best(feature: Int, histogram: Histogram, totals: [Int]) -> Split? {
        for lane in left.indices { left[lane] = 0 }
        let hasMissing = histogram.occupied.contains(BinEdges.missing)
        let missing = Int(BinEdges.missing) * histogram.stride
        var best: Split?

        func offer(_ bin: Int, missingGoesLeft: Bool) {
            let moved = hasMissing && missingGoesLeft ? missing : nil
            guard let score = score(histogram.lanes.span, moved: moved, totals: totals.span),
                score > best?.score ?? -1
            else { return }
            best = Split(
                feature: feature, bin: UInt8(bin), missingGoesLeft: hasMissing ? missingGoesLeft : nil, score: score)
        }

        var current = histogram.occupied.first(from: 0)
        while let bin = current, bin != Int(BinEdges.missing) {
            for lane in left.indices { left[lane] += Int(histogram.lanes[bin * histogram.stride + lane]) }
            current = histogram.occupied.first(from: bin + 1)
            guard let next = current else { break }
            if next == Int(BinEdges.missing) {
                offer(BinEdges.limit, missingGoesLeft: false)
            } else {
                // The boundary goes to the middle of the gap that the node's rows leave, as between exact values.
                let middle = bin + (next - bin - 1) / 2
                offer(middle, missingGoesLeft: false)
                if hasMissing { offer(middle, missingGoesLeft: true) }
            }
        }
        return best
    }

    /// The score of sending ``left``, and the bin that begins at lane `moved`, to the left; nil if a child is too small.
    private func score(_ lanes: Span<UInt32>, moved: Int?, totals: Span<Int>) -> Double? {
        let leftRows = left[classes] + (moved.map { Int(lanes[$0 + classes]) } ?? 0)
        guard leftRows >= minimumLeaf, totals[classes] - leftRows >= minimumLeaf else { return nil }
        var leftWeight = 0
        var rightWeight = 0
        var leftSquares = 0.0
        var rightSquares = 0.0
        for label in 0..<classes {
            var toLeft = left[label]
            if let moved { toLeft += Int(lanes[moved + label]) }
            let toRight = totals[label] - toLeft
            leftWeight += toLeft
            rightWeight += toRight
            leftSquares += Double(toLeft) * Double(toLeft)
            rightSquares += Double(toRight) * Double(toRight)
        }
        return leftSquares / Double(leftWeight) + rightSquares / Double(rightWeight)
    }
}
