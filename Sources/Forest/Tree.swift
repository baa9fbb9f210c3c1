/// One grown tree: a flat list of nodes with the root first and every child after its parent.
struct Tree: Sendable, Hashable {
    /// The nodes; the two children of a split stand side by side.
    var nodes: [Node]
    /// The class frequencies of each leaf, one leaf after another, each summing to 1.
    var frequencies: [Double]

    /// Eight bytes: a question with the place of its left child, or a leaf with the place of its frequencies.
    struct Node: Sendable, Hashable {
        enum Kind: UInt8 {
            case leaf
            /// Sends a missing value to the right child.
            case missingRight
            /// Sends a missing value to the left child.
            case missingLeft
        }

        /// The left child (the right one follows it), or the number of the leaf.
        var next: UInt32
        /// The feature that is asked for; 0 in a leaf.
        var feature: UInt16
        /// The last bin that goes left; 0 in a leaf.
        var bin: UInt8
        var kind: Kind
    }

    /// The leaf that a row belongs to, given the bin of each of its features.
    func leaf(of bins: Span<UInt8>) -> Int {
        var node = nodes[0]
        while node.kind != .leaf {
            let bin = bins[Int(node.feature)]
            let goesLeft = bin <= node.bin || (bin == BinEdges.missing && node.kind == .missingLeft)
            node = nodes[Int(node.next) + (goesLeft ? 0 : 1)]
        }
        return Int(node.next)
    }
}
