extension Forest {
    /// The version of the byte format that this build writes and reads.
    public static let formatVersion = StoredForest.version

    /// The forest in little-endian bytes, with a version and a checksum.
    ///
    /// Equal forests have equal bytes; ``ForestOptions/threads`` is not among them.
    public var bytes: [UInt8] {
        var body = ByteWriter()
        body.append(options)
        body.append(UInt32(classes))
        body.appendFeatures(featureNames, featureImportance, edges)
        body.append(outOfBag)
        body.append(trees) { body, records in
            for count in records.values { body.append(UInt32(count)) }
        }
        return StoredForest.seal(body.bytes, .classification)
    }

    /// Reads a forest that ``bytes`` wrote.
    ///
    /// - Parameter bytes: All of the stored bytes, and no more.
    /// - Throws: ``ForestError/foreignBytes``, ``ForestError/newerVersion(found:supported:)``,
    ///   ``ForestError/olderVersion(found:supported:)``, ``ForestError/wrongLength(expected:found:)`` or
    ///   ``ForestError/damagedBytes(_:)``. A forest that is read can be used: every reference inside of it was checked.
    public init(bytes: [UInt8]) throws(ForestError) {
        var body = try StoredForest.unseal(bytes, .classification)
        let options = try body.options()
        let classes = Int(try body.integer(UInt32.self))
        guard (1...TrainingSet.classLimit).contains(classes) else { throw .damagedBytes("\(classes) classes") }
        let (names, importance, edges) = try body.features()
        try body.check(options, features: names.count, classes: classes)
        let outOfBag = try body.outOfBag()
        let trees = try body.trees(
            options.trees, edges: edges, recordWidth: classes, bytesPerRecord: 4 * classes
        ) { body throws(ForestError) in
            var record: [Double] = []
            for _ in 0..<classes { record.append(Double(try body.integer(UInt32.self))) }
            guard record.contains(where: { $0 > 0 }) else { throw .damagedBytes("a leaf has no rows") }
            return record
        }
        guard body.remaining == 0 else { throw .damagedBytes("\(body.remaining) bytes too many") }
        self.init(
            featureNames: names, classes: classes, options: options, outOfBag: outOfBag, featureImportance: importance,
            edges: edges, trees: trees,
            frequencies: Forest.frequencies(trees.records, weights: options.classWeights))
    }
}
