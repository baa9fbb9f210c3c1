/// Reads what ``ByteWriter`` wrote, and trusts nothing.
struct ByteReader {
    private let bytes: ArraySlice<UInt8>
    private var position: Int

    init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        position = bytes.startIndex
    }

    /// Number of bytes not yet read.
    var remaining: Int { bytes.endIndex - position }

    mutating func integer<Value: FixedWidthInteger & UnsignedInteger>(
        _ type: Value.Type = Value.self
    ) throws(ForestError) -> Value {
        try take(Value.bitWidth / 8).reversed().reduce(0) { $0 << 8 | Value($1) }
    }

    mutating func double() throws(ForestError) -> Double {
        Double(bitPattern: try integer())
    }

    mutating func text() throws(ForestError) -> String {
        guard let text = String(validating: try take(try count(ofSize: 1)), as: UTF8.self) else {
            throw .damagedBytes("a name is not UTF-8")
        }
        return text
    }

    /// Reads a four-byte number of elements and refuses one for which there are not enough bytes, so that no memory is
    /// set aside for what cannot follow.
    mutating func count(ofSize size: Int) throws(ForestError) -> Int {
        let count = Int(try integer(UInt32.self))
        guard count <= remaining / size else { throw .damagedBytes("\(count) elements announced, but too few bytes") }
        return count
    }

    private mutating func take(_ count: Int) throws(ForestError) -> ArraySlice<UInt8> {
        guard count <= remaining else { throw .damagedBytes("a field ends after the bytes do") }
        defer { position += count }
        return bytes[position..<position + count]
    }
}
