internal import Fetch
internal import Football
internal import FoundationEssentials
internal import History
internal import Logging

/// Fetches the season files and the coming fixtures, and keeps what is valid.
///
/// Each file is a unit: one that fails leaves the others, and what was known of it, as they are.
struct IngestJob: Job {
    let history: History
    let instruments: FeedInstruments
    let isSynthetic: Bool
    let logger: Logger

    func run(_ context: JobContext) async throws(JobError) -> JobResult {
        let files = try await dueFiles(context)
        let fetcher = Fetcher(context.settings.feed, seed: context.settings.model.seed)
        var failures: [String] = []
        var itemsIn = 0
        var itemsOut = 0
        for file in files {
            if Task.isCancelled { throw .cancelled }
            let url = file.url(context.settings.feed)
            do throws(FileError) {
                let outcome = try await ingest(file, url: url, with: fetcher, context)
                itemsIn += outcome.seen
                itemsOut += outcome.written
            } catch {
                if case .fetch(.cancelled) = error { throw .cancelled }
                if file.mayBeUnpublished(at: context.now, error: error) {
                    logger.info("season file not published yet", metadata: ["url": "\(url)"])
                    instruments.succeeded(source: file.source, at: context.now)
                    continue
                }
                instruments.failed(source: file.source, error)
                logger.error("feed file failed", metadata: ["url": "\(url)", "error": "\(error)"])
                if case .history(let error) = error, case .unavailable = error { throw .history(error) }
                failures.append("\(url): \(error)")
            }
        }
        var snapshot = context.snapshot
        snapshot.counts = try await withHistory { () throws(HistoryError) in try await history.counts(at: context.now) }
        if let first = failures.first { throw .feed(failed: failures.count, of: files.count, first: first) }
        return JobResult(itemsIn: itemsIn, itemsOut: itemsOut, snapshot: snapshot)
    }

    /// The coming fixtures, the season being played, and each finished season that has not been asked for lately.
    private func dueFiles(_ context: JobContext) async throws(JobError) -> [FeedFile] {
        let feed = context.settings.feed
        let current = Season(containing: Day(containing: context.now))
        let last = feed.lastSeason ?? current
        var files: [FeedFile] = []
        for year in feed.firstSeason.startYear...max(feed.firstSeason.startYear, last.startYear) {
            let file = FeedFile.season(Season(startYear: year))
            // Corrections to a season's last matches come within weeks; after that its file hardly ever changes.
            let settled = Season(startYear: year).lastDay.advanced(by: 30).start
            let url = file.url(feed)
            let fetched = try await withHistory { () throws(HistoryError) in
                try await history.lastSuccessfulFetch(url: url)
            }
            if settled < context.now, let fetched,
                context.now.timeIntervalSince(fetched) < feed.refetchFinishedSeasons.seconds
            {
                continue
            }
            files.append(file)
        }
        return files + [.fixtures]
    }

    private func ingest(
        _ file: FeedFile, url: String, with fetcher: Fetcher, _ context: JobContext
    ) async throws(FileError) -> (seen: Int, written: Int) {
        let known = try await file.history { () throws(HistoryError) in try await history.validators(url: url) }
        let request = FetchRequest(
            url: url, validators: known.map { Validators(etag: $0.etag, lastModified: $0.lastModified) })
        let fetched: FetchResult
        do throws(FetchError) {
            fetched = try await fetcher.fetch(request) { instruments.attempted(source: file.source, $0) }
        } catch {
            _ = try? await history.recordFetch(
                FetchRecord(source: file.source.rawValue, url: url, at: context.now, outcome: error.reason))
            throw .fetch(error)
        }
        guard case .modified(let body) = fetched else {
            try await file.history { () throws(HistoryError) in
                try await history.recordFetch(
                    FetchRecord(source: file.source.rawValue, url: url, at: context.now, outcome: "not_modified"))
            }
            instruments.notModified(source: file.source, at: context.now)
            return (0, 0)
        }
        let ingest = try decode(file, body: body, url: url, context)
        let outcome = try await file.history { () throws(HistoryError) in try await history.record(ingest) }
        try await file.history { () throws(HistoryError) in
            try await history.recordFetch(
                FetchRecord(
                    source: file.source.rawValue, url: url, at: context.now, outcome: "modified", status: body.status,
                    bytes: body.receivedBytes, seconds: body.timings.total.seconds, attempts: body.attempts))
        }
        instruments.ingested(source: file.source, ingest: ingest, outcome: outcome)
        instruments.succeeded(source: file.source, at: context.now)
        for row in ingest.quarantined {
            logger.warning(
                "row quarantined",
                metadata: [
                    "url": "\(url)", "line": "\(row.line)", "rule": "\(row.rule.rawValue)", "value": "\(row.value)",
                ])
        }
        return (ingest.matches.count + ingest.fixtures.count, outcome.inserted + outcome.updated)
    }

    private func decode(
        _ file: FeedFile, body: FetchedBody, url: String, _ context: JobContext
    ) throws(FileError) -> Ingest {
        let division = context.settings.feed.division
        var matches: [Match] = []
        var fixtures: [Fixture] = []
        let quarantined: [QuarantinedRow]
        do throws(FeedError) {
            switch file {
            case .season(let season):
                let decoded = try SeasonFile.decode(body.bytes, division: division, season: season)
                matches = decoded.rows
                quarantined = decoded.quarantined
            case .fixtures:
                let decoded = try FixturesFile.decode(body.bytes, division: division)
                fixtures = decoded.rows
                quarantined = decoded.quarantined
            }
        } catch {
            throw .feed(error)
        }
        return Ingest(
            source: file.source.rawValue, url: url, at: context.now, matches: matches, fixtures: fixtures,
            quarantined: quarantined, etag: body.validators.etag, lastModified: body.validators.lastModified,
            synthetic: isSynthetic)
    }
}
