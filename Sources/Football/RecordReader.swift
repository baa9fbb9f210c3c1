/// One record of a comma-separated file; what it points to lives until the next record is read.
struct Record {
    /// The line on which it begins, from 1.
    let line: Int
    /// Its bytes without the line ending.
    let text: Field
    /// Its fields, unquoted, without spaces and tabs around them.
    let fields: UnsafeBufferPointer<Field>
    /// The field where its quoting went wrong, if it did.
    let misquoted: Field?
    /// Whether the file ended inside one of its quoted fields.
    let cut: Bool

    /// Whether it holds no value: an empty line, or nothing but separators.
    var isBlank: Bool { misquoted == nil && !cut && fields.allSatisfy(\.isEmpty) }
}

/// Splits comma-separated bytes into records (RFC 4180, with LF or CRLF, and with spaces around fields ignored).
///
/// Separators are looked for eight bytes at a time, and fields point into the file: a record costs no allocation
/// unless a quoted field holds a doubled quote.
struct RecordReader {
    private var scan: SeparatorScan
    private let end: UnsafePointer<UInt8>
    private var position: UnsafePointer<UInt8>
    private var line = 1
    private var store = FieldStore()

    /// Starts at the first byte that is not part of a UTF-8 byte order mark; `bytes` must outlive the reader.
    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        let start = bytes.baseAddress ?? UnsafePointer(store.nothing)
        let mark = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        position = start + mark
        end = start + bytes.count
        scan = SeparatorScan(from: position, to: end)
    }

    /// A reader that goes on from the same place by itself.
    func copy() -> RecordReader {
        var copy = self
        copy.store = FieldStore()
        return copy
    }

    /// The next record, or nil after the last.
    ///
    /// A record in which the file ends within a quoted field is returned as ``Record/cut`` while the field is on one
    /// line: that is a cut file's last line. When it spans lines, a stray quote has swallowed other records, and no
    /// count of what was lost would be right: that throws.
    mutating func next() throws(FeedError) -> Record? {
        guard position < end else { return nil }
        let start = position
        let startLine = line
        var misquoted: Field?
        var cut = false
        store.count = 0
        var separator = start
        while true {
            let fieldStart = position
            if fieldStart < end, fieldStart.pointee == UInt8(ascii: "\"") {
                let quoteLine = line
                if let field = quotedField() {
                    store.append(field.trimmed)
                } else {
                    guard line == quoteLine else { throw .unterminatedQuote(line: quoteLine) }
                    cut = true
                }
                scan.restart(at: position)
                separator = scan.next()
                if !Field(from: position, to: separator).trimmed.isEmpty {
                    misquoted = misquoted ?? Field(from: fieldStart, to: separator)
                }
            } else {
                separator = scan.next()
                store.append(Field(from: fieldStart, to: separator).trimmed)
            }
            position = separator
            guard separator < end, separator.pointee == UInt8(ascii: ",") else { break }
            position += 1
        }
        let hasReturn = separator > start && separator[-1] == UInt8(ascii: "\r")
        if position < end {
            position += 1
            line += 1
        }
        return Record(
            line: startLine,
            text: Field(start: start, count: separator - start - (hasReturn ? 1 : 0)),
            fields: store.fields, misquoted: misquoted, cut: cut
        )
    }

    /// Reads a quoted field from its opening to past its closing quote; nil if the file ends before it closes.
    private mutating func quotedField() -> Field? {
        position += 1
        let start = position
        var doubled = 0
        while position < end {
            let byte = position.pointee
            position += 1
            if byte == UInt8(ascii: "\"") {
                guard position < end, position.pointee == byte else {
                    return store.unquoted(Field(from: start, to: position - 1), doubled: doubled)
                }
                doubled += 1
                position += 1
            } else if byte == UInt8(ascii: "\n"), position < end {
                line += 1
            }
        }
        return nil
    }
}

/// Finds commas and line feeds, eight bytes at a time.
///
/// Source: H. S. Warren, "Hacker's Delight", 2nd ed., section 6-1 (an exact test for a zero byte in a word).
private struct SeparatorScan {
    private var word: UnsafePointer<UInt8>
    private var found: UInt64 = 0
    private let end: UnsafePointer<UInt8>

    init(from start: UnsafePointer<UInt8>, to end: UnsafePointer<UInt8>) {
        word = start
        self.end = end
        load()
    }

    /// Goes on at `place` with what follows it.
    mutating func restart(at place: UnsafePointer<UInt8>) {
        word = place
        load()
    }

    /// The next separator, or the end.
    @inline(__always)
    mutating func next() -> UnsafePointer<UInt8> {
        while found == 0 {
            guard end - word > 8 else { return end }
            word += 8
            load()
        }
        let separator = word + found.trailingZeroBitCount >> 3
        found &= found &- 1
        return separator
    }

    @inline(__always)
    private mutating func load() {
        let left = end - word
        var bytes: UInt64 = 0
        if left >= 8 {
            bytes = UnsafeRawPointer(word).loadUnaligned(as: UInt64.self)
        } else if left > 0 {
            for offset in (0..<left).reversed() { bytes = bytes << 8 | UInt64(word[offset]) }
        }
        bytes = UInt64(littleEndian: bytes)
        found = SeparatorScan.zeros(bytes ^ 0x2C2C_2C2C_2C2C_2C2C) | SeparatorScan.zeros(bytes ^ 0x0A0A_0A0A_0A0A_0A0A)
    }

    /// The high bit of every byte that is zero.
    @inline(__always)
    private static func zeros(_ word: UInt64) -> UInt64 {
        let low: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
        return ~(((word & low) &+ low) | word | low)
    }
}
