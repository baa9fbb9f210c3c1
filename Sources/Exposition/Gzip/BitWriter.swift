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
        while start < range.upperBound {
            let length = min(range.upperBound - start, 48)
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
    }

    /// Goes on at the next whole byte; returns how many bytes there are.
    mutating func align() -> Int {
        if pendingBits > 0 { write(0, 8 - pendingBits) }
        return position
    }
}
