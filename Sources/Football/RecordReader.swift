/// One record of a comma-separated file.
struct Record {
    /// The line on which it begins, from 1.
    let line: Int
    /// Its bytes without the line ending.
    let text: ArraySlice<UInt8>
    /// Its fields, unquoted, without spaces and tabs around them.
    let fields: [ArraySlice<UInt8>]
    /// The field where its quoting went wrong, if it did.
    let misquoted: ArraySlice<UInt8>?
    /// Whether the file ended inside one of its quoted fields.
    let cut: Bool

    /// Whether it holds no value: an empty line, or nothing but separators.
    var isBlank: Bool { misquoted == nil && !cut && fields.allSatisfy(\.isEmpty) }
}

/// Splits comma-separated bytes into records (RFC 4180, with LF or CRLF, and with spaces around fields ignored).
struct RecordReader {
    private let bytes: [UInt8]
    private var position: Int
    private var line = 1

    /// Starts at the first byte that is not part of a UTF-8 byte order mark.
    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    }

    /// The next record, or nil after the last.
    ///
    /// A record in which the file ends within a quoted field is returned as ``Record/cut`` while the field is on one
    /// line: that is a cut file's last line. When it spans lines, a stray quote has swallowed other records, and no
    /// count of what was lost would be right: that throws.
    mutating func next() throws(FeedError) -> Record? {
        guard position < bytes.count else { return nil }
        let start = position
        let startLine = line
        var fields: [ArraySlice<UInt8>] = []
        var misquoted: ArraySlice<UInt8>?
        var cut = false
        while true {
            let fieldStart = position
            if position < bytes.count, bytes[position] == UInt8(ascii: "\"") {
                let quoteLine = line
                if let field = quotedField() {
                    fields.append(field.trimmed)
                } else {
                    guard line == quoteLine else { throw .unterminatedQuote(line: quoteLine) }
                    cut = true
                }
                let closing = position
                skipToSeparator()
                if !bytes[closing..<position].trimmed.isEmpty { misquoted = misquoted ?? bytes[fieldStart..<position] }
            } else {
                skipToSeparator()
                fields.append(bytes[fieldStart..<position].trimmed)
            }
            guard position < bytes.count, bytes[position] == UInt8(ascii: ",") else { break }
            position += 1
        }
        let end = position > start && bytes[position - 1] == UInt8(ascii: "\r") ? position - 1 : position
        if position < bytes.count {
            position += 1
            line += 1
        }
        return Record(line: startLine, text: bytes[start..<end], fields: fields, misquoted: misquoted, cut: cut)
    }

    /// Reads a quoted field from its opening to past its closing quote; nil if the file ends before it closes.
    private mutating func quotedField() -> ArraySlice<UInt8>? {
        var content: [UInt8] = []
        position += 1
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            if byte == UInt8(ascii: "\"") {
                guard position < bytes.count, bytes[position] == byte else { return content[...] }
                position += 1
            } else if byte == UInt8(ascii: "\n"), position < bytes.count {
                line += 1
            }
            content.append(byte)
        }
        return nil
    }

    private mutating func skipToSeparator() {
        while position < bytes.count, bytes[position] != UInt8(ascii: ","), bytes[position] != UInt8(ascii: "\n") {
            position += 1
        }
    }
}

extension ArraySlice<UInt8> {
    /// The bytes without spaces, tabs and carriage returns at both ends.
    var trimmed: ArraySlice<UInt8> {
        var slice = self
        while let first = slice.first, first.isBlank { slice.removeFirst() }
        while let last = slice.last, last.isBlank { slice.removeLast() }
        return slice
    }
}

extension UInt8 {
    fileprivate var isBlank: Bool {
        self == UInt8(ascii: " ") || self == UInt8(ascii: "\t") || self == UInt8(ascii: "\r")
    }
}
