/// The trees of a forest in one piece: all nodes in one array, and their leaves' distinct records in one table.
struct FlatTrees: Sendable {
    /// The nodes of all trees, one tree after another.
    private(set) var nodes: [Node] = []
    /// For each node the number of its record; 0 in a question.
    private(set) var recordNumbers: [UInt32] = []
    /// The root of each tree.
    private(set) var roots: [UInt32] = []
    /// The longest path of each tree.
    private(set) var depths: [UInt8] = []
    /// What the leaves store.
    private(set) var records: RecordTable

    /// Starts without trees.
    init(records: RecordTable) {
        self.records = records
    }

    /// Joins trees, whose own nodes are let go one tree after another so that no forest is held twice.
    init(_ trees: inout [GrownTree], recordWidth: Int) {
        records = RecordTable(width: recordWidth)
        let total = trees.reduce(0) { $0 + $1.nodes.count }
        nodes.reserveCapacity(total)
        recordNumbers.reserveCapacity(total)
        for index in trees.indices {
            let source = trees[index].records
            let renumbered = (0..<source.count).map { records.number(of: source.values, at: $0 * recordWidth) }
            var numbers = trees[index].recordNumbers
            for (node, number) in numbers.enumerated() where trees[index].nodes[node].isLeaf(at: node) {
                numbers[node] = renumbered[Int(number)]
            }
            append(nodes: trees[index].nodes, numbers: numbers, depth: trees[index].depth)
            trees[index].nodes = []
            trees[index].recordNumbers = []
            trees[index].records = RecordTable(width: recordWidth)
        }
    }

    /// Number of trees.
    var count: Int { roots.count }

    /// Where the nodes of a tree stand.
    func range(of tree: Int) -> Range<Int> {
        Int(roots[tree])..<(tree + 1 < count ? Int(roots[tree + 1]) : nodes.count)
    }

    /// Adds one tree, whose nodes count from 0 and whose leaves number the forest's own records.
    mutating func append(nodes added: [Node], numbers: [UInt32], depth: Int) {
        let base = UInt32(nodes.count)
        roots.append(base)
        depths.append(UInt8(depth))
        for node in added { nodes.append(Node(next: node.next + base, place: node.place, bin: node.bin)) }
        recordNumbers.append(contentsOf: numbers)
    }
}
