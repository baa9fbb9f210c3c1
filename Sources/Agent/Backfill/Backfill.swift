internal import Exposition
internal import Football
public import FoundationEssentials
internal import Hummingbird
internal import Logging
internal import UnixSignals

/// Plays past seasons with the clock of the time, and writes what Prometheus would have scraped.
///
/// The same jobs run on the same feed files as they were known on each day, in a private database that is removed
/// afterwards; the samples are read from the page that the agent would have shown. Nothing is computed a second way.
public struct Backfill: Sendable {
    /// What to play, and what is written of it.
    public struct Options: Sendable {
        /// The folder of season files, `2324/E0.csv` and so on; what lies before ``from`` is known at the start.
        public var data: String
        /// The first instant.
        public var from: Date
        /// The last instant.
        public var through: Date
        /// The time between two samples of a series, and so between two runs of the schedule.
        public var interval: Duration
        /// From when on days are played without being written, so that ``from`` finds scores and drift with a past.
        public var warmUp: Date?
        /// The label `job`.
        public var job = "touchline"
        /// The label `instance`.
        public var instance = "localhost:9876"
        /// Whether also what is said of the process, the database and the scrape itself is written.
        public var everything = false
        /// The folder for the private database; it is removed.
        public var directory: String

        /// Makes options from what was typed, both ends at midnight UTC and included.
        ///
        /// - Parameters:
        ///   - data: The folder of season files.
        ///   - from: The first day, such as `2016-07-01`.
        ///   - to: The last day.
        ///   - every: The interval, such as `1d`.
        ///   - warmUp: The first day that is played and not written; nil begins with the first day.
        ///   - directory: The folder for the private database.
        /// - Throws: ``SettingsError/badFlag(name:why:)`` for what is no day or duration, or an empty span.
        public init(
            data: String, from: String, to: String, every: String, warmUp: String? = nil, directory: String
        ) throws(SettingsError) {
            func midnight(_ text: String, _ flag: String) throws(SettingsError) -> Date {
                guard let day = Day(iso: text) else {
                    throw .badFlag(name: flag, why: "'\(text)' is no day such as 2016-07-01")
                }
                return day.start
            }
            self.data = data
            self.directory = directory
            (self.from, through) = (try midnight(from, "--from"), try midnight(to, "--to"))
            guard let interval = DurationText.parse(every), interval >= .seconds(1) else {
                throw .badFlag(name: "--every", why: "'\(every)' is no duration of a second or more, such as 1d or 1m")
            }
            self.interval = interval
            self.warmUp = if let warmUp { try midnight(warmUp, "--warm-up") } else { nil }
            guard self.warmUp ?? self.from <= self.from else {
                throw .badFlag(name: "--warm-up", why: "it begins after the first day")
            }
            guard self.from <= through else { throw .badFlag(name: "--to", why: "the span ends before it begins") }
        }
    }

    /// Where the samples go.
    public enum Destination: Sendable {
        /// An OpenMetrics file with timestamps, for `promtool tsdb create-blocks-from openmetrics`.
        case file(String)
        /// A server's remote-write URL.
        case remoteWrite(String)
    }

    /// What was written.
    public struct Summary: Sendable, Equatable {
        /// Instants that were played.
        public var instants = 0
        /// Series that had a sample at one of them.
        public var series = 0
        /// Samples in all.
        public var samples = 0
        /// Bytes of the file, or of the requests' bodies.
        public var bytes = 0
        /// Requests that were sent; 0 for a file.
        public var requests = 0
    }

    let options: Options
    let settings: Settings

    /// Describes a backfill; nothing runs until ``run(to:progress:)``.
    ///
    /// - Parameters:
    ///   - options: What to play.
    ///   - settings: The settings of the agent that is played: its schedule, its model, its windows. Feed, database and
    ///     addresses are the replay's own.
    public init(_ options: Options, settings: Settings) {
        self.options = options
        self.settings = Backfill.settings(settings, options)
    }

    /// Plays and writes; on any end the private database is gone, also at SIGTERM and SIGINT.
    ///
    /// - Parameters:
    ///   - destination: Where the samples go.
    ///   - progress: Called after each instant with how many were played, and how many there are.
    /// - Returns: What was written.
    /// - Throws: ``AgentError`` that says what cannot be read, played or written, or that a signal stopped it.
    public func run(
        to destination: Destination, progress: @escaping @Sendable (Int, Int) -> Void
    ) async throws -> Summary {
        let folder = ScratchFolder(path: options.directory)
        folder.removeForsaken()
        defer { folder.remove() }
        let signals = await UnixSignalsSequence(trapping: .sigterm, .sigint)
        return try await withThrowingTaskGroup(of: Summary.self) { tasks in
            tasks.addTask { try await play(to: destination, progress: progress) }
            tasks.addTask {
                for await _ in signals { throw AgentError.job("stopped by a signal before the end") }
                throw CancellationError()
            }
            do {
                guard let summary = try await tasks.next() else { throw CancellationError() }
                tasks.cancelAll()
                return summary
            } catch {
                // What was played is of no use to anybody: a job or a stop in order is not waited for.
                tasks.cancelAll()
                folder.remove()
                throw error
            }
        }
    }

    private func play(
        to destination: Destination, progress: @escaping @Sendable (Int, Int) -> Void
    ) async throws -> Summary {
        let division = settings.feed.division
        let matches = try SeasonFolder(path: options.data, division: division).matches()
        let played = warmUp + instants
        let replayed = ReplayedInstant(played.first ?? options.from)
        let sink: any BackfillSink =
            switch destination {
            case .file(let path): try OpenMetricsFile(path)
            case .remoteWrite(let url): RemoteWriter(url)
            }
        let recorder = BackfillRecorder(options, sink)
        try await withFeed(ReplayFeed(matches, division: division, at: replayed)) { port in
            var settings = settings
            settings.feed.baseURL = "http://127.0.0.1:\(port)"
            let agent = try Agent(settings: settings, load: { [settings] in settings }, clock: replayed.clock)
            let before = warmUp.count
            try await agent.replay(played.enumerated(), warmUp: before, at: replayed) { number, instant in
                if number >= before {
                    try await recorder.record(agent.registry.page(as: .openMetrics1), at: instant)
                }
                progress(number + 1, played.count)
            }
        }
        try await recorder.finish()
        return await recorder.summary
    }

    /// The days before the first instant that are played and not written.
    private var warmUp: [Date] {
        guard let start = options.warmUp else { return [] }
        return stride(from: start.timeIntervalSince1970, to: options.from.timeIntervalSince1970, by: 86_400)
            .map(Date.init(timeIntervalSince1970:))
    }

    /// From the first instant on, an interval apart.
    var instants: [Date] {
        let step = options.interval.seconds
        return Array(
            stride(
                from: options.from.timeIntervalSince1970, through: options.through.timeIntervalSince1970, by: step)
        ).map(Date.init(timeIntervalSince1970:))
    }

    /// Runs a feed on loopback for as long as the body takes.
    func withFeed(_ feed: ReplayFeed, body: @escaping @Sendable (Int) async throws -> Void) async throws {
        let ports = AsyncStream.makeStream(of: Int.self)
        let server = Application(
            responder: feed, configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { ports.continuation.yield($0.localAddress?.port ?? 0) },
            logger: Logger(label: "touchline.replay") { _ in SwiftLogNoOpLogHandler() })
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await server.run() }
            tasks.addTask {
                guard let port = await ports.stream.first(where: { _ in true }) else { return }
                try await body(port)
            }
            try await tasks.next()
            tasks.cancelAll()
        }
    }
}
