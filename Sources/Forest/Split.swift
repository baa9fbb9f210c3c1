/// A question that divides a node's rows in two.
struct Split<Count: Tally>: Sendable {
    var feature: Int
    /// The last bin that goes left.
    var bin: UInt16
    /// Where the rows without a value go; nil if the node has none of them.
    var missingGoesLeft: Bool?
    /// The score of both children together: the larger, the lower is the impurity that remains.
    var score: Double
    /// The tally of the rows that go left.
    var left: Count
}
