/// The boundaries that turn one feature's values into bins.
///
/// A value belongs to the first bin whose edge is not below it. With no more distinct values than there may be bins,
/// every value has a bin of its own, so that a binned split is an exact one; with more, the bins hold about equally many
/// rows.
struct BinEdges: Sendable, Hashable {
    /// The bin of a missing value.
    static let missing = UInt16.max
    /// Most bins where splits are found by histogram: with the bin of missing values and the question that sends every
    /// value left, a byte can number them.
    static let histogramLimit = 254
    /// Most bins where splits are exact.
    static let exactLimit = 65_534

    /// Ascending, finite; one less than there are bins.
    let edges: [Double]

    /// Number of bins that hold values, at least 1.
    var bins: Int { edges.count + 1 }

    init(edges: [Double]) {
        self.edges = edges
    }

    /// Chooses the edges for the values of a training set, and finds the lowest value of each bin.
    static func fitted(to values: [Double], limit: Int) -> (edges: BinEdges, floors: [Double]) {
        let sorted = AscendingValues(values)
        guard sorted.count > 0 else { return (BinEdges(edges: []), [0]) }
        var distinct = 1
        for index in 1..<sorted.count where sorted[index] != sorted[index - 1] { distinct += 1 }
        let exact = distinct <= limit
        var edges: [Double] = []
        var floors = [sorted[0]]
        var start = 0
        var binsLeft = limit
        for index in 1..<sorted.count where sorted[index] != sorted[index - 1] {
            // A full bin is one that has its share of the rows not yet placed, so heavy ties do not starve the rest.
            guard exact || (binsLeft > 1 && (index - start) * binsLeft >= sorted.count - start) else { continue }
            edges.append(BinEdges.between(sorted[index - 1], sorted[index]))
            floors.append(sorted[index])
            start = index
            binsLeft -= 1
        }
        return (BinEdges(edges: edges), floors)
    }

    /// The bin of a value: 0 to ``bins`` - 1, or ``missing`` for NaN.
    func bin(of value: Double) -> UInt16 {
        if value.isNaN { return BinEdges.missing }
        let edges = self.edges.span
        return UInt16(BinEdges.edgesBelow(value, edges))
    }

    /// How many of some ascending edges are below a value.
    ///
    /// Sixteen are compared at a time and their answers added up, because nobody could predict the branches of a search
    /// by halves, which compilers make of whatever is written.
    @inline(__always)
    static func edgesBelow(_ value: Double, _ edges: Span<Double>) -> Int {
        var base = 0
        var left = edges.count
        while left > 16 {
            let step = (left &+ 15) / 16
            var below = 0
            var pivot = base &+ step &- 1
            while pivot < base &+ left {
                below &+= edges[unchecked: pivot] < value ? 1 : 0
                pivot &+= step
            }
            base &+= below &* step
            left = min(step, edges.count &- base)
        }
        var below = 0
        for index in base..<base &+ left { below &+= edges[unchecked: index] < value ? 1 : 0 }
        return base &+ below
    }

    /// The midpoint of two neighbours, or the lower one where rounding would reach the upper one.
    private static func between(_ lower: Double, _ upper: Double) -> Double {
        let middle = lower / 2 + upper / 2
        return middle >= lower && middle < upper ? middle : lower
    }
}
