/// Grows one tree, depth first (Breiman et al., "Classification and Regression Trees", 1984, with the random choices of
/// Breiman, "Random Forests", 2001).
struct TreeGrower<Code: FixedWidthInteger & UnsignedInteger & BitwiseCopyable & Sendable, Count: Tally>: ~Copyable {
    private let table: BinnedTable<Code>
    private let options: ForestOptions
    private let weights: ClassWeights
    private let evidence: [Count.Evidence]
    private var stream: RandomStream
    /// The drawn rows; those of a node stand together, in ascending order so that memory is read forwards.
    private let draws: Buffer<Draw>
    private let scratch: Buffer<Draw>
    /// All features, in an order that changes as they are drawn.
    private let features: Buffer<Int32>
    private let tried: Int
    private var wide: SplitSearch<Count>
    private var narrow: SplitSearch<Count.Narrow>
    private var tree: GrownTree
    private var record: [Double] = []

    /// A node that was given its place, and what to do there.
    private struct Pending {
        var node: Int
        var range: Range<Int>
        var depth: Int
        var total: Count
    }

    /// Prepares to grow from a sample.
    ///
    /// - Parameters:
    ///   - table: The training rows.
    ///   - sample: How often each of them was drawn.
    ///   - labels: The class of each row; empty where there are none.
    ///   - evidence: What each row brings beyond that.
    ///   - options: How to grow.
    ///   - recordWidth: Numbers that a leaf stores.
    ///   - stream: Where the features and boundaries to try are drawn from.
    init(
        _ table: BinnedTable<Code>, sample: Sample, labels: [UInt8], evidence: [Count.Evidence],
        options: ForestOptions, recordWidth: Int, stream: RandomStream
    ) {
        self.table = table
        self.options = options
        self.evidence = evidence
        self.stream = stream
        weights = ClassWeights(options.classWeights)
        draws = Buffer(repeating: Draw(row: 0, label: 0, times: 0), count: sample.rows)
        scratch = Buffer(repeating: Draw(row: 0, label: 0, times: 0), count: sample.rows)
        var next = 0
        for row in sample.times.indices where sample.times[row] > 0 {
            draws[next] = Draw(row: row, label: labels.isEmpty ? 0 : labels[row], times: Int(sample.times[row]))
            next += 1
        }
        features = Buffer(repeating: 0, count: table.features)
        for feature in 0..<table.features { features[feature] = Int32(feature) }
        tried = options.featuresTried(of: table.features)
        let codes = Int(Code.max) + 1
        wide = SplitSearch(codes: codes, minimumLeaf: options.minimumLeaf, weights: weights)
        narrow = SplitSearch(codes: codes, minimumLeaf: options.minimumLeaf, weights: weights)
        tree = GrownTree(
            records: RecordTable(width: recordWidth), inBag: options.leavesRowsOut ? sample.bits : [],
            impurityDecrease: [Double](repeating: 0, count: table.features))
    }

    /// Grows the tree; what is returned after the task was cancelled is not to be used.
    consuming func grow() -> GrownTree {
        let total = total
        tree.nodes.append(.leaf(at: 0))
        tree.recordNumbers.append(0)
        var stack = [Pending(node: 0, range: 0..<draws.count, depth: 0, total: total)]
        while let pending = stack.popLast() {
            if pending.range.count > 10_000 && Task.isCancelled { break }
            tree.depth = max(tree.depth, pending.depth)
            if let split = bestSplit(of: pending) {
                divide(pending, by: split, onto: &stack)
            } else {
                finish(pending)
            }
        }
        return tree
    }

    /// The tally of the whole sample.
    private var total: Count {
        // Bootstrapping draws as many rows as there are, so that their number tells whether a small tally holds them.
        if table.rows < 65_536 && Count.zero.narrow != nil {
            var total = Count.Narrow.zero
            for index in 0..<draws.count { total += Count.Narrow(draws[index], evidence.span) }
            return Count(widening: total)
        }
        var total = Count.zero
        for index in 0..<draws.count { total += Count(draws[index], evidence.span) }
        return total
    }

