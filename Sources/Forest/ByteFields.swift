extension ByteWriter {
    mutating func append(_ options: ForestOptions) {
        append(UInt32(options.trees))
        append(UInt32(options.maximumDepth))
        append(UInt32(options.minimumLeaf))
        append(UInt32(options.featuresPerSplit ?? 0))
        append(UInt8(options.bootstrap ? 1 : 0))
        append(options.seed)
    }

    /// No rows stand for no estimate.
    mutating func append(_ estimate: OutOfBagEstimate?) {
        append(UInt64(estimate?.rows ?? 0))
        append(estimate?.accuracy ?? 0)
        append(estimate?.logLoss ?? 0)
    }

    mutating func append(_ tree: Tree) {
        append(UInt32(tree.nodes.count))
        for node in tree.nodes {
            append(node.next)
            append(node.feature)
            append(node.bin)
            append(node.kind.rawValue)
        }
        append(UInt32(tree.frequencies.count))
        for frequency in tree.frequencies { append(frequency) }
    }
}

extension ByteReader {
    mutating func options() throws(ForestError) -> ForestOptions {
        var options = ForestOptions()
        options.trees = Int(try integer(UInt32.self))
        options.maximumDepth = Int(try integer(UInt32.self))
        options.minimumLeaf = Int(try integer(UInt32.self))
        let featuresPerSplit = Int(try integer(UInt32.self))
        options.featuresPerSplit = featuresPerSplit == 0 ? nil : featuresPerSplit
        options.bootstrap = try integer(UInt8.self) != 0
        options.seed = try integer()
        do { try options.validate() } catch { throw .damagedBytes(error.description) }
        return options
    }

    /// Reads a number from 0 to 1.
    mutating func share() throws(ForestError) -> Double {
        let value = try double()
        guard (0...1).contains(value) else { throw .damagedBytes("\(value) is no share of 1") }
        return value
    }

    mutating func edges() throws(ForestError) -> BinEdges {
        let count = try count(ofSize: 8)
        guard count < BinEdges.limit else { throw .damagedBytes("\(count) bin edges") }
        var edges: [Double] = []
        for _ in 0..<count {
            let edge = try double()
            guard edge.isFinite, edges.last.map({ $0 < edge }) ?? true else {
                throw .damagedBytes("bin edges do not ascend")
            }
            edges.append(edge)
        }
        return BinEdges(edges: edges)
    }

    mutating func outOfBag() throws(ForestError) -> OutOfBagEstimate? {
        guard let rows = Int(exactly: try integer(UInt64.self)) else { throw .damagedBytes("too many rows") }
        let accuracy = try share()
        let logLoss = try double()
        guard logLoss.isFinite, logLoss >= 0 else { throw .damagedBytes("log loss is \(logLoss)") }
        return rows == 0 ? nil : OutOfBagEstimate(rows: rows, accuracy: accuracy, logLoss: logLoss)
    }

    /// Reads a tree in which every path ends in a leaf: children stand after their parents, and all that a node refers
    /// to is there.
    mutating func tree(features: Int, classes: Int) throws(ForestError) -> Tree {
        let nodeCount = try count(ofSize: 8)
        guard nodeCount > 0 else { throw .damagedBytes("a tree has no node") }
        var nodes: [Tree.Node] = []
        nodes.reserveCapacity(nodeCount)
        for _ in 0..<nodeCount {
            let next: UInt32 = try integer()
            let feature: UInt16 = try integer()
            let bin: UInt8 = try integer()
            guard let kind = Tree.Node.Kind(rawValue: try integer()) else {
                throw .damagedBytes("unknown kind of node")
            }
            nodes.append(Tree.Node(next: next, feature: feature, bin: bin, kind: kind))
        }
        let frequencyCount = try count(ofSize: 8)
        var frequencies: [Double] = []
        frequencies.reserveCapacity(frequencyCount)
        for _ in 0..<frequencyCount { frequencies.append(try share()) }
        for (index, node) in nodes.enumerated() {
            let isSound =
                if node.kind == .leaf {
                    Int(node.next) < frequencyCount / classes
                } else {
                    Int(node.feature) < features && Int(node.next) > index && Int(node.next) < nodeCount - 1
                }
            guard isSound else { throw .damagedBytes("node \(index) refers to what is not there") }
        }
        for first in stride(from: 0, to: frequencyCount, by: classes) {
            let sum = frequencies[first..<min(first + classes, frequencyCount)].reduce(0, +)
            guard abs(sum - 1) < 1e-9 else { throw .damagedBytes("the frequencies of a leaf sum to \(sum)") }
        }
        return Tree(nodes: nodes, frequencies: frequencies)
    }
}
