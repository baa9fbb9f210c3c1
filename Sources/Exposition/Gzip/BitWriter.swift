/// Writes bits one after another into memory of a fixed size, the lowest first; what does not fit is left out and noted.
struct BitWriter {
    private let memory: UnsafeMutableRawBufferPointer
    private var position = 0
    private var pending: UInt64 = 0
    private var pendingBits = 0
    /// Whether something did not fit.
    private(set) var isOverfull = false

    init(_ memory: UnsafeMutableRawBufferPointer) {
        self.memory = memory
    }

    /// How many bits have been written.
    var count: Int { position * 8 + pendingBits }

    /// Writes up to 56 bits, the others of `bits` being 0.
    @inline(__always)
    mutating func write(_ bits: UInt64, _ length: Int) {
        guard position + 8 <= memory.count else {
            isOverfull = true
            return
        }
        pending |= bits &<< UInt64(pendingBits)
        pendingBits += length
        memory.storeBytes(of: pending.littleEndian, toByteOffset: position, as: UInt64.self)
        position += pendingBits >> 3
        pending &>>= UInt64(pendingBits & ~7)
        pendingBits &= 7
    }

    /// Writes bits that stand somewhere else.
    mutating func write(_ range: Range<Int>, of bytes: UnsafeRawBufferPointer) {
        var start = range.lowerBound
        // A few bits, until this writer stands at a whole byte; then eight bytes at a time, shifted into place.
        if pendingBits > 0 { writeSome(&start, min(range.upperBound - start, 8 - pendingBits), of: bytes) }
        let words = min((range.upperBound - start) / 64, (bytes.count - 16 - start >> 3) / 8)
        if words > 0, pendingBits == 0, position + words * 8 + 8 <= memory.count {
            let shift = UInt64(start & 7)
            for word in 0..<words {
                let first = start >> 3 + word * 8
                let low = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: first, as: UInt64.self))
                // The byte after these eight; all of it is shifted out if nothing has to be.
                let high = UInt64(bytes[first + 8])
                memory.storeBytes(
                    of: (low >> shift | high << (64 - shift)).littleEndian, toByteOffset: position + word * 8,
                    as: UInt64.self)
            }
            position += words * 8
            start += words * 64
        }
        while start < range.upperBound { writeSome(&start, min(range.upperBound - start, 48), of: bytes) }
    }

    /// Writes up to 48 bits that stand somewhere else, and goes past them.
    private mutating func writeSome(_ start: inout Int, _ length: Int, of bytes: UnsafeRawBufferPointer) {
        let first = start >> 3
        var word: UInt64 = 0
        if first + 8 <= bytes.count {
            word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: first, as: UInt64.self))
        } else {
            for offset in 0..<bytes.count - first { word |= UInt64(bytes[first + offset]) << UInt64(8 * offset) }
        }
        write(word >> UInt64(start & 7) & (1 << UInt64(length) - 1), length)
        start += length
    }

    /// Goes on at the next whole byte; returns how many bytes there are.
    mutating func align() -> Int {
        if pendingBits > 0 { write(0, 8 - pendingBits) }
        return position
    }
}
