internal import Football
internal import FoundationEssentials
internal import History

/// What the shipped alarms for drift are worth: how often they are false, and how soon they find what is injected.
///
/// Past seasons are replayed as they were, and drawn anew by blocks of half a week so that nothing drifts in them.
public struct DriftCalibration: Sendable {
    /// How much is drawn.
    public struct Options: Sendable {
        /// Seasons drawn for the comparison of windows without drift.
        public var seasons = 200
        /// Seasons drawn for each change that is injected.
        public var injected = 100
        /// Seasons of scores drawn for each faulty forecaster; of a healthy one five times as many.
        public var scored = 400
        /// The year in which the first season begins of which scores are drawn; nil for the first that can be forecast.
        public var scoredFrom: Int?
        /// Where all draws begin.
        public var seed: UInt64 = 1

        /// Makes the usual options.
        public init() {}
    }

    /// Called with how much is done, and of how much.
    public typealias Progress = @Sendable (_ done: Int, _ all: Int) -> Void

    let settings: Settings.Drift
    let options: Options

    /// Makes a calibration of the settings' alarms.
    public init(settings: Settings, options: Options) {
        self.settings = settings.drift
        self.options = options
    }

    /// Calibrates on a folder of season files (`2324/E0.csv`), as football-data.co.uk names them.
    ///
    /// - Parameters:
    ///   - folder: The folder.
    ///   - division: The division's code.
    ///   - progress: Told how far it has come.
    /// - Returns: The rates and delays.
    /// - Throws: ``AgentError/job(_:)`` that says what cannot be read, or that there are too few matches.
    public func run(
        folder: String, division: String, progress: @escaping Progress
    ) async throws(AgentError) -> Report {
        try await run(SeasonFolder(path: folder, division: division).matches(), progress: progress)
    }

    /// Calibrates on finished matches.
    @concurrent
    func run(_ matches: [Match], progress: @escaping Progress) async throws(AgentError) -> Report {
        let matches = matches.sorted { $0.fixture.day < $1.fixture.day }
        guard matches.count >= 2_000 else {
            throw .job("\(matches.count) finished matches are too few to replay seasons; 2000 are needed")
        }
        let windows = WindowReplay(matches, rule: DriftRule(settings: settings), seed: options.seed)
        let all = options.seasons + WindowReplay.injections.count * options.injected + ScoreReplay.all(options.scored)
        var done = 0
        func step() throws(AgentError) {
            done += 1
            if done % 10 == 0 || done == all { progress(done, all) }
            if Task.isCancelled { throw .job("stopped before it was done") }
        }
        let rates = try windows.falseAlarms(options.seasons, step: step)
        var delays: [Delay] = []
        for injection in WindowReplay.injections {
            delays.append(try windows.delay(of: injection, options.injected, step: step))
        }
        let past: PlayedSeasons
        do { past = try await PlayedSeasons(matches, from: options.scoredFrom) } catch {
            throw .job("\(error)")
        }
        if let from = options.scoredFrom, past.seasons.isEmpty {
            throw .job("no whole season with odds from \(from) on has the three to six seasons before it that teach")
        }
        let scores = ScoreReplay(past, seed: options.seed)
        let streams = try scores.rates(options.scored, step: step)
        return Report(
            windowMatches: settings.windowMatches, referenceMatches: settings.referenceMatches,
            significanceLevel: settings.significanceLevel, falseAlarms: rates, delays: delays, streams: streams,
            seasons: windows.seasons(), scores: scores.seasons())
    }
}

extension DriftCalibration {
    /// How often an alarm was raised in drawn seasons in which nothing drifts.
    public struct Rate: Sendable, Codable, Equatable {
        /// What is judged.
        public let alarm: String
        /// Seasons drawn.
        public let seasons: Int
        /// Seasons with at least one alarm.
        public let alarms: Int
        /// Their share.
        public var ratio: Double { seasons > 0 ? Double(alarms) / Double(seasons) : 0 }
    }

    /// How soon an injected change was found.
    public struct Delay: Sendable, Codable, Equatable {
        /// What was changed, in mid-season.
        public let change: String
        /// Seasons drawn.
        public let seasons: Int
        /// Seasons in which it was found within half a season.
        public let found: Int
        /// Matches from the change to the finding at the median of all seasons; nil if half of them have no finding.
        public let medianMatches: Int?
    }

    /// How often, and how soon, a detector found a forecaster wanting.
    public struct StreamRate: Sendable, Codable, Equatable {
        /// The forecaster.
        public let forecaster: String
        /// The detector.
        public let detector: String
        /// Seasons drawn.
        public let seasons: Int
        /// Seasons with a detection after the fault began.
        public let found: Int
        /// Matches from the fault's beginning to the detection at the median of all seasons; nil if half have none.
        public let medianMatches: Int?
        /// What the largest statistic of 1 season in 20 reaches.
        public let largestOfTwenty: Double
        /// The statistic that 1 healthy season in 20 reaches; nil for detectors that are not judged by one.
        ///
        /// A healthy forecaster is the market itself, and for the paired sum a model without odds.
        public let limitOfTwenty: Double?
        /// Seasons with a detection if that were the threshold.
        public let foundAlike: Int?
        /// Matches to it at the median of all seasons; nil if half have none.
        public let medianAlike: Int?
    }

    /// What was found in a past season as it was.
    public struct Season: Sendable, Codable, Equatable {
        /// The season.
        public let season: String
        /// What was found, and after how many of the season's matches for the first time.
        public let found: [String: Int]
    }

    /// All of it.
    public struct Report: Sendable, Codable, Equatable {
        /// Matches in the window.
        public let windowMatches: Int
        /// Matches in the reference.
        public let referenceMatches: Int
        /// The family-wise error rate of one look.
        public let significanceLevel: Double
        /// False alarms by window.
        public let falseAlarms: [Rate]
        /// Delays by window.
        public let delays: [Delay]
        /// Detectors on the stream of scores.
        public let streams: [StreamRate]
        /// Past seasons, by window.
        public let seasons: [Season]
        /// Past seasons, by detector and forecaster.
        public let scores: [Season]
    }
}
