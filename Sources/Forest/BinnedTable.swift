/// A table whose values are replaced by the numbers of their bins: what trees are grown from.
struct BinnedTable<Code: FixedWidthInteger & UnsignedInteger & BitwiseCopyable & Sendable>: Sendable {
    let rows: Int
    /// The boundaries of each feature.
    let edges: [BinEdges]
    /// The lowest value of each feature's bins.
    let floors: [[Double]]
    /// The bins of each feature, in the order of the rows; the largest code stands for a missing value.
    let columns: [[Code]]

    /// Bins every column, several at a time.
    init(_ table: FeatureTable, threads: Int) async throws(ForestError) {
        let limit = Code.bitWidth == 8 ? BinEdges.histogramLimit : BinEdges.exactLimit
        let binned = try await boundedMap(table.names.count, limit: threads) { feature in
            let (edges, floors) = BinEdges.fitted(to: table.columns[feature], limit: limit)
            return (edges, floors, table.columns[feature].map { Code(truncatingIfNeeded: edges.bin(of: $0)) })
        }
        rows = table.rows
        edges = binned.map(\.0)
        floors = binned.map(\.1)
        columns = binned.map(\.2)
    }

    var features: Int { edges.count }
}
