extension RegressionForest {
    /// The version of the byte format that this build writes and reads.
    public static let formatVersion = StoredForest.version

    /// The forest in little-endian bytes, with a version and a checksum.
    ///
    /// Equal forests have equal bytes; ``ForestOptions/threads`` is not among them.
    public var bytes: [UInt8] {
        var body = ByteWriter()
        body.append(options)
        body.append(UInt32(targets))
        body.appendFeatures(featureNames, featureImportance, edges)
        body.append(trees) { body, records in
            for value in records.values { body.append(value) }
        }
        return StoredForest.seal(body.bytes, .regression)
    }

    /// Reads a forest that ``bytes`` wrote.
    ///
    /// - Parameter bytes: All of the stored bytes, and no more.
    /// - Throws: ``ForestError/foreignBytes``, ``ForestError/newerVersion(found:supported:)``,
    ///   ``ForestError/olderVersion(found:supported:)``, ``ForestError/wrongLength(expected:found:)`` or
    ///   ``ForestError/damagedBytes(_:)``. A forest that is read can be used: every reference inside of it was checked.
    public init(bytes: [UInt8]) throws(ForestError) {
        var body = try StoredForest.unseal(bytes, .regression)
        let options = try body.options()
        let targets = Int(try body.integer(UInt32.self))
        guard (1...RegressionSet.targetLimit).contains(targets) else { throw .damagedBytes("\(targets) targets") }
        let (names, importance, edges) = try body.features()
        try body.check(options, features: names.count, classes: nil)
        let trees = try body.trees(
            options.trees, edges: edges, recordWidth: targets + 1, bytesPerRecord: 8 * (targets + 1)
        ) { body throws(ForestError) in
            var record: [Double] = []
            for _ in 0...targets { record.append(try body.double()) }
            guard record.allSatisfy(\.isFinite), record[targets] >= 1 else {
                throw .damagedBytes("a leaf is not finite or has no rows")
            }
            return record
        }
        guard body.remaining == 0 else { throw .damagedBytes("\(body.remaining) bytes too many") }
        self.init(
            featureNames: names, targets: targets, options: options, featureImportance: importance, edges: edges,
            trees: trees)
    }
}
