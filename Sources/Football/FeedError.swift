/// Why a whole feed file was refused.
public enum FeedError: Error, Hashable, Sendable {
    /// The file has no line that is not blank.
    case empty
    /// The file is not comma-separated text, for instance an HTML page; its beginning, at most 60 bytes.
    case notCSV(String)
    /// The header lacks a column that the decoder needs.
    case missingColumn(String)
    /// The header names a column twice that the decoder reads.
    case duplicateColumn(String)
    /// The file is not JSON from this line on, for instance an HTML page; its beginning, at most 60 bytes.
    case notJSON(line: Int, String)
    /// The JSON lacks what the decoder needs at its top.
    case missingKey(String)
    /// A quote opened on this line swallows the rest of the file.
    case unterminatedQuote(line: Int)

    /// The metric label for the error, from a closed set.
    public var reason: String {
        switch self {
        case .empty: "empty"
        case .notCSV: "not_csv"
        case .missingColumn: "missing_column"
        case .duplicateColumn: "duplicate_column"
        case .notJSON: "not_json"
        case .missingKey: "missing_key"
        case .unterminatedQuote: "unterminated_quote"
        }
    }

    /// Every value that ``reason`` can have.
    public static let reasons = [
        "empty", "not_csv", "missing_column", "duplicate_column", "not_json", "missing_key", "unterminated_quote",
    ]
}

extension FeedError: CustomStringConvertible {
    /// One line for a log or a terminal.
    public var description: String {
        switch self {
        case .empty: "the file is empty"
        case .notCSV(let beginning):
            "the file is not comma-separated text: it begins with \(beginning.debugDescription)"
        case .missingColumn(let name): "the header has no column \(name)"
        case .duplicateColumn(let name): "the header has two columns \(name)"
        case .notJSON(let line, let beginning):
            "the file is not JSON from line \(line) on: it begins with \(beginning.debugDescription)"
        case .missingKey(let name): "the JSON has no \(name)"
        case .unterminatedQuote(let line): "the quote opened on line \(line) is never closed"
        }
    }
}
