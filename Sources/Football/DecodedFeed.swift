/// What a feed file held: rows to keep, rows that broke a rule, and how many were none of our business.
public struct DecodedFeed<Row: Sendable>: Sendable {
    /// The accepted rows, in the file's order.
    public let rows: [Row]
    /// The refused rows, in the file's order.
    public let quarantined: [QuarantinedRow]
    /// How many rows were valid but not asked for: other divisions, or matches without a result yet.
    public let skipped: Int

    /// Decodes a file row by row.
    ///
    /// `read` returns nil for a row to be skipped; a row whose key an accepted row had before is a duplicate.
    init(
        _ bytes: [UInt8],
        required: [String],
        key: (Row) -> MatchKey,
        read: (FeedRow) throws(BrokenRule) -> Row?
    ) throws(FeedError) {
        var records = RecordReader(bytes)
        let columns = try FeedColumns(readingHeaderOf: &records, bytes: bytes, required: required)
        var rows: [Row] = []
        var quarantined: [QuarantinedRow] = []
        var skipped = 0
        var seen: Set<MatchKey> = []
        while let record = try records.next() {
            if record.isBlank { continue }
            do throws(BrokenRule) {
                guard let row = try read(FeedRow(record: record, columns: columns)) else {
                    skipped += 1
                    continue
                }
                let key = key(row)
                guard seen.insert(key).inserted else { throw BrokenRule(.duplicate, "\(key.home) v \(key.away)".utf8) }
                rows.append(row)
            } catch {
                quarantined.append(
                    QuarantinedRow(line: record.line, rule: error.rule, value: error.value, text: record.text)
                )
            }
        }
        self.rows = rows
        self.quarantined = quarantined
        self.skipped = skipped
    }
}

/// The first rule that a row was found to break, and the value that breaks it.
struct BrokenRule: Error {
    let rule: RowRule
    let value: [UInt8]

    init(_ rule: RowRule, _ value: some Sequence<UInt8>) {
        self.rule = rule
        self.value = Array(value)
    }
}
