import Football
import Forest
import FoundationEssentials

// Usage: ServeSpeed FOLDER CALLS. Serves the fixtures of a day of the last season as the agent does, from a model of all
// matches before it: features from the books in memory, forest, calibration. One line of JSON, in microseconds a call.
let arguments = CommandLine.arguments
guard arguments.count == 3, let calls = Int(arguments[2]) else { fatalError("ServeSpeed FOLDER CALLS") }
let matches = LeagueBook.ordered(
    try (2005...2023).map(Season.init(startYear:)).flatMap { season in
        let file = URL(filePath: arguments[1]).appending(path: "\(season.code)/E0.csv")
        return try SeasonFile.decode(Array(Data(contentsOf: file)), division: "E0", season: season).rows
    })
// A Saturday in the middle of the season, with most of its ten matches.
let last = Array(matches.suffix(380).map(\.fixture))
let round =
    Dictionary(grouping: last, by: \.day).values.filter { $0[0].day > last[190].day }
    .max { ($0.count, $1[0].day) < ($1.count, $0[0].day) } ?? []
let past = matches.filter { $0.fixture.day < round[0].day }
let rows = ForecastDesk.rows(for: past).filter { $0.match.fixture.key.season.startYear > 2005 }
guard let model = try await ServingModel.fit(rows, .served, calibration: .temperature(1.01)) else {
    fatalError("no match has odds")
}
var shelf = BookShelf()
shelf.advance(to: past)
var desk = shelf.desk(model, fixtures: last)
let clock = ContinuousClock()

func microseconds(_ duration: Duration) -> Double {
    Double(duration.components.seconds) * 1e6 + Double(duration.components.attoseconds) / 1e12
}

// The day's first forecast fits the teams' strengths as of that day.
let first = microseconds(try clock.measure { _ = try desk.forecast(round[0]) })
var sum = 0.0
let times = try (0..<calls).map { call in
    microseconds(try clock.measure { sum += try desk.forecast(round[call % round.count]).probabilities.home })
}.sorted()
print(
    "{\"fixtures\": \(round.count), \"matches\": \(past.count), \"first_us\": \(first), "
        + "\"serve_us\": \(times[calls / 2]), \"p99_us\": \(times[calls * 99 / 100]), \"checksum\": \(sum)}")
