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
    @inline(__always)
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
        // A few bits, until this writer stands at a whole byte; then many bytes at a time, shifted into place.
        if pendingBits > 0 { writeSome(&start, min(range.upperBound - start, 8 - pendingBits), of: bytes) }
        if pendingBits == 0 { start += writeWhole(start..<range.upperBound, of: bytes) * 8 }
        while start < range.upperBound { writeSome(&start, min(range.upperBound - start, 48), of: bytes) }
    }

    /// Writes most of the bits that stand somewhere else, at a whole byte; returns how many bytes these are.
    private mutating func writeWhole(_ range: Range<Int>, of bytes: UnsafeRawBufferPointer) -> Int {
        // The last bytes are left, since more than what is written is read and stored at once.
        let first = range.lowerBound >> 3
        let length = min(range.count / 8, bytes.count - first - 40, memory.count - position - 40)
        guard length > 0, let source = bytes.baseAddress, let target = memory.baseAddress else { return 0 }
        let shift = UInt64(range.lowerBound & 7)
        if shift == 0 {
            (target + position).copyMemory(from: source + first, byteCount: length)
        } else {
            let (right, left) = (SIMD4(repeating: shift), SIMD4(repeating: 64 - shift))
            for offset in stride(from: 0, to: length, by: 32) {
                let low = (source + first + offset).loadUnaligned(as: SIMD4<UInt64>.self)
                // The byte after each eight, which completes them.
                let high = (source + first + offset + 8).loadUnaligned(as: SIMD4<UInt64>.self)
                (target + position + offset).storeBytes(of: low &>> right | high &<< left, as: SIMD4<UInt64>.self)
            }
        }
        position += length
        return length
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
