/// The columns of a feed file, or the keys of its records, and what kind of value each holds.
public struct FeedSchema: Hashable, Sendable {
    /// What the values of a column are.
    public enum Kind: String, CaseIterable, Sendable {
        /// Numbers.
        case number
        /// Anything else.
        case text
        /// Nothing, in the rows that were looked at.
        case empty
        /// True or false.
        case flag
        /// A list or an object.
        case structure
    }

    /// Each column's kind by its name.
    public let columns: [String: Kind]

    /// Makes a schema.
    public init(columns: [String: Kind]) {
        self.columns = columns
    }

    /// What is different from an earlier schema, sorted by column; a column without values has no kind to change.
    public func changes(since earlier: FeedSchema) -> [SchemaChange] {
        var changes: [SchemaChange] = []
        for (column, kind) in columns {
            guard let before = earlier.columns[column] else {
                changes.append(SchemaChange(column: column, change: .appeared))
                continue
            }
            if kind != before, kind != .empty, before != .empty {
                changes.append(SchemaChange(column: column, change: .retyped))
            }
        }
        for column in earlier.columns.keys where columns[column] == nil {
            changes.append(SchemaChange(column: column, change: .disappeared))
        }
        return changes.sorted { $0.column < $1.column }
    }
}

/// One difference between a feed's columns and what they were.
public struct SchemaChange: Hashable, Sendable {
    /// What became of a column; its raw value is a metric label.
    public enum Change: String, CaseIterable, Sendable {
        /// It is new.
        case appeared
        /// It is gone.
        case disappeared
        /// Its values are of another kind.
        case retyped
    }

    /// The column's name.
    public let column: String
    /// What became of it.
    public let change: Change

    /// Makes a change.
    public init(column: String, change: Change) {
        self.column = column
        self.change = change
    }
}

/// What the first rows of a file show of its columns.
struct ColumnSample {
    /// How many rows are looked at.
    static let rows = 64

    private var numbers: [Int]
    private var texts: [Int]

    /// Looks at rows until there are enough; `records` stands behind the header.
    init(_ records: RecordReader, columns: Int) throws(FeedError) {
        numbers = Array(repeating: 0, count: columns)
        texts = numbers
        var records = records
        var seen = 0
        while seen < ColumnSample.rows, let record = try records.next() {
            if record.isBlank || record.misquoted != nil || record.fields.count < columns { continue }
            seen += 1
            for (column, field) in record.fields[..<columns].enumerated() where !field.isEmpty {
                if field.looksNumeric { numbers[column] += 1 } else { texts[column] += 1 }
            }
        }
    }

    /// The schema that the rows show, by the kind of most values.
    func schema(_ names: [String]) -> FeedSchema {
        var kinds: [String: FeedSchema.Kind] = [:]
        for (column, name) in names.prefix(numbers.count).enumerated() where !name.isEmpty {
            let isEmpty = numbers[column] + texts[column] == 0
            kinds[name] = isEmpty ? .empty : numbers[column] >= texts[column] ? .number : .text
        }
        return FeedSchema(columns: kinds)
    }

    /// Whether a column that should hold numbers holds something else throughout, so that its rows are not to blame.
    func isUnusable(_ column: Int) -> Bool { texts[column] >= 10 && texts[column] > numbers[column] }
}

extension Field {
    /// Whether every byte may stand in a number: a wrong number is a row's fault, a word is the column's.
    fileprivate var looksNumeric: Bool {
        bytes.allSatisfy { ($0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9")) || "+-.eE".utf8.contains($0) }
    }
}
