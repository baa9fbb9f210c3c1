internal import Football
internal import Forest

/// Forecasts from memory: every division's book as of now, and the model.
struct ForecastDesk: Sendable {
    let model: ServingModel
    private var books: [String: LeagueBook] = [:]
    private var teams: [String: [Season: Set<String>]] = [:]

    /// Reads the history; `fixtures` tell who plays in a season that is only beginning.
    init(model: ServingModel, matches: [Match], fixtures: [Fixture] = []) {
        self.model = model
        for key in matches.map(\.fixture.key) + fixtures.map(\.key) {
            teams[key.division, default: [:]][key.season, default: []].formUnion([key.home, key.away])
        }
        for (division, matches) in Dictionary(grouping: matches, by: \.fixture.key.division) {
            var book = LeagueBook()
            // Nobody asks for what was known before past matches.
            _ = book.read(matches, since: Day(number: .max))
            books[division] = book
        }
    }

    /// The forecast of a fixture that is later than every match of the history.
    ///
    /// The first of a day fits the teams' strengths as of that day, in milliseconds; the others take microseconds.
    mutating func forecast(_ fixture: Fixture) throws(ForestError) -> ServingModel.Forecast {
        try model.forecast(features(of: fixture), odds: fixture.forecastOdds)
    }

    /// What the goal model says of a fixture from the teams' strengths alone; nil where it knows too little.
    mutating func strengthProbabilities(_ fixture: Fixture) -> OutcomeProbabilities? {
        let features = features(of: fixture)
        let values = ["mixed_home", "mixed_draw", "mixed_away"].compactMap { name in
            LeagueBook.names.firstIndex(of: name).map { features[$0] }
        }
        return values.count == 3 && values.allSatisfy(\.isFinite) ? OutcomeProbabilities(normalising: values) : nil
    }

    private mutating func features(of fixture: Fixture) -> [Double] {
        let key = fixture.key
        var book = books[key.division] ?? LeagueBook()
        book.begin(fixture.day, season: key.season, teams: teams[key.division]?[key.season] ?? [])
        books[key.division] = book
        return book.features(of: fixture)
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
