/// The bytes of one field, wherever they lie.
struct Field {
    let start: UnsafePointer<UInt8>
    let count: Int

    @inline(__always)
    init(start: UnsafePointer<UInt8>, count: Int) {
        self.start = start
        self.count = count
    }

    @inline(__always)
    init(from start: UnsafePointer<UInt8>, to end: UnsafePointer<UInt8>) {
        self.init(start: start, count: end - start)
    }

    var isEmpty: Bool { count == 0 }
    var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: start, count: count) }

    /// The bytes without spaces, tabs and carriage returns at both ends.
    @inline(__always)
    var trimmed: Field {
        var first = start
        var last = start + count
        while first < last, first.pointee.isBlank { first += 1 }
        while first < last, last[-1].isBlank { last -= 1 }
        return Field(from: first, to: last)
    }

    /// The value of at most nine ASCII digits.
    @inline(__always)
    var wholeNumber: Int? {
        guard count > 0, count <= 9 else { return nil }
        var value = 0
        for offset in 0..<count {
            let digit = start[offset] &- UInt8(ascii: "0")
            guard digit <= 9 else { return nil }
            value = value &* 10 &+ Int(digit)
        }
        return value
    }

    /// The value of ASCII digits with at most one point among them: no sign, exponent, infinity or hexadecimal.
    @inline(__always)
    var decimal: Double? {
        guard count > 0, count <= 18 else { return nil }
        var digits = 0
        var point = count
        for offset in 0..<count {
            let digit = start[offset] &- UInt8(ascii: "0")
            if digit <= 9 {
                digits = digits &* 10 &+ Int(digit)
            } else {
                guard start[offset] == UInt8(ascii: "."), point == count, offset > 0, offset < count - 1 else {
                    return nil
                }
                point = offset
            }
        }
        let places = count - 1 - point
        if places < 0 { return Double(digits) }
        // Both are exact, so that the quotient is the nearest number, as strtod would have it.
        guard digits < 1 << 53 else { return Double(String(decoding: bytes, as: UTF8.self)) }
        return Double(digits) / Field.powers[places]
    }

    @inline(__always)
    func elementsEqual(_ other: [UInt8]) -> Bool {
        guard count == other.count else { return false }
        for offset in 0..<count where start[offset] != other[offset] { return false }
        return true
    }

    /// The single byte of a field that is one byte long; 0 otherwise.
    var letter: UInt8 { count == 1 ? start.pointee : 0 }

    private static let powers: [Double] = (1...18).reduce(into: [1]) { powers, _ in
        powers.append(10 * powers[powers.count - 1])
    }
}

/// Where a record's fields are listed, and fields are put whose doubled quotes had to be resolved.
final class FieldStore {
    /// Somewhere to point to when there is nothing.
    let nothing = UnsafeMutablePointer<UInt8>.allocate(capacity: 1)
    var count = 0
    private var list = UnsafeMutableBufferPointer<Field>.allocate(capacity: 256)
    private var resolved: [UnsafeMutableBufferPointer<UInt8>] = []

    deinit {
        nothing.deallocate()
        list.deallocate()
        for buffer in resolved { buffer.deallocate() }
    }

    var fields: UnsafeBufferPointer<Field> { UnsafeBufferPointer(rebasing: list[..<count]) }

    @inline(__always)
    func append(_ field: Field) {
        if count == list.count { grow() }
        list[count] = field
        count += 1
    }

    private func grow() {
        let longer = UnsafeMutableBufferPointer<Field>.allocate(capacity: 2 * list.count)
        _ = longer.initialize(from: list)
        list.deallocate()
        list = longer
    }

    /// A quoted field's content, copied only if it holds doubled quotes.
    func unquoted(_ field: Field, doubled: Int) -> Field {
        guard doubled > 0 else { return field }
        let buffer = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: field.count - doubled)
        resolved.append(buffer)
        var count = 0
        var afterQuote = false
        for byte in field.bytes {
            afterQuote = byte == UInt8(ascii: "\"") && !afterQuote
            if afterQuote { continue }
            buffer[count] = byte
            count += 1
        }
        return buffer.baseAddress.map { Field(start: UnsafePointer($0), count: count) }
            ?? Field(start: nothing, count: 0)
    }
}

extension UInt8 {
    @inline(__always)
    var isBlank: Bool { self == UInt8(ascii: " ") || self == UInt8(ascii: "\t") || self == UInt8(ascii: "\r") }
}
