internal import Fetch
internal import Football
internal import FoundationEssentials
internal import History

/// A file as it is to be kept.
struct DecodedFile: Sendable {
    var ingest: Ingest
    var schema: FeedSchema
    var unusable: [String]
}

extension IngestJob {
    /// Gets a file, and keeps a row of it.
    func fetch(
        _ file: FeedFile, _ request: FetchRequest, with fetcher: Fetcher, _ context: JobContext
    ) async throws(FileError) -> FetchResult {
        var record = FetchRecord(
            source: file.source.rawValue, url: request.url, at: context.now, outcome: "not_modified")
        let fetched: FetchResult
        do throws(FetchError) {
            fetched = try await fetcher.fetch(request) { instruments.attempted(source: file.source, $0) }
        } catch {
            record.outcome = error.reason
            instruments.refused(source: file.source, error)
            _ = try? await history.recordFetch(record)
            throw .fetch(error)
        }
        instruments.refused(source: file.source, nil)
        if case .modified(let body) = fetched {
            record.outcome = "modified"
            record.status = body.status
            record.bytes = body.receivedBytes
            record.seconds = body.timings.total.seconds
            record.attempts = body.attempts
        }
        let kept = record
        try await file.history { () throws(HistoryError) in try await history.recordFetch(kept) }
        return fetched
    }

    /// The headers that a feed asks for.
    func headers(of file: FeedFile, _ feed: Settings.Feed) throws(FileError) -> [String: String] {
        guard file == .organisation else { return [:] }
        guard let text = try? String(contentsOfFile: feed.organisationTokenFile, encoding: .utf8),
            let token = text.split(whereSeparator: \.isNewline).first
        else { throw .token(file: feed.organisationTokenFile) }
        return ["X-Auth-Token": String(token)]
    }

    /// Decodes a body and puts it together with what other feeds say.
    func decode(
        _ file: FeedFile, body: FetchedBody, url: String, with fetcher: Fetcher, _ context: JobContext
    ) async throws(FileError) -> DecodedFile {
        let division = context.settings.feed.division
        var ingest = Ingest(
            source: file.source.rawValue, url: url, at: context.now, etag: body.validators.etag,
            lastModified: body.validators.lastModified, synthetic: isSynthetic)
        switch file {
        case .season(let season):
            let today = Day(inLondon: context.now)
            let decoded = try read { () throws(FeedError) in
                try SeasonFile.decode(body.bytes, division: division, season: season, asOf: today)
            }
            ingest.matches = decoded.rows
            ingest.quarantined = decoded.quarantined
            return DecodedFile(ingest: ingest, schema: decoded.schema, unusable: decoded.unusable)
        case .fixtures:
            let decoded = try read { () throws(FeedError) in
                try FixturesFile.decode(body.bytes, division: division)
            }
            ingest.fixtures = try await placed(decoded.rows, of: file, context)
            ingest.quarantined = decoded.quarantined
            return DecodedFile(ingest: ingest, schema: decoded.schema, unusable: decoded.unusable)
        case .fantasy:
            let address = "\(context.settings.feed.fantasyURL)/api/bootstrap-static/"
            let teams = try await fantasyTeams.names(division: division) { validators async throws(FileError) in
                try await fetch(file, FetchRequest(url: address, validators: validators), with: fetcher, context)
            }
            let decoded = try read { () throws(FeedError) in
                try FantasyFeed.decode(body.bytes, teams: teams.names, division: division)
            }
            return try await announced(decoded, teams.refused, of: file, into: ingest, context)
        case .organisation:
            let decoded = try read { () throws(FeedError) in
                try OrganisationFeed.decode(body.bytes, division: division)
            }
            return try await announced(decoded, [], of: file, into: ingest, context)
        }
    }

    private func read<T>(_ decode: () throws(FeedError) -> T) throws(FileError) -> T {
        do throws(FeedError) {
            return try decode()
        } catch {
            throw .feed(error)
        }
    }

    /// Keeps announcements, and takes from them what no better feed has said.
    private func announced(
        _ decoded: DecodedFeed<Announcement>, _ refused: [QuarantinedRow], of file: FeedFile, into ingest: Ingest,
        _ context: JobContext
    ) async throws(FileError) -> DecodedFile {
        var ingest = ingest
        try await file.history { () throws(HistoryError) in
            try await history.keep(decoded.rows, source: file.source.rawValue, at: context.now)
        }
        let first = decoded.rows.map(\.key.season).min() ?? Season(containing: Day(containing: context.now))
        let agenda = try await file.history { () throws(HistoryError) in
            try await history.agenda(division: context.settings.feed.division, from: first)
        }
        let news = FeedMerge.news(in: decoded.rows, resulted: Set(agenda.filter(\.hasResult).map(\.key)))
        ingest.fixtures = try await placed(news.fixtures, of: file, context)
        ingest.matches = news.matches
        ingest.quarantined = refused + decoded.quarantined
        return DecodedFile(ingest: ingest, schema: decoded.schema, unusable: decoded.unusable)
    }

    /// The fixtures at the kick-offs of the most trusted source.
    private func placed(
        _ fixtures: [Fixture], of file: FeedFile, _ context: JobContext
    ) async throws(FileError) -> [Fixture] {
        guard let first = fixtures.map(\.key.season).min() else { return fixtures }
        let announced = try await file.history { () throws(HistoryError) in
            try await history.announcedKickOffs(division: context.settings.feed.division, from: first)
        }
        return FeedMerge.place(fixtures, from: file.source.rawValue, announced: announced)
    }
}
