/// A tree with what only its growing knows.
struct GrownTree: Sendable {
    var tree: Tree
    /// One bit for each training row: whether the tree saw it.
    var inBag: [UInt64]
    /// The decrease of Gini impurity by each feature, as a share of the sample's weight.
    var impurityDecrease: [Double]
}

/// Grows one classification tree, depth first (Breiman et al., "Classification and Regression Trees", 1984, with the
/// random choices of Breiman, "Random Forests", 2001).
struct TreeGrower {
    private let set: BinnedSet
    private let options: ForestOptions
    private var stream: RandomStream
    /// How often each row of the training set was drawn.
    private var weights: [UInt32]
    /// Distinct drawn rows; those of a node stand together, in ascending order so that memory is read forwards.
    private var members: [Int32]
    private var scratch: [Int32]
    private var features: [Int]
    private var histogram: Histogram
    private var search: SplitSearch
    private var tree = Tree(nodes: [], frequencies: [])
    private var impurityDecrease: [Double]

    /// A node that was given its place, and what to do there.
    private struct Pending {
        var node: Int
        var members: Range<Int>
        var depth: Int
        /// Class weights and, last, the number of distinct rows.
        var totals: [Int]
    }

    /// Draws the sample of tree number `index`.
    init(_ set: BinnedSet, options: ForestOptions, index: Int) {
        self.set = set
        self.options = options
        var stream = RandomStream(seed: options.seed, tree: index)
        var weights = [UInt32](repeating: options.bootstrap ? 0 : 1, count: set.rows)
        if options.bootstrap {
            for _ in 0..<set.rows { weights[stream.next(below: set.rows)] += 1 }
        }
        self.stream = stream
        members = weights.indices.lazy.filter { weights[$0] > 0 }.map { Int32($0) }
        scratch = Array(repeating: 0, count: members.count)
        self.weights = weights
        features = Array(0..<set.features)
        histogram = Histogram(classes: set.classes)
        search = SplitSearch(classes: set.classes, minimumLeaf: options.minimumLeaf)
        impurityDecrease = Array(repeating: 0, count: set.features)
    }

    /// Grows the tree.
    consuming func grow() -> GrownTree {
        var inBag = [UInt64](repeating: 0, count: (set.rows + 63) / 64)
        var totals = [Int](repeating: 0, count: set.classes + 1)
        for member in members {
            let row = Int(member)
            inBag[row >> 6] |= 1 << UInt64(row & 63)
            totals[Int(set.labels[row])] += Int(weights[row])
        }
        totals[set.classes] = members.count
        tree.nodes.append(TreeGrower.unfinished)
        var stack = [Pending(node: 0, members: members.indices, depth: 0, totals: totals)]
        while let pending = stack.popLast() {
            if let split = bestSplit(of: pending) {
                stack.append(contentsOf: divide(pending, by: split))
            } else {
                finish(pending)
            }
        }
        return GrownTree(tree: tree, inBag: inBag, impurityDecrease: impurityDecrease)
    }

    /// The best split over a random choice of features, nil if the node is to be a leaf.
    ///
    /// As in scikit-learn, features that are constant within the node count as tried, but the search goes on until it
    /// has met one that is not.
    private mutating func bestSplit(of pending: Pending) -> Split? {
        guard pending.depth < options.maximumDepth, pending.members.count >= 2 * options.minimumLeaf,
            pending.totals.dropLast().count(where: { $0 > 0 }) > 1
        else { return nil }
        let tried = options.featuresTried(of: features.count)
        var metVarying = false
        var best: Split?
        let (members, weights, labels) = (self.members, self.weights, set.labels)
        for position in features.indices where position < tried || !metVarying {
            features.swapAt(position, position + stream.next(below: features.count - position))
            let feature = features[position]
            let column = set.columns[feature]
            histogram.count(
                members.span.extracting(pending.members), column: column.span, labels: labels.span,
                weights: weights.span)
            guard !histogram.occupied.isSingle else { continue }
            metVarying = true
            if let split = search.best(feature: feature, histogram: histogram, totals: pending.totals),
                split.score > best?.score ?? -1
            {
                best = split
            }
        }
        return best
    }

    /// Turns a pending node into a question and returns its two children.
    private mutating func divide(_ pending: Pending, by split: Split) -> [Pending] {
        let (middle, leftTotals) = partition(pending, by: split)
        let rightTotals = zip(pending.totals, leftTotals).map(-)
        let leftWeight = leftTotals.dropLast().reduce(0, +)
        let rightWeight = rightTotals.dropLast().reduce(0, +)
        let squares = pending.totals.dropLast().reduce(0.0) { $0 + Double($1) * Double($1) }
        let before = squares / Double(leftWeight + rightWeight)
        impurityDecrease[split.feature] += max(0, split.score - before) / Double(set.rows)
        // Where no row showed the way, a missing value goes where most rows go.
        let missingGoesLeft = split.missingGoesLeft ?? (leftWeight > rightWeight)
        let left = tree.nodes.count
        tree.nodes[pending.node] = Tree.Node(
            next: UInt32(left), feature: UInt16(split.feature), bin: split.bin,
            kind: missingGoesLeft ? .missingLeft : .missingRight)
        tree.nodes.append(TreeGrower.unfinished)
        tree.nodes.append(TreeGrower.unfinished)
        let depth = pending.depth + 1
        return [
            Pending(node: left + 1, members: middle..<pending.members.upperBound, depth: depth, totals: rightTotals),
            Pending(node: left, members: pending.members.lowerBound..<middle, depth: depth, totals: leftTotals),
        ]
    }

    /// Moves the rows that go left before the others, both in their order, and returns where the others begin.
    private mutating func partition(_ pending: Pending, by split: Split) -> (middle: Int, leftTotals: [Int]) {
        var leftTotals = [Int](repeating: 0, count: set.classes + 1)
        let (column, labels) = (set.columns[split.feature], set.labels)
        var middle = pending.members.lowerBound
        var moved = 0
        for index in pending.members {
            let member = members[index]
            let row = Int(member)
            let bin = column[row]
            if bin <= split.bin || (bin == BinEdges.missing && split.missingGoesLeft == true) {
                members[middle] = member
                middle += 1
                leftTotals[Int(labels[row])] += Int(weights[row])
            } else {
                scratch[moved] = member
                moved += 1
            }
        }
        for index in 0..<moved { members[middle + index] = scratch[index] }
        leftTotals[set.classes] = middle - pending.members.lowerBound
        return (middle, leftTotals)
    }

    /// Turns a pending node into a leaf.
    private mutating func finish(_ pending: Pending) {
        let totals = pending.totals.dropLast()
        let weight = Double(totals.reduce(0, +))
        tree.nodes[pending.node] = Tree.Node(
            next: UInt32(tree.frequencies.count / set.classes), feature: 0, bin: 0, kind: .leaf)
        tree.frequencies.append(contentsOf: totals.map { Double($0) / weight })
    }

    private static let unfinished = Tree.Node(next: 0, feature: 0, bin: 0, kind: .leaf)
}
