/// A training set whose values are replaced by the numbers of their bins: what trees are grown from.
struct BinnedSet: Sendable {
    let rows: Int
    let classes: Int
    /// The boundaries of each feature.
    let edges: [BinEdges]
    /// The class of each row.
    let labels: [UInt8]
    /// The bins of each feature, in the order of the rows.
    let columns: [[UInt8]]

    /// Bins every column, several at a time.
    init(_ set: TrainingSet, threads: Int) async throws(ForestError) {
        let binned = try await boundedMap(set.features, limit: threads) { feature in
            let edges = BinEdges(values: set.column(feature))
            return (edges, set.column(feature).map(edges.bin(of:)))
        }
        rows = set.rows
        classes = set.classes
        edges = binned.map(\.0)
        labels = set.labels.map(UInt8.init)
        columns = binned.map(\.1)
    }

    var features: Int { edges.count }
}
