extension Forest {
    /// The version of the byte format that this build writes, and the latest that it reads.
    public static let formatVersion: UInt32 = 1

    // A byte above 127 and both line ends, as in PNG, show a text-mode transfer at once.
    private static let signature: [UInt8] = [0x89, 0x46, 0x52, 0x53, 0x54, 0x0D, 0x0A, 0x1A]
    /// Signature, version and length of the body.
    private static let headerLength = 20

    /// The forest in little-endian bytes: signature, version, length of the body, body, CRC-32 of all before it.
    ///
    /// Equal forests have equal bytes; ``ForestOptions/threads`` is not among them.
    public var bytes: [UInt8] {
        var body = ByteWriter()
        body.append(options)
        body.append(UInt32(classes))
        body.append(UInt32(featureNames.count))
        for (feature, name) in featureNames.enumerated() {
            body.append(name)
            body.append(featureImportance[feature])
            body.append(UInt32(edges[feature].edges.count))
            for edge in edges[feature].edges { body.append(edge) }
        }
        body.append(outOfBag)
        body.append(UInt32(trees.count))
        for tree in trees { body.append(tree) }

        var whole = ByteWriter()
        whole.append(contentsOf: Forest.signature)
        whole.append(Forest.formatVersion)
        whole.append(UInt64(body.bytes.count))
        whole.append(contentsOf: body.bytes)
        whole.append(crc32(whole.bytes))
        return whole.bytes
    }

    /// Reads a forest that ``bytes`` wrote.
    ///
    /// - Parameter bytes: All of the stored bytes, and no more.
    /// - Throws: ``ForestError/foreignBytes``, ``ForestError/newerVersion(found:supported:)``,
    ///   ``ForestError/wrongLength(expected:found:)`` or ``ForestError/damagedBytes(_:)``. A forest that is read can be
    ///   used: every reference inside of it was checked.
    public init(bytes: [UInt8]) throws(ForestError) {
        guard bytes.starts(with: Forest.signature) else { throw .foreignBytes }
        guard bytes.count >= Forest.headerLength + 4 else {
            throw .wrongLength(expected: Forest.headerLength + 4, found: bytes.count)
        }
        var header = ByteReader(bytes[Forest.signature.count..<Forest.headerLength])
        let version: UInt32 = try header.integer()
        guard version <= Forest.formatVersion else {
            throw .newerVersion(found: version, supported: Forest.formatVersion)
        }
        let expected = Int(clamping: UInt64(Forest.headerLength + 4).addingSaturated(try header.integer()))
        guard bytes.count == expected else { throw .wrongLength(expected: expected, found: bytes.count) }
        let end = bytes.count - 4
        var trailer = ByteReader(bytes[end...])
        guard version > 0, try trailer.integer() == crc32(bytes[..<end]) else {
            throw .damagedBytes("the checksum does not match")
        }
        var body = ByteReader(bytes[Forest.headerLength..<end])
        try self.init(body: &body)
        guard body.remaining == 0 else { throw .damagedBytes("\(body.remaining) bytes too many") }
    }

    private init(body: inout ByteReader) throws(ForestError) {
        options = try body.options()
        classes = Int(try body.integer(UInt32.self))
        guard (1...TrainingSet.classLimit).contains(classes) else { throw .damagedBytes("\(classes) classes") }
        let features = try body.count(ofSize: 16)
        guard (1...TrainingSet.featureLimit).contains(features) else { throw .damagedBytes("\(features) features") }
        var featureNames: [String] = []
        var featureImportance: [Double] = []
        var edges: [BinEdges] = []
        for _ in 0..<features {
            featureNames.append(try body.text())
            featureImportance.append(try body.share())
            edges.append(try body.edges())
        }
        self.featureNames = featureNames
        self.featureImportance = featureImportance
        self.edges = edges
        outOfBag = try body.outOfBag()
        let count = try body.count(ofSize: 1)
        guard count == options.trees else { throw .damagedBytes("\(count) trees of \(options.trees)") }
        var trees: [Tree] = []
        for _ in 0..<count { trees.append(try body.tree(features: features, classes: classes)) }
        self.trees = trees
    }
}

extension UInt64 {
    fileprivate func addingSaturated(_ other: UInt64) -> UInt64 {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? .max : sum
    }
}
