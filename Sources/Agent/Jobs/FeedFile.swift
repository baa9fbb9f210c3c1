internal import Fetch
internal import Football
internal import FoundationEssentials
internal import History

/// One file of the feed.
enum FeedFile: Sendable, Hashable {
    /// The results of a season so far.
    case season(Season)
    /// The coming matches.
    case fixtures

    /// The label value of the feed's metrics.
    enum Source: String, CaseIterable, Sendable {
        case results
        case fixtures
    }

    var source: Source {
        switch self {
        case .season: .results
        case .fixtures: .fixtures
        }
    }

    func url(_ feed: Settings.Feed) -> String {
        switch self {
        case .season(let season): "\(feed.baseURL)/mmz4281/\(season.code)/\(feed.division).csv"
        case .fixtures: "\(feed.baseURL)/fixtures.csv"
        }
    }

    /// Whether a missing file is what one expects: a season's file appears only after its first matches.
    func mayBeUnpublished(at now: Date, error: FileError) -> Bool {
        guard case .season(let season) = self, case .fetch(.status(404, _)) = error else { return false }
        return now < season.firstDay.advanced(by: 30).start
    }

    /// Runs `body`, turning a failure of PostgreSQL into this file's.
    func history<T>(_ body: () async throws(HistoryError) -> T) async throws(FileError) -> T {
        do throws(HistoryError) {
            return try await body()
        } catch {
            throw .history(error)
        }
    }
}

/// Why one file was not ingested.
enum FileError: Error, Sendable, CustomStringConvertible {
    /// It could not be fetched.
    case fetch(FetchError)
    /// It is not what the feed's files are.
    case feed(FeedError)
    /// It could not be kept.
    case history(HistoryError)

    /// One line for a log.
    var description: String {
        switch self {
        case .fetch(let error): "\(error)"
        case .feed(let error): "\(error)"
        case .history(let error): "\(error)"
        }
    }
}
