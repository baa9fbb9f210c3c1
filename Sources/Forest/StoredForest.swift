/// The envelope of a stored forest: signature, version, kind and length of the body, body, CRC-32 of all before it.
enum StoredForest {
    /// What a body holds.
    enum Kind: UInt32 {
        case classification = 1
        case regression = 2
    }

    /// The version of the byte format that this build writes and reads.
    static let version: UInt32 = 2
    // A byte above 127 and both line ends, as in PNG, show a text-mode transfer at once.
    private static let signature: [UInt8] = [0x89, 0x46, 0x52, 0x53, 0x54, 0x0D, 0x0A, 0x1A]
    /// Signature, version, kind and length of the body.
    private static let headerLength = 24

    /// Puts a body into its envelope.
    static func seal(_ body: [UInt8], _ kind: Kind) -> [UInt8] {
        var whole = ByteWriter()
        whole.append(contentsOf: signature)
        whole.append(version)
        whole.append(kind.rawValue)
        whole.append(UInt64(body.count))
        whole.append(contentsOf: body)
        whole.append(crc32(whole.bytes))
        return whole.bytes
    }

    /// Takes a body out of its envelope.
    ///
    /// - Parameters:
    ///   - bytes: All of the stored bytes, and no more.
    ///   - kind: What the body must hold.
    /// - Returns: A reader of the body.
    /// - Throws: ``ForestError/foreignBytes``, ``ForestError/newerVersion(found:supported:)``,
    ///   ``ForestError/olderVersion(found:supported:)``, ``ForestError/wrongLength(expected:found:)`` or
    ///   ``ForestError/damagedBytes(_:)``.
    static func unseal(_ bytes: [UInt8], _ kind: Kind) throws(ForestError) -> ByteReader {
        guard bytes.starts(with: signature) else { throw .foreignBytes }
        guard bytes.count >= headerLength + 4 else {
            throw .wrongLength(expected: headerLength + 4, found: bytes.count)
        }
        var header = ByteReader(bytes[signature.count..<headerLength])
        let found: UInt32 = try header.integer()
        guard found <= version else { throw .newerVersion(found: found, supported: version) }
        guard found == version else { throw .olderVersion(found: found, supported: version) }
        let foundKind: UInt32 = try header.integer()
        let (length, overflow) = (try header.integer() as UInt64).addingReportingOverflow(UInt64(headerLength + 4))
        let expected = overflow ? Int.max : Int(clamping: length)
        guard bytes.count == expected else { throw .wrongLength(expected: expected, found: bytes.count) }
        let end = bytes.count - 4
        var trailer = ByteReader(bytes[end...])
        guard try trailer.integer() == crc32(bytes[..<end]) else {
            throw .damagedBytes("the checksum does not match")
        }
        guard foundKind == kind.rawValue else { throw .foreignBytes }
        return ByteReader(bytes[headerLength..<end])
    }
}
