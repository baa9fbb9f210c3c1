extension ByteWriter {
    mutating func append(_ options: ForestOptions) {
        append(UInt32(options.trees))
        append(UInt32(options.maximumDepth))
        append(UInt32(options.minimumLeaf))
        append(UInt32(options.featuresPerSplit ?? 0))
        append(UInt8(options.bootstrap ? 1 : 0))
        append(options.splitRule.rawValue)
        append(UInt8(options.exactSplits ? 1 : 0))
        append(UInt8(options.outOfBag ? 1 : 0))
        append(options.seed)
        append(options.featureShare ?? 0)
        append(options.sampleShare)
        append(UInt32(options.classWeights?.count ?? 0))
        for weight in options.classWeights ?? [] { append(weight) }
    }

    mutating func appendFeatures(_ names: [String], _ importance: [Double], _ edges: [BinEdges]) {
        append(UInt32(names.count))
        for (feature, name) in names.enumerated() {
            append(name)
            append(importance[feature])
            append(UInt32(edges[feature].edges.count))
            for edge in edges[feature].edges { append(edge) }
        }
    }

    /// No rows stand for no estimate.
    mutating func append(_ estimate: OutOfBagEstimate?) {
        append(UInt64(estimate?.rows ?? 0))
        append(estimate?.accuracy ?? 0)
        append(estimate?.logLoss ?? 0)
    }

    /// Appends trees: the records of their leaves, and for each tree its nodes, a leaf with the number of its record.
    mutating func append(_ trees: FlatTrees, records write: (inout ByteWriter, RecordTable) -> Void) {
        append(UInt32(trees.records.count))
        write(&self, trees.records)
        append(UInt32(trees.count))
        for tree in 0..<trees.count {
            let range = trees.range(of: tree)
            append(UInt32(range.count))
            for index in range {
                let node = trees.nodes[index]
                let isLeaf = node.isLeaf(at: index)
                append(isLeaf ? trees.recordNumbers[index] : node.next - UInt32(range.lowerBound))
                append(isLeaf ? UInt16.max : node.place)
                append(node.bin)
            }
        }
    }
}
