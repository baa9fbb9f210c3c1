/// A JSON value; the elements of a list know where they stand in the file, so that a refused one can be shown.
indirect enum JSON {
    case null
    case flag(Bool)
    case number(Double)
    case text(String)
    case list([Element])
    case object([String: JSON])

    /// One element of a list.
    struct Element {
        let value: JSON
        /// The line on which it begins, from 1.
        let line: Int
        /// Its bytes in the file.
        let place: Range<Int>
    }

    /// The value under a key; nil if this is no object or has no such key.
    subscript(key: String) -> JSON? {
        guard case .object(let members) = self else { return nil }
        return members[key]
    }

    var text: String? { if case .text(let text) = self { text } else { nil } }
    var flag: Bool? { if case .flag(let flag) = self { flag } else { nil } }
    var list: [Element]? { if case .list(let list) = self { list } else { nil } }
    var isNull: Bool { if case .null = self { true } else { false } }

    /// A number without a fraction, if this is one that a count or an identity can have.
    var whole: Int? {
        guard case .number(let number) = self, number.rounded() == number, abs(number) < 1e15 else { return nil }
        return Int(number)
    }

    var kind: FeedSchema.Kind {
        switch self {
        case .null: .empty
        case .flag: .flag
        case .number: .number
        case .text: .text
        case .list, .object: .structure
        }
    }
}

/// Reads a JSON text (RFC 8259) strictly; nesting is bounded, and a key that an object repeats is an error.
///
/// A library's decoder would lose the lines and the raw text of a list's elements, and fail on the first bad one.
struct JSONReader {
    /// The deepest nesting that is followed.
    static let maximumDepth = 32

    private let bytes: [UInt8]
    private var position = 0
    private var line = 1

    /// What is not JSON, and where.
    struct Fault: Error {
        let line: Int
    }

    /// Reads a whole file.
    static func read(_ bytes: [UInt8]) throws(FeedError) -> JSON {
        var reader = JSONReader(bytes)
        reader.skipSpace()
        guard reader.position < bytes.count else { throw .empty }
        do throws(Fault) {
            let value = try reader.value(depth: 0)
            reader.skipSpace()
            guard reader.position == bytes.count else { throw Fault(line: reader.line) }
            return value
        } catch {
            throw .notJSON(line: error.line, String(repairing: bytes.prefix(60), limit: 60))
        }
    }

    private init(_ bytes: [UInt8]) {
        self.bytes = bytes
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    }

    private var fault: Fault { Fault(line: line) }
    private var current: UInt8 { position < bytes.count ? bytes[position] : 0 }

