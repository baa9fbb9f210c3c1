/// Eight bytes of a tree: a question with the place of its left child, which the right one follows, or a leaf.
///
/// To walk a tree takes no decision: every question is "is the code beyond the bin?", and its answer, 0 or 1, is added to
/// ``next``. A row shows each feature twice (``RowCodes``), so that a missing value goes either way by the place that is
/// read; and a leaf asks what every code answers with 0, and points to itself.
struct Node: Sendable, Hashable, BitwiseCopyable {
    /// The left child, or the leaf itself.
    var next: UInt32
    /// The place among a row's codes.
    var place: UInt16
    /// The last code that goes left.
    var bin: UInt16

    /// A leaf at a place of its own.
    static func leaf(at index: Int) -> Node { Node(next: UInt32(index), place: 0, bin: .max) }

    /// Whether this node, which stands at `index`, is a leaf.
    func isLeaf(at index: Int) -> Bool { Int(next) == index }
}

/// A tree with what only its growing knows.
struct GrownTree: Sendable {
    /// The nodes, the root first and every child after its parent.
    var nodes: [Node] = []
    /// For each node the number of its record; 0 in a question.
    var recordNumbers: [UInt32] = []
    var records: RecordTable
    /// Longest path from the root to a leaf.
    var depth = 0
    /// One bit for each training row: whether the tree saw it.
    var inBag: [UInt64]
    /// How much impurity each feature took away, in units of the score.
    var impurityDecrease: [Double]
}
