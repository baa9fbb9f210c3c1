internal import Football

/// Every division's book, kept from one run to the next: a day's new matches are read in milliseconds, a history in a
/// second.
///
/// What it holds after any sequence of histories equals what reading the last of them anew would give.
struct BookShelf: Sendable {
    private struct Volume: Sendable {
        /// Everything that was read, in the order of ``LeagueBook/ordered(_:)``.
        var matches: [Match] = []
        /// How many of them are of days before the last one.
        var settled = 0
        /// The book after those: the last day may still get more matches, which a book takes in at once.
        var before = LeagueBook()
        /// The book after all of them.
        var after = LeagueBook()
    }

    private var volumes: [String: Volume] = [:]
    private var teams: [String: [Season: Set<String>]] = [:]
    /// How many matches were read to get here, over all runs.
    private(set) var matchesRead = 0

    /// Brings every division up to a history: reads on where it only grew at its end, and anew where it changed before.
    mutating func advance(to history: [Match]) {
        let divisions = Dictionary(grouping: history, by: \.fixture.key.division)
        volumes = volumes.filter { divisions[$0.key] != nil }
        teams = [:]
        for (division, matches) in divisions {
            var seasons: [Season: Set<String>] = [:]
            for key in matches.map(\.fixture.key) { seasons[key.season, default: []].formUnion([key.home, key.away]) }
            teams[division] = seasons
            var volume = volumes.removeValue(forKey: division) ?? Volume()
            advance(&volume, to: LeagueBook.ordered(matches))
            volumes[division] = volume
        }
    }

    /// A desk on the books as they are; `fixtures` tell who plays in a season that is only beginning.
    func desk(_ model: ServingModel, fixtures: [Fixture]) -> ForecastDesk {
        var teams = self.teams
        for key in fixtures.map(\.key) {
            teams[key.division, default: [:]][key.season, default: []].formUnion([key.home, key.away])
        }
        return ForecastDesk(model: model, books: volumes.mapValues(\.after), teams: teams)
    }

    private mutating func advance(_ volume: inout Volume, to matches: [Match]) {
        guard matches != volume.matches else { return }
        if !matches.starts(with: volume.matches.prefix(volume.settled)) { volume = Volume() }
        let last = matches.last?.fixture.day
        let settled = matches.firstIndex { $0.fixture.day == last } ?? matches.endIndex
        read(matches[volume.settled..<settled], into: &volume.before)
        volume.after = volume.before
        read(matches[settled...], into: &volume.after)
        volume.settled = settled
        volume.matches = matches
    }

    /// Takes in matches; nobody asks for what was known before them.
    private mutating func read(_ matches: ArraySlice<Match>, into book: inout LeagueBook) {
        _ = book.read(Array(matches), since: Day(number: .max))
        matchesRead += matches.count
    }
}
