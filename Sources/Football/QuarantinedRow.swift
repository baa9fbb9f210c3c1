/// A row of a feed that was refused, with enough of it to see why.
public struct QuarantinedRow: Hashable, Sendable {
    /// Where in the file the row begins; the header's line is 1.
    public let line: Int
    /// The first rule that the row breaks.
    public let rule: RowRule
    /// The value that breaks it, at most 200 bytes of valid UTF-8.
    public let value: String
    /// The row as it stands in the file without its line ending, at most 2,000 bytes of valid UTF-8.
    public let text: String

    /// Makes a refused row; what is too long is cut, and U+FFFD stands for what no database could hold as text.
    public init(line: Int, rule: RowRule, value: String, text: String) {
        self.init(line: line, rule: rule, value: value.utf8, text: text.utf8)
    }

    /// Makes a refused row from the feed's own bytes.
    init(line: Int, rule: RowRule, value: some Collection<UInt8>, text: some Collection<UInt8>) {
        self.line = line
        self.rule = rule
        self.value = String(repairing: value, limit: 200)
        self.text = String(repairing: text, limit: 2_000)
    }
}

extension String {
    /// Reads bytes as UTF-8 with U+FFFD for NUL and for every invalid sequence, cut to `limit` bytes between scalars.
    init(repairing bytes: some Collection<UInt8>, limit: Int) {
        self.init()
        for scalar in String(decoding: bytes.prefix(limit), as: UTF8.self).unicodeScalars {
            let kept: Unicode.Scalar = scalar == "\0" ? "\u{FFFD}" : scalar
            guard utf8.count + UTF8.width(kept) <= limit else { return }
            unicodeScalars.append(kept)
        }
    }
}