    /// The best split over a random choice of features, nil if the node is to be a leaf.
    ///
    /// As in scikit-learn, features that are constant within the node count as tried, but the search goes on until it
    /// has met one that is not.
    private mutating func bestSplit(of pending: Pending) -> Split<Count>? {
        guard pending.depth < options.maximumDepth, pending.range.count >= 2 * options.minimumLeaf,
            pending.range.count > 1, !pending.total.isPure
        else { return nil }
        // A classification is divided even where no split is better than none, as the next one may be.
        let floor = Count.Evidence.self == UInt8.self ? -1 : pending.total.score(weights) * (1 + 1e-12) + 1e-300
        if let total = pending.total.narrow {
            let found = Self.best(
                in: &narrow, pending.range, total: total, toBeat: floor, draws: draws, features: features,
                tried: tried, stream: &stream, table: table, evidence: evidence, rule: options.splitRule)
            return found.map { split in
                Split(
                    feature: split.feature, bin: split.bin, missingGoesLeft: split.missingGoesLeft,
                    score: split.score, left: Count(widening: split.left))
            }
        }
        return Self.best(
            in: &wide, pending.range, total: pending.total, toBeat: floor, draws: draws, features: features,
            tried: tried, stream: &stream, table: table, evidence: evidence, rule: options.splitRule)
    }

    // Apart from the grower's own state, so that one function serves both kinds of tally.
    private static func best<Kind: Tally>(
        in search: inout SplitSearch<Kind>, _ range: Range<Int>, total: Kind, toBeat floor: Double,
        draws: borrowing Buffer<Draw>, features: borrowing Buffer<Int32>, tried: Int, stream: inout RandomStream,
        table: borrowing BinnedTable<Code>, evidence: borrowing [Kind.Evidence], rule: ForestOptions.SplitRule
    ) -> Split<Kind>? {
        var metVarying = false
        var best: Split<Kind>?
        for position in 0..<features.count where position < tried || !metVarying {
            let chosen = position + stream.next(below: features.count - position)
            let feature = features[chosen]
            features[chosen] = features[position]
            features[position] = feature
            let toBeat = best?.score ?? floor
            let column = table.columns[Int(feature)]
            let finding =
                switch rule {
                case .best:
                    search.best(
                        feature: Int(feature), draws: draws, range: range, column: column.span,
                        columnBins: table.edges[Int(feature)].bins, evidence: evidence.span, total: total,
                        toBeat: toBeat)
                case .random:
                    search.random(
                        feature: Int(feature), draws: draws, range: range, column: column.span,
                        floors: table.floors[Int(feature)], evidence: evidence.span, total: total, toBeat: toBeat,
                        stream: &stream)
                }
            switch finding {
            case .constant: continue
            case .nothing: metVarying = true
            case .split(let split):
                metVarying = true
                best = split
            }
        }
        return best
    }

    /// Turns a pending node into a question and leaves its two children to be done, the left one first.
    private mutating func divide(_ pending: Pending, by split: Split<Count>, onto stack: inout [Pending]) {
        let right = pending.total - split.left
        tree.impurityDecrease[split.feature] += max(0, split.score - pending.total.score(weights))
        // Where no row showed the way, a missing value goes where most rows go.
        let missingGoesLeft = split.missingGoesLeft ?? (split.left.rows > right.rows)
        let left = tree.nodes.count
        tree.nodes[pending.node] = Node(
            next: UInt32(left), place: UInt16(split.feature + (missingGoesLeft ? table.features : 0)), bin: split.bin)
        for index in left...left + 1 {
            tree.nodes.append(.leaf(at: index))
            tree.recordNumbers.append(0)
        }
        let middle = partition(pending.range, by: split)
        let depth = pending.depth + 1
        stack.append(
            Pending(node: left + 1, range: middle..<pending.range.upperBound, depth: depth, total: right))
        stack.append(
            Pending(node: left, range: pending.range.lowerBound..<middle, depth: depth, total: split.left))
    }

    /// Moves the rows that go left before the others, both in their order, and returns where the others begin.
    private func partition(_ range: Range<Int>, by split: Split<Count>) -> Int {
        let codes = table.columns[split.feature]
        let column = codes.span
        // Moved up by one, a missing value is the lowest code where it goes left, and the highest one otherwise.
        let shift: Code = split.missingGoesLeft == true ? 1 : 0
        let last = Int(split.bin) + Int(shift)
        var middle = range.lowerBound
        var moved = 0
        // Every row is written to both places and only one of them kept: no branch that nobody could predict.
        for index in range {
            let draw = draws[index]
            let code = Int(truncatingIfNeeded: column[unchecked: draw.row] &+ shift)
            draws[middle] = draw
            scratch[moved] = draw
            // -1 where the code is beyond the last one that goes left, else 0.
            let beyond = (last &- code) &>> 63
            middle &+= 1 &+ beyond
            moved &-= beyond
        }
        draws.copy(moved, from: scratch, to: middle)
        return middle
    }

    /// Turns a pending node into a leaf.
    private mutating func finish(_ pending: Pending) {
        record.removeAll(keepingCapacity: true)
        pending.total.appendRecord(to: &record, width: tree.records.width)
        tree.recordNumbers[pending.node] = tree.records.number(of: record)
    }
}
