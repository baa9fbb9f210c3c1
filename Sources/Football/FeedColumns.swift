/// Where a feed's header puts the columns that Touchline reads.
struct FeedColumns {
    /// The columns up to the last one that has a name: a row must have a field for each.
    let count: Int
    /// Each quote whose three columns the header has, with the columns for home, draw and away.
    let quotes: [(quote: Quote, columns: [Int])]
    /// Each statistic whose two columns the header has, with the columns for home and away.
    let statistics: [(statistic: Statistic, columns: [Int])]
    private let index: [String: Int]

    /// Reads the first record that is not blank as the header.
    init(readingHeaderOf records: inout RecordReader, bytes: [UInt8], required: [String]) throws(FeedError) {
        var header = try records.next()
        while let blank = header, blank.isBlank { header = try records.next() }
        guard let header else { throw .empty }
        let names = header.fields.map { String(decoding: $0, as: UTF8.self) }
        let looksLikeMarkup = names.first.map { $0.hasPrefix("<") || $0.hasPrefix("{") } ?? true
        guard names.count > 1, !looksLikeMarkup, header.misquoted == nil, !header.cut, !header.text.contains(0) else {
            throw .notCSV(String(repairing: header.text, limit: 60))
        }
        var index: [String: Int] = [:]
        for (column, name) in names.enumerated() where FeedColumns.known.contains(name) {
            guard index.updateValue(column, forKey: name) == nil else { throw .duplicateColumn(name) }
        }
        for name in required where index[name] == nil { throw .missingColumn(name) }
        self.index = index
        count = (names.lastIndex { !$0.isEmpty } ?? -1) + 1
        quotes = FeedColumns.quoteNames.compactMap { quote, alternatives in
            alternatives.lazy.map { names in names.compactMap { index[$0] } }.first { $0.count == 3 }
                .map { (quote, $0) }
        }
        statistics = FeedColumns.statisticNames.compactMap { statistic, names in
            let columns = names.compactMap { index[$0] }
            return columns.count == 2 ? (statistic, columns) : nil
        }
    }

    /// The column of that name, if the header has it.
    subscript(name: String) -> Int? { index[name] }

    private static let plainNames = [
        "Div", "Date", "Time", "HomeTeam", "AwayTeam", "FTHG", "FTAG", "FTR", "HTHG", "HTAG", "HTR",
    ]

    private static let statisticNames: [(Statistic, [String])] = Statistic.allCases.map { statistic in
        (statistic, ["H", "A"].map { $0 + statistic.columnSuffix })
    }

    /// Each quote's columns; the second spelling is the one in use before 2019/20.
    private static let quoteNames: [(Quote, [[String]])] = Bookmaker.allCases.flatMap { bookmaker in
        [false, true].map { closing in
            let prefixes = closing ? bookmaker.columnPrefixes.prefix(1) : bookmaker.columnPrefixes[...]
            let names = prefixes.map { prefix in ["H", "D", "A"].map { prefix + (closing ? "C" : "") + $0 } }
            return (Quote(bookmaker, closing: closing), names)
        }
    }

    private static let known = Set(
        plainNames + statisticNames.flatMap(\.1) + quoteNames.flatMap { $0.1.flatMap { $0 } }
    )
}

extension Statistic {
    /// What follows the side's letter in a column's name: `HST` is the home team's shots on target.
    var columnSuffix: String {
        switch self {
        case .shots: "S"
        case .shotsOnTarget: "ST"
        case .corners: "C"
        case .fouls: "F"
        case .yellowCards: "Y"
        case .redCards: "R"
        }
    }
}

extension Bookmaker {
    /// What precedes the outcome's letter in a column's name, today's spelling first.
    var columnPrefixes: [String] {
        switch self {
        case .bet365: ["B365"]
        case .pinnacle: ["PS"]
        case .maximum: ["Max", "BbMx"]
        case .average: ["Avg", "BbAv"]
        }
    }
}
