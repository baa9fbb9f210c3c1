/// Turns rows into what trees ask for: the bin of every feature, twice.
///
/// The first half of a row's codes has the missing values as the highest code, which goes right at every question; the
/// second half has them as the lowest one, which goes left.
struct RowCodes: Sendable {
    /// The boundaries of all features, one feature after another.
    private let edges: [Double]
    /// Where each feature's boundaries begin, and the end.
    private let starts: [Int]

    init(_ edges: [BinEdges]) {
        self.edges = edges.flatMap(\.edges)
        var starts = [0]
        for edge in edges { starts.append(starts[starts.count - 1] + edge.edges.count) }
        self.starts = starts
    }

    /// Number of features.
    var features: Int { starts.count - 1 }
    /// Number of codes that a row has.
    var width: Int { 2 * features }

    /// Writes the codes of one row.
    ///
    /// - Parameters:
    ///   - row: One value for each feature.
    ///   - codes: Where to write ``width`` codes.
    ///   - start: Where among them.
    /// - Returns: The first feature that is infinite, nil if there is none.
    @inline(__always)
    func write(_ row: Span<Double>, to codes: inout MutableSpan<UInt16>, at start: Int) -> Int? {
        let edges = self.edges.span
        var infinite: Int?
        for feature in 0..<features {
            let value = row[feature]
            let own = edges.extracting(starts[feature]..<starts[feature + 1])
            let code = UInt16(truncatingIfNeeded: BinEdges.edgesBelow(value, own))
            let isMissing = value.isNaN
            if value.isInfinite && infinite == nil { infinite = feature }
            codes[start + feature] = isMissing ? BinEdges.missing : code
            codes[start + features + feature] = isMissing ? 0 : code
        }
        return infinite
    }

    /// Writes the codes of one training row.
    func write<Code: FixedWidthInteger & UnsignedInteger & BitwiseCopyable & Sendable>(
        _ row: Int, of table: BinnedTable<Code>, to codes: inout [UInt16], at start: Int
    ) {
        for feature in 0..<features {
            let code = table.columns[feature][row]
            let isMissing = code == .max
            codes[start + feature] = isMissing ? BinEdges.missing : UInt16(truncatingIfNeeded: code)
            codes[start + features + feature] = isMissing ? 0 : UInt16(truncatingIfNeeded: code)
        }
    }
}
