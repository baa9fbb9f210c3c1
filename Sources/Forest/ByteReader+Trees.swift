extension ByteReader {
    /// Reads trees in which every path ends in a leaf: children stand after their parents, and all that a node refers to
    /// is there.
    ///
    /// - Parameters:
    ///   - expected: How many trees there must be.
    ///   - edges: The features' boundaries.
    ///   - recordWidth: Numbers in a leaf's record.
    ///   - bytesPerRecord: Bytes of a record.
    ///   - record: Reads one record.
    /// - Returns: The trees.
    /// - Throws: ``ForestError/damagedBytes(_:)``.
    mutating func trees(
        _ expected: Int, edges: [BinEdges], recordWidth: Int, bytesPerRecord: Int,
        record: (inout ByteReader) throws(ForestError) -> [Double]
    ) throws(ForestError) -> FlatTrees {
        var records = RecordTable(width: recordWidth)
        let recordCount = try count(ofSize: bytesPerRecord)
        for number in 0..<recordCount {
            guard Int(records.number(of: try record(&self))) == number else {
                throw .damagedBytes("a leaf's record stands there twice")
            }
        }
        let count = try count(ofSize: 4)
        guard count == expected else { throw .damagedBytes("\(count) trees of \(expected)") }
        var trees = FlatTrees(records: records)
        for _ in 0..<count { try tree(into: &trees, features: edges.count) }
        return trees
    }

    private mutating func tree(into trees: inout FlatTrees, features: Int) throws(ForestError) {
        let count = try count(ofSize: 8)
        guard count > 0 else { throw .damagedBytes("a tree has no node") }
        guard trees.nodes.count + count <= Int(UInt32.max) else { throw .damagedBytes("too many nodes") }
        var nodes: [Node] = []
        var numbers: [UInt32] = []
        nodes.reserveCapacity(count)
        numbers.reserveCapacity(count)
        var depths = [UInt8](repeating: 0, count: count)
        for index in 0..<count {
            let next: UInt32 = try integer()
            let place: UInt16 = try integer()
            let bin: UInt16 = try integer()
            if place == .max {
                guard Int(next) < trees.records.count, bin == .max else {
                    throw .damagedBytes("a leaf refers to what is not there")
                }
                nodes.append(.leaf(at: index))
                numbers.append(next)
            } else {
                guard Int(place) < 2 * features, Int(next) > index, Int(next) < count - 1, bin < .max,
                    depths[index] < 64
                else { throw .damagedBytes("node \(index) refers to what is not there") }
                depths[Int(next)] = max(depths[Int(next)], depths[index] + 1)
                depths[Int(next) + 1] = max(depths[Int(next) + 1], depths[index] + 1)
                nodes.append(Node(next: next, place: place, bin: bin))
                numbers.append(0)
            }
        }
        trees.append(nodes: nodes, numbers: numbers, depth: Int(depths.max() ?? 0))
    }
}
