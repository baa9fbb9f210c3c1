internal import Fetch
internal import Football
internal import FoundationEssentials
internal import History
internal import Logging

/// Fetches the files of every feed that is switched on, and keeps what is valid.
///
/// Each file is a unit: one that fails leaves the others, and what was known of it, as they are.
struct IngestJob: Job {
    let history: History
    let instruments: FeedInstruments
    let isSynthetic: Bool
    let logger: Logger
    let gates = HostGates(seed: 1)
    let fantasyTeams = FantasyTeams()

    func run(_ context: JobContext) async throws(JobError) -> JobResult {
        let files = try await dueFiles(context)
        let fetcher = Fetcher(context.settings.feed, gates: gates, seed: context.settings.model.seed)
        var failures: [String] = []
        var read: [FeedProvider: Bool] = [:]
        var itemsIn = 0
        var itemsOut = 0
        for file in files {
            if Task.isCancelled { throw .cancelled }
            let url = file.url(context.settings.feed)
            do throws(FileError) {
                let outcome = try await ingest(file, url: url, with: fetcher, context)
                itemsIn += outcome.seen
                itemsOut += outcome.written
                read[file.provider] = true
            } catch {
                if case .fetch(.cancelled) = error { throw .cancelled }
                if file.mayBeUnpublished(at: context.now, error: error) {
                    logger.info("season file not published yet", metadata: ["url": "\(url)"])
                    instruments.succeeded(source: file.source, at: context.now)
                    read[file.provider] = true
                    continue
                }
                instruments.failed(source: file.source, error)
                logger.error("feed file failed", metadata: ["url": "\(url)", "error": "\(error)"])
                if case .history(let error) = error, case .unavailable = error { throw .history(error) }
                read[file.provider] = read[file.provider] ?? false
                failures.append("\(url): \(error)")
            }
        }
        let heard = Dictionary(uniqueKeysWithValues: read.map { ($0.key.rawValue, $0.value) })
        try await withHistory { () throws(HistoryError) in try await history.note(heard, at: context.now) }
        let snapshot = try await taken(context, hasNews: itemsOut > 0)
        if let first = failures.first { throw .feed(failed: failures.count, of: files.count, first: first) }
        return JobResult(itemsIn: itemsIn, itemsOut: itemsOut, snapshot: snapshot)
    }

    /// What is known of the data after a run.
    private func taken(_ context: JobContext, hasNews: Bool) async throws(JobError) -> Snapshot {
        var snapshot = context.snapshot
        snapshot.agenda = try await IngestJob.agenda(history, context.settings, at: context.now)
        if hasNews || snapshot.quality == nil {
            let matches = try await withHistory { () throws(HistoryError) in try await history.matches() }
            snapshot.quality = Snapshot.Quality(matches, settings: context.settings, at: context.now)
        }
        return snapshot
    }

    /// The matches that freshness is judged by: of the season being played and of the one before.
    static func agenda(
        _ history: History, _ settings: Settings, at now: Date
    ) async throws(JobError) -> [AgendaItem] {
        let current = Season(containing: Day(containing: now))
        return try await withHistory { () throws(HistoryError) in
            try await history.agenda(
                division: settings.feed.division, from: Season(startYear: current.startYear - 1))
        }
    }

    /// The coming fixtures, the season being played, and each finished season that has not been asked for lately.
    private func dueFiles(_ context: JobContext) async throws(JobError) -> [FeedFile] {
        let feed = context.settings.feed
        let others: [FeedFile] =
            (feed.organisationTokenFile.isEmpty ? [] : [.organisation]) + (feed.fantasy ? [.fantasy] : [])
        guard feed.footballDataCoUK else { return others }
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
        return files + [.fixtures] + others
    }

    private func ingest(
        _ file: FeedFile, url: String, with fetcher: Fetcher, _ context: JobContext
    ) async throws(FileError) -> (seen: Int, written: Int) {
        let known = try await file.history { () throws(HistoryError) in try await history.validators(url: url) }
        let request = FetchRequest(
            url: url, validators: known.map { Validators(etag: $0.etag, lastModified: $0.lastModified) },
            headers: try headers(of: file, context.settings.feed))
        guard case .modified(let body) = try await fetch(file, request, with: fetcher, context) else {
            instruments.notModified(source: file.source, at: context.now)
            return (0, 0)
        }
        let decoded = try await decode(file, body: body, url: url, with: fetcher, context)
        let outcome = try await file.history { () throws(HistoryError) in try await history.record(decoded.ingest) }
        try await keepColumns(of: file, decoded, context)
        instruments.ingested(source: file.source, ingest: decoded.ingest, outcome: outcome)
        instruments.succeeded(source: file.source, at: context.now)
        tell(decoded, outcome)
        if file != .fixtures { try await tellDisagreements(of: file, context) }
        return (decoded.ingest.matches.count + decoded.ingest.fixtures.count, outcome.inserted + outcome.updated)
    }

    /// Names what became different since the file, or one like it, was last read.
    private func keepColumns(
        of file: FeedFile, _ decoded: DecodedFile, _ context: JobContext
    ) async throws(FileError) {
        let feed = context.settings.feed
        let changes = try await file.history { () throws(HistoryError) in
            try await history.keep(
                decoded.schema, url: decoded.ingest.url, predecessor: file.predecessor(feed, at: context.now))
        }
        for change in changes {
            instruments.changed(source: file.source, change)
            logger.warning(
                "feed column changed",
                metadata: [
                    "url": "\(decoded.ingest.url)", "column": "\(change.column)", "change": "\(change.change.rawValue)",
                ])
        }
    }

    /// Names the scores that feeds give differently, each once.
    private func tellDisagreements(of file: FeedFile, _ context: JobContext) async throws(FileError) {
        let feed = context.settings.feed
        let season = Season(containing: Day(containing: context.now))
        let found = try await file.history { () throws(HistoryError) in
            try await history.newDisagreements(
                division: feed.division, from: Season(startYear: season.startYear - 1), at: context.now)
        }
        for disagreement in found {
            instruments.found(disagreement)
            logger.warning(
                "feeds disagree",
                metadata: [
                    "home": "\(disagreement.key.home)", "away": "\(disagreement.key.away)",
                    "source": "\(disagreement.source)", "score": "\(disagreement.score.rawValue)",
                    "theirs": "\(disagreement.theirs.home)-\(disagreement.theirs.away)",
                    "kept": "\(disagreement.kept.home)-\(disagreement.kept.away)",
                ])
        }
    }

    private func tell(_ decoded: DecodedFile, _ outcome: IngestOutcome) {
        for column in decoded.unusable {
            logger.warning("feed column unusable", metadata: ["url": "\(decoded.ingest.url)", "column": "\(column)"])
        }
        // A file that changes brings its bad rows along: each is told when it is first seen.
        for row in decoded.ingest.quarantined where outcome.newlyQuarantinedLines.contains(row.line) {
            logger.warning(
                "row quarantined",
                metadata: [
                    "url": "\(decoded.ingest.url)", "line": "\(row.line)", "rule": "\(row.rule.rawValue)",
                    "value": "\(row.value)",
                ])
        }
        for correction in outcome.corrections {
            logger.warning(
                "result corrected",
                metadata: [
                    "home": "\(correction.key.home)", "away": "\(correction.key.away)",
                    "before": "\(correction.before.home)-\(correction.before.away)",
                    "after": "\(correction.after.home)-\(correction.after.away)", "revision": "\(correction.revision)",
                ])
        }
    }
}
