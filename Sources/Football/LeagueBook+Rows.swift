extension LeagueBook {
    /// The features of every match as of its own day, in the order of day, season and place in `matches`.
    ///
    /// - Parameters:
    ///   - matches: One division's matches, in any order of days.
    ///   - each: Is called after each day with the number of rows so far.
    /// - Returns: A row for each match, and the book after the last of them.
    public static func rows(
        for matches: [Match], each: (Int) -> Void = { _ in }
    ) -> (rows: [(match: Match, features: [Double])], book: LeagueBook) {
        var book = LeagueBook()
        return (book.read(matches, each: each), book)
    }

    /// Matches in the order in which a book reads them: by day, season and place.
    public static func ordered(_ matches: [Match]) -> [Match] {
        matches.enumerated().sorted { left, right in
            let (a, b) = (left.element.fixture, right.element.fixture)
            return (a.day, a.key.season, left.offset) < (b.day, b.key.season, right.offset)
        }.map(\.element)
    }

    /// Reads on: the features of every match as of its own day.
    ///
    /// - Parameters:
    ///   - matches: One division's matches, none earlier than what was read before.
    ///   - first: The first day whose features are wanted; days before it are only taken in, which costs far less.
    ///   - each: Is called after each day with the number of rows so far.
    /// - Returns: A row for each match from that day on, in the order of day, season and place in `matches`.
    public mutating func read(
        _ matches: [Match], since first: Day? = nil, each: (Int) -> Void = { _ in }
    ) -> [(match: Match, features: [Double])] {
        let ordered = LeagueBook.ordered(matches)
        var teams: [Season: Set<String>] = [:]
        for key in ordered.map(\.fixture.key) { teams[key.season, default: []].formUnion([key.home, key.away]) }
        var rows: [(match: Match, features: [Double])] = []
        rows.reserveCapacity(ordered.count)
        var start = 0
        while start < ordered.count {
            let fixture = ordered[start].fixture
            let end = ordered[start...].firstIndex { $0.fixture.day != fixture.day } ?? ordered.count
            let day = Array(ordered[start..<end])
            turn(to: fixture.key.season, teams: teams[fixture.key.season] ?? [])
            if first.map({ $0 <= fixture.day }) ?? true {
                begin(fixture.day, season: fixture.key.season)
                for match in day { rows.append((match, features(of: match.fixture))) }
                each(rows.count)
            }
            close(with: day)
            start = end
        }
        return rows
    }
}
