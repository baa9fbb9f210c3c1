/// Where a feed's header puts the columns that Touchline reads.
struct FeedColumns {
    /// Every column's name as the header has it; empty for an unnamed one.
    let names: [String]
    /// The columns up to the last one that has a name: a row must have a field for each.
    let count: Int
    let division, date, time, home, away: Int?
    let goals, halfTime: Sides<Int>?
    let result, halfTimeResult: Int?
    /// Each quote whose three columns the header has, with the columns for home, draw and away.
    private(set) var quotes: [(quote: Quote, columns: [Int])] = []
    /// Each statistic whose two columns the header has, with the columns for home and away.
    private(set) var statistics: [(statistic: Statistic, columns: [Int])] = []
    /// The places of ``quotes``: a dictionary whose layout every complete row's odds take over.
    private(set) var quotePlaces: [Quote: Int] = [:]
    /// The places of ``statistics``, likewise.
    private(set) var statisticPlaces: [Statistic: Int] = [:]
    private let index: [String: Int]

    /// Reads the first record that is not blank as the header.
    init(readingHeaderOf records: inout RecordReader, required: [String]) throws(FeedError) {
        var header = try records.next()
        while let blank = header, blank.isBlank { header = try records.next() }
        guard let header else { throw .empty }
        let names = header.fields.map { String(decoding: $0.bytes, as: UTF8.self) }
        let looksLikeMarkup = names.first.map { $0.hasPrefix("<") || $0.hasPrefix("{") } ?? true
        guard names.count > 1, !looksLikeMarkup, header.misquoted == nil, !header.cut, !header.text.bytes.contains(0)
        else {
            throw .notCSV(String(repairing: header.text.bytes, limit: 60))
        }
        var index: [String: Int] = [:]
        for (column, name) in names.enumerated() where FeedColumns.known.contains(name) {
            guard index.updateValue(column, forKey: name) == nil else { throw .duplicateColumn(name) }
        }
        for name in required where index[name] == nil { throw .missingColumn(name) }
        func pair(_ home: String, _ away: String) -> Sides<Int>? {
            guard let home = index[home], let away = index[away] else { return nil }
            return Sides(home: home, away: away)
        }
        self.names = names
        self.index = index
        count = (names.lastIndex { !$0.isEmpty } ?? -1) + 1
        division = index["Div"]
        date = index["Date"]
        time = index["Time"]
        home = index["HomeTeam"]
        away = index["AwayTeam"]
        goals = pair("FTHG", "FTAG")
        halfTime = pair("HTHG", "HTAG")
        result = index["FTR"]
        halfTimeResult = index["HTR"]
        chooseGroups(without: [])
    }

    /// Columns of numbers that rows can do without, by name.
    var optionalNumbers: [(name: String, column: Int)] {
        (quotes.flatMap(\.columns) + statistics.flatMap(\.columns)).map { (names[$0], $0) }
    }

    /// Leaves out every quote and statistic that needs one of these columns.
    mutating func chooseGroups(without unusable: Set<Int>) {
        quotes = FeedColumns.quoteNames.compactMap { quote, alternatives in
            alternatives.map { names in names.compactMap { index[$0] } }.first { $0.count == 3 }
                .flatMap { unusable.isDisjoint(with: $0) ? (quote, $0) : nil }
        }
        statistics = FeedColumns.statisticNames.compactMap { statistic, names in
            let columns = names.compactMap { index[$0] }
            return columns.count == 2 && unusable.isDisjoint(with: columns) ? (statistic, columns) : nil
        }
        quotePlaces = Dictionary(uniqueKeysWithValues: quotes.enumerated().map { ($1.quote, $0) })
        statisticPlaces = Dictionary(uniqueKeysWithValues: statistics.enumerated().map { ($1.statistic, $0) })
    }

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
