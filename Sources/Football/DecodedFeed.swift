/// What a feed file held: rows to keep, rows that broke a rule, and how many were none of our business.
public struct DecodedFeed<Row: Sendable>: Sendable {
    /// The accepted rows, in the file's order.
    public let rows: [Row]
    /// The refused rows, in the file's order.
    public let quarantined: [QuarantinedRow]
    /// How many rows were valid but not asked for: other divisions, or matches without a result yet.
    public let skipped: Int
    /// The file's columns and the kinds of their values.
    public let schema: FeedSchema
    /// Columns that no longer hold what they should, by name; the odds and statistics that need them are absent.
    public let unusable: [String]

    /// Makes a decoded feed from its parts.
    init(rows: [Row], quarantined: [QuarantinedRow], skipped: Int, schema: FeedSchema, unusable: [String] = []) {
        self.rows = rows
        self.quarantined = quarantined
        self.skipped = skipped
        self.schema = schema
        self.unusable = unusable
    }

    /// Decodes a comma-separated file row by row; `read` returns nil for a row to be skipped.
    init(
        _ bytes: [UInt8],
        required: [String],
        names: ClubNames?,
        read: (FeedRow) throws(BrokenRule) -> (row: Row, claim: MatchClaim)?
    ) throws(FeedError) where Row: Equatable {
        self = try bytes.withUnsafeBufferPointer { (bytes) throws(FeedError) in
            var records = RecordReader(bytes)
            var columns = try FeedColumns(readingHeaderOf: &records, required: required)
            let sample = try ColumnSample(records.copy(), columns: columns.count)
            let unusable = columns.optionalNumbers.filter { sample.isUnusable($0.column) }
            if !unusable.isEmpty { columns.chooseGroups(without: Set(unusable.map(\.column))) }
            let teams = TeamTable(names)
            var rows: [Row] = []
            var quarantined: [QuarantinedRow] = []
            var skipped = 0
            var seen = SeenMatches()
            while let record = try records.next() {
                if record.isBlank { continue }
                do throws(BrokenRule) {
                    guard let found = try read(FeedRow(record: record, columns: columns, teams: teams)) else {
                        skipped += 1
                        continue
                    }
                    if let earlier = seen.earlier(found.claim) {
                        let pair = "\(teams.name(found.claim.home)) v \(teams.name(found.claim.away))"
                        throw BrokenRule(rows[earlier] == found.row ? .duplicate : .duplicateDiffers, pair.utf8)
                    }
                    if let team = seen.playingTwice(found.claim) {
                        throw BrokenRule(.teamTwiceOnDay, "\(teams.name(team)) on \(found.claim.day)".utf8)
                    }
                    seen.add(found.claim, row: rows.count)
                    rows.append(found.row)
                } catch {
                    quarantined.append(
                        QuarantinedRow(
                            line: record.line, rule: error.rule, value: error.value, text: record.text.bytes)
                    )
                }
            }
            return DecodedFeed(
                rows: rows, quarantined: quarantined, skipped: skipped, schema: sample.schema(columns.names),
                unusable: unusable.map(\.name)
            )
        }
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

    init(_ rule: RowRule, _ value: Field) {
        self.init(rule, value.bytes)
    }
}
