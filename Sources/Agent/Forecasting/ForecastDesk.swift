internal import Football
internal import Forest

/// Forecasts from memory: every division's book as of now, and the model.
struct ForecastDesk: Sendable {
    private struct Opened: Sendable {
        let day: Day
        let season: Season
        let book: LeagueBook
    }

    let model: ServingModel
    /// Every division after the last match that is over.
    private let books: [String: LeagueBook]
    /// Who plays in each season, as far as matches and fixtures tell.
    private let teams: [String: [Season: Set<String>]]
    /// Every division's book, opened at the day that was last asked for.
    private var opened: [String: Opened] = [:]

    /// Opens a desk on books that are up to date.
    init(model: ServingModel, books: [String: LeagueBook], teams: [String: [Season: Set<String>]]) {
        self.model = model
        self.books = books
        self.teams = teams
    }

    /// Reads the history; `fixtures` tell who plays in a season that is only beginning.
    init(model: ServingModel, matches: [Match], fixtures: [Fixture] = []) {
        var shelf = BookShelf()
        shelf.advance(to: matches)
        self = shelf.desk(model, fixtures: fixtures)
    }

    /// The forecast of a fixture that is later than every match of the history.
    ///
    /// The first of a day and division fits the teams' strengths as of that day, in milliseconds; the others take
    /// microseconds.
    mutating func forecast(_ fixture: Fixture) throws(ForestError) -> ServingModel.Forecast {
        try model.forecast(book(for: fixture).features(of: fixture))
    }

    /// What the goal model says of a fixture from the teams' strengths alone; nil where it knows too little.
    mutating func strengthProbabilities(_ fixture: Fixture) -> OutcomeProbabilities? {
        let features = book(for: fixture).features(of: fixture)
        let values = ["mixed_home", "mixed_draw", "mixed_away"].compactMap { name in
            LeagueBook.names.firstIndex(of: name).map { features[$0] }
        }
        return values.count == 3 && values.allSatisfy(\.isFinite) ? OutcomeProbabilities(normalising: values) : nil
    }

    private mutating func book(for fixture: Fixture) -> LeagueBook {
        let key = fixture.key
        if let open = opened[key.division], open.day == fixture.day, open.season == key.season { return open.book }
        var book = books[key.division] ?? LeagueBook()
        book.begin(fixture.day, season: key.season, teams: teams[key.division]?[key.season] ?? [])
        opened[key.division] = Opened(day: fixture.day, season: key.season, book: book)
        return book
    }

    /// The rows of every division's matches, each as of its own day, in the order of their days.
    static func rows(for matches: [Match]) -> [Fitted.Row] {
        Dictionary(grouping: matches, by: \.fixture.key.division).sorted { $0.key < $1.key }
            .flatMap { LeagueBook.rows(for: $0.value).rows }
            .enumerated().sorted {
                ($0.element.match.fixture.day, $0.offset) < ($1.element.match.fixture.day, $1.offset)
            }
            .map(\.element)
    }
}
