extension SplitSearch {
    /// Draws a boundary between the lowest and the highest value of a node, evenly over the values' range
    /// (Geurts, Ernst and Wehenkel, "Extremely randomized trees", 2006).
    ///
    /// Rows without a value are tried on either side; where all values are equal, they are parted from the rest.
    ///
    /// - Parameters:
    ///   - feature: The feature that the column is of.
    ///   - draws: The rows of the tree's sample.
    ///   - range: Where the node's rows are among them.
    ///   - column: The bin of every row of the training set.
    ///   - floors: The lowest value of each bin.
    ///   - evidence: What every row of the training set brings.
    ///   - total: The tally of the node.
    ///   - toBeat: The score that a split must exceed.
    ///   - stream: Where the boundary is drawn from.
    /// - Returns: The split, or why there is none.
    func random<Code: FixedWidthInteger & UnsignedInteger>(
        feature: Int, draws: borrowing Buffer<Draw>, range: Range<Int>, column: Span<Code>, floors: [Double],
        evidence: Span<Count.Evidence>, total: Count, toBeat: Double, stream: inout RandomStream
    ) -> Finding {
        var lowest = Code.max
        var highest = Code.min
        var missingRows = 0
        for index in range {
            let code = column[unchecked: draws[index].row]
            lowest = min(lowest, code)
            // A missing value is 0 once it is moved up by one.
            highest = max(highest, code &+ 1)
            missingRows += code == .max ? 1 : 0
        }
        if missingRows == range.count || (missingRows == 0 && highest == lowest &+ 1) { return .constant }
        let boundary =
            highest == lowest &+ 1
            ? Int(Code.max) - 1
            : SplitSearch.boundary(Int(lowest), Int(highest) - 1, floors, stream.nextShare())
        var left = Count.zero
        var missing = Count.zero
        for index in range {
            let draw = draws[index]
            let code = column[unchecked: draw.row]
            left += Count(draw, evidence).masked((Int(truncatingIfNeeded: code) &- boundary &- 1) &>> 63)
            if missingRows > 0 && code == .max { missing += Count(draw, evidence) }
        }
        var best = Split(feature: feature, bin: UInt16(boundary), missingGoesLeft: nil, score: toBeat, left: left)
        var found = false
        func offer(_ left: Count, missingGoesLeft: Bool?) {
            let right = total - left
            guard left.rows >= minimumLeaf, right.rows >= minimumLeaf else { return }
            let score = Count.score(left, right, weights)
            guard score > best.score else { return }
            found = true
            best.score = score
            best.left = left
            best.missingGoesLeft = missingGoesLeft
        }
        offer(left, missingGoesLeft: missingRows > 0 ? false : nil)
        if missingRows > 0 {
            left += missing
            offer(left, missingGoesLeft: true)
        }
        return found ? .split(best) : .nothing
    }

    /// The last bin below a value that lies at a share of the way from the lowest to the highest bin.
    static func boundary(_ lowest: Int, _ highest: Int, _ floors: [Double], _ share: Double) -> Int {
        let threshold = floors[lowest] * (1 - share) + floors[highest] * share
        var low = lowest
        var high = highest - 1
        while low < high {
            let middle = (low + high + 1) / 2
            if floors[middle] <= threshold { low = middle } else { high = middle - 1 }
        }
        return low
    }
}
