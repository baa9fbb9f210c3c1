/// The boundaries that turn one feature's values into at most 254 bins.
///
/// A value belongs to the first bin whose edge is not below it. With up to 254 distinct values every value has a bin of
/// its own, so that a binned split is an exact one; with more, the bins hold about equally many rows.
struct BinEdges: Sendable, Hashable {
    /// The bin of a missing value.
    static let missing = UInt8.max
    /// Most bins that hold values; the number of the split that sends every value left is one less than ``missing``.
    static let limit = 254

    /// Ascending, finite; one less than there are bins.
    let edges: [Double]

    /// Number of bins that hold values, at least 1.
    var bins: Int { edges.count + 1 }

    init(edges: [Double]) {
        self.edges = edges
    }

    /// Chooses the edges for the values of a training set.
    init(values: some Sequence<Double>) {
        let sorted = values.filter { !$0.isNaN }.sorted()
        var runs: [(value: Double, rows: Int)] = []
        for value in sorted {
            if let last = runs.last, last.value == value {
                runs[runs.count - 1].rows += 1
            } else {
                runs.append((value, 1))
            }
        }
        let exact = runs.count <= BinEdges.limit
        var edges: [Double] = []
        var inBin = 0
        var rowsLeft = sorted.count
        var binsLeft = BinEdges.limit
        for (index, run) in runs.enumerated().dropLast() {
            inBin += run.rows
            // A full bin is one that has its share of the rows not yet placed, so heavy ties do not starve the rest.
            guard exact || (binsLeft > 1 && inBin * binsLeft >= rowsLeft) else { continue }
            edges.append(BinEdges.between(run.value, runs[index + 1].value))
            rowsLeft -= inBin
            inBin = 0
            binsLeft -= 1
        }
        self.edges = edges
    }

    /// The bin of a value: 0 to ``bins`` - 1, or ``missing`` for NaN.
    func bin(of value: Double) -> UInt8 {
        if value.isNaN { return BinEdges.missing }
        var low = 0
        var high = edges.count
        while low < high {
            let middle = (low + high) / 2
            if edges[middle] < value { low = middle + 1 } else { high = middle }
        }
        return UInt8(low)
    }

    /// The midpoint of two neighbours, or the lower one where rounding would reach the upper one.
    private static func between(_ lower: Double, _ upper: Double) -> Double {
        let middle = lower / 2 + upper / 2
        return middle >= lower && middle < upper ? middle : lower
    }
}
