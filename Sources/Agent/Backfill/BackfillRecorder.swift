internal import Exposition
internal import FoundationEssentials

/// Where the samples of a backfill go.
protocol BackfillSink: Sendable {
    /// Takes what a page said at an instant.
    ///
    /// - Parameters:
    ///   - values: The values, by series.
    ///   - milliseconds: The instant as Unix time.
    ///   - history: The series and families by position.
    /// - Throws: ``AgentError/job(_:)`` if it cannot be kept.
    mutating func take(_ values: [ScrapeHistory.Value], at milliseconds: Int64, _ history: ScrapeHistory) async throws
    /// Takes note that nothing follows, and returns how many bytes and requests it came to.
    mutating func finish(_ history: ScrapeHistory) async throws -> (bytes: Int, requests: Int)
}

/// Reads each page of a replay and hands its samples on.
actor BackfillRecorder {
    private(set) var summary = Backfill.Summary()
    private var history: ScrapeHistory
    private var sink: (any BackfillSink)?
    private let everything: Bool

    init(_ options: Backfill.Options, _ sink: any BackfillSink) {
        let everything = options.everything
        history = ScrapeHistory(job: options.job, instance: options.instance) {
            everything || Backfill.isWritten($0)
        }
        self.everything = everything
        self.sink = sink
    }

    func record(_ page: Page, at instant: Date) async throws {
        guard var sink else { return }
        var values = history.read(page.bytes)
        // What the scraper itself says of a target that answered.
        if everything { values += history.read(Array("# HELP up The scrape.\n# TYPE up gauge\nup 1\n".utf8)) }
        summary.instants += 1
        summary.samples += values.count
        summary.series = history.series.count
        // Nothing else uses the sink meanwhile: pages come one after the other.
        self.sink = nil
        try await sink.take(values, at: Int64((instant.timeIntervalSince1970 * 1000).rounded()), history)
        self.sink = sink
    }

    func finish() async throws {
        guard var sink else { return }
        (summary.bytes, summary.requests) = try await sink.finish(history)
        self.sink = nil
    }
}