    private mutating func skipSpace() {
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\n"): line += 1
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): break
            default: return
            }
            position += 1
        }
    }

    private mutating func value(depth: Int) throws(Fault) -> JSON {
        guard depth <= JSONReader.maximumDepth else { throw fault }
        switch current {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try list(depth: depth)
        case UInt8(ascii: "\""): return .text(try string())
        case UInt8(ascii: "t"): return try word("true", .flag(true))
        case UInt8(ascii: "f"): return try word("false", .flag(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return .number(try number())
        }
    }

    private mutating func word(_ word: StaticString, _ value: JSON) throws(Fault) -> JSON {
        let length = word.utf8CodeUnitCount
        guard bytes[position...].prefix(length).elementsEqual(word.description.utf8) else { throw fault }
        position += length
        return value
    }

    private mutating func object(depth: Int) throws(Fault) -> JSON {
        var members: [String: JSON] = [:]
        position += 1
        skipSpace()
        while current != UInt8(ascii: "}") {
            guard current == UInt8(ascii: "\"") else { throw fault }
            let key = try string()
            skipSpace()
            try take(UInt8(ascii: ":"))
            skipSpace()
            guard members.updateValue(try value(depth: depth + 1), forKey: key) == nil else { throw fault }
            try takeSeparator(before: UInt8(ascii: "}"))
        }
        position += 1
        return .object(members)
    }

    private mutating func list(depth: Int) throws(Fault) -> JSON {
        var elements: [JSON.Element] = []
        position += 1
        skipSpace()
        while current != UInt8(ascii: "]") {
            let (start, startLine) = (position, line)
            let value = try value(depth: depth + 1)
            elements.append(JSON.Element(value: value, line: startLine, place: start..<position))
            try takeSeparator(before: UInt8(ascii: "]"))
        }
        position += 1
        return .list(elements)
    }

    private mutating func take(_ byte: UInt8) throws(Fault) {
        guard current == byte else { throw fault }
        position += 1
    }

    /// Takes a comma and what it separates from, or nothing before the closing bracket.
    private mutating func takeSeparator(before closing: UInt8) throws(Fault) {
        skipSpace()
        if current == closing { return }
        try take(UInt8(ascii: ","))
        skipSpace()
        guard current != closing else { throw fault }
    }

    private mutating func number() throws(Fault) -> Double {
        let start = position
        func digits(_ position: inout Int) -> Int {
            let first = position
            while position < bytes.count, bytes[position] >= 0x30, bytes[position] <= 0x39 { position += 1 }
            return position - first
        }
        if current == UInt8(ascii: "-") { position += 1 }
        let leading = current
        let whole = digits(&position)
        guard whole > 0, whole == 1 || leading != UInt8(ascii: "0") else { throw fault }
        if current == UInt8(ascii: ".") {
            position += 1
            guard digits(&position) > 0 else { throw fault }
        }
        if current == UInt8(ascii: "e") || current == UInt8(ascii: "E") {
            position += 1
            if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { position += 1 }
            guard digits(&position) > 0 else { throw fault }
        }
        guard position - start <= 40, let number = Double(String(decoding: bytes[start..<position], as: UTF8.self))
        else { throw fault }
        return number
    }
}

extension JSONReader {
    /// Reads a string from its opening to past its closing quote.
    private mutating func string() throws(Fault) -> String {
        position += 1
        let start = position
        while position < bytes.count, bytes[position] != UInt8(ascii: "\""), bytes[position] != UInt8(ascii: "\\"),
            bytes[position] >= 0x20
        { position += 1 }
        guard current == UInt8(ascii: "\\") else { return try text(bytes[start..<position]) }
        var content = Array(bytes[start..<position])
        while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
            let byte = bytes[position]
            guard byte >= 0x20 else { throw fault }
            position += 1
            if byte == UInt8(ascii: "\\") { try escape(&content) } else { content.append(byte) }
        }
        return try text(content[...])
    }

    private mutating func text(_ content: ArraySlice<UInt8>) throws(Fault) -> String {
        try take(UInt8(ascii: "\""))
        guard let text = String(validating: content, as: UTF8.self) else { throw fault }
        return text
    }

    private mutating func escape(_ content: inout [UInt8]) throws(Fault) {
        let letter = current
        position += 1
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): content.append(letter)
        case UInt8(ascii: "b"): content.append(0x08)
        case UInt8(ascii: "f"): content.append(0x0C)
        case UInt8(ascii: "n"): content.append(0x0A)
        case UInt8(ascii: "r"): content.append(0x0D)
        case UInt8(ascii: "t"): content.append(0x09)
        case UInt8(ascii: "u"):
            var code = try hexadecimal()
            if (0xD800...0xDBFF).contains(code) {
                try take(UInt8(ascii: "\\"))
                try take(UInt8(ascii: "u"))
                let low = try hexadecimal()
                guard (0xDC00...0xDFFF).contains(low) else { throw fault }
                code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
            }
            guard let scalar = Unicode.Scalar(code) else { throw fault }
            content += Array(String(scalar).utf8)
        default: throw fault
        }
    }

    private mutating func hexadecimal() throws(Fault) -> UInt32 {
        guard position + 4 <= bytes.count, bytes[position] != UInt8(ascii: "+"), bytes[position] != UInt8(ascii: "-"),
            let code = UInt32(String(decoding: bytes[position..<position + 4], as: UTF8.self), radix: 16)
        else { throw fault }
        position += 4
        return code
    }
}
