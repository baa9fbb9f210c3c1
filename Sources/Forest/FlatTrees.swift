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

    /// Makes room for trees about as large as one of them.
    mutating func reserve(trees: Int, like tree: GrownTree) {
        // Room that is not used costs addresses, not memory.
        let total = trees * (tree.nodes.count + tree.nodes.count / 8)
        nodes.reserveCapacity(total)
        recordNumbers.reserveCapacity(total)
    }

    /// Adds one tree as it was grown.
    mutating func append(_ tree: GrownTree) {
        let source = tree.records
        let renumbered = (0..<source.count).map { records.number(of: source.values, at: $0 * source.width) }
        var numbers = tree.recordNumbers
        for (node, number) in numbers.enumerated() where tree.nodes[node].isLeaf(at: node) {
            numbers[node] = renumbered[Int(number)]
        }
        append(nodes: tree.nodes, numbers: numbers, depth: tree.depth)
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
