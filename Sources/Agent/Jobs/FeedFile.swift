internal import Fetch
internal import Football
internal import FoundationEssentials
internal import History

/// One file of a feed.
enum FeedFile: Sendable, Hashable {
    /// football-data.co.uk's results of a season so far.
    case season(Season)
    /// football-data.co.uk's coming matches.
    case fixtures
    /// The fantasy game's fixtures.
    case fantasy
    /// football-data.org's matches of the season being played.
    case organisation

    /// The label value of the feed's metrics.
    enum Source: String, CaseIterable, Sendable {
        case results
        case fixtures
        case fantasy
        case organisation = "football_data_org"
    }

    var source: Source {
        switch self {
        case .season: .results
        case .fixtures: .fixtures
        case .fantasy: .fantasy
        case .organisation: .organisation
        }
    }

    /// Who publishes it.
    var provider: FeedProvider {
        switch self {
        case .season, .fixtures: .footballDataCoUK
        case .fantasy: .fantasy
        case .organisation: .organisation
        }
    }

    func url(_ feed: Settings.Feed) -> String {
        switch self {
        case .season(let season): "\(feed.baseURL)/mmz4281/\(season.code)/\(feed.division).csv"
        case .fixtures: "\(feed.baseURL)/fixtures.csv"
        case .fantasy: "\(feed.fantasyURL)/api/fixtures/"
        case .organisation: "\(feed.organisationURL)/v4/competitions/PL/matches"
        }
    }

    /// A file whose columns this one's should be like if it was never read: the season's before the one being played.
    func predecessor(_ feed: Settings.Feed, at now: Date) -> String? {
        guard case .season(let season) = self, season == Season(containing: Day(containing: now)) else { return nil }
        return FeedFile.season(Season(startYear: season.startYear - 1)).url(feed)
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

/// Who publishes feeds; a provider fails when nothing that it was asked for in a run could be read.
enum FeedProvider: String, Sendable {
    case footballDataCoUK = "football_data_co_uk"
    case fantasy
    case organisation = "football_data_org"

    /// Those that the settings switch on.
    static func all(_ feed: Settings.Feed) -> [FeedProvider] {
        (feed.footballDataCoUK ? [.footballDataCoUK] : []) + (feed.fantasy ? [.fantasy] : [])
            + (feed.organisationTokenFile.isEmpty ? [] : [.organisation])
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
    /// The file that holds the feed's token cannot be read.
    case token(file: String)

    /// One line for a log.
    var description: String {
        switch self {
        case .fetch(let error): "\(error)"
        case .feed(let error): "\(error)"
        case .history(let error): "\(error)"
        case .token(let file): "the token's file \(file) cannot be read"
        }
    }
}
