/// Writes bytes one after another into memory of a fixed size; what does not fit is left out and noted.
struct ByteCursor: TextOutputStream {
    private let memory: UnsafeMutableRawBufferPointer
    /// How many bytes have been written.
    private(set) var count = 0
    /// Whether something did not fit, so that all of it has to be written again into more memory.
    private(set) var isOverfull = false

    init(_ memory: UnsafeMutableRawBufferPointer) {
        self.memory = memory
    }

    /// What has been written from a position on; valid as long as the memory is.
    func written(from start: Int) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: memory[start..<count])
    }

    /// Goes on writing at another position that has been written before.
    mutating func rewind(to count: Int) {
        self.count = count
    }

    /// Moves written bytes towards the end, within what has been written.
    func move(_ range: Range<Int>, by distance: Int) {
        guard distance > 0, let start = memory.baseAddress, range.upperBound + distance <= memory.count else { return }
        (start + range.lowerBound + distance).copyMemory(from: start + range.lowerBound, byteCount: range.count)
    }

    @inline(__always)
    mutating func write(_ byte: UInt8) {
        guard let place = reserve(1) else { return }
        place.storeBytes(of: byte, as: UInt8.self)
    }

    @inline(__always)
    mutating func write(_ bytes: UnsafeRawBufferPointer) {
        guard let start = bytes.baseAddress, let place = reserve(bytes.count) else { return }
        place.copyMemory(from: start, byteCount: bytes.count)
    }

    mutating func write(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { write($0) }
    }

    mutating func write(_ bytes: ArraySlice<UInt8>) {
        bytes.withUnsafeBytes { write($0) }
    }

    @inline(__always)
    mutating func write(_ text: StaticString) {
        write(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    mutating func write(_ text: String) {
        let isWritten: Void? = text.utf8.withContiguousStorageIfAvailable { write(UnsafeRawBufferPointer($0)) }
        if isWritten == nil { for byte in text.utf8 { write(byte) } }
    }

    // A number prints itself through this without becoming a String, which would be allocated.
    mutating func _writeASCII(_ buffer: UnsafeBufferPointer<UInt8>) {
        write(UnsafeRawBufferPointer(buffer))
    }

    /// The next `length` bytes, to be filled in at once; nil if they do not fit.
    @inline(__always)
    mutating func reserve(_ length: Int) -> UnsafeMutableRawPointer? {
        guard let start = memory.baseAddress, length <= memory.count - count else {
            isOverfull = true
            return nil
        }
        defer { count += length }
        return start + count
    }
}
