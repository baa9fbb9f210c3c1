public import Drift
public import Football

/// Everything the agent needs to know before it starts; past this type nothing is optional because of configuration.
public struct Settings: Sendable, Equatable {
    /// Where it listens and how it answers.
    public var web = Web()
    /// What it logs, and how.
    public var log = Log()
    /// The folder for the private database cluster; absolute.
    public var stateDirectory: String
    /// Which PostgreSQL it uses.
    public var database = Database()
    /// Where league data comes from.
    public var feed = Feed()
    /// When each job runs.
    public var schedule = Schedule()
    /// How the model is trained.
    public var model = Model()
    /// How far ahead it forecasts.
    public var forecastHorizon = Duration.seconds(14 * 86_400)
    /// How settled forecasts are scored.
    public var score = Score()
    /// Which bets are simulated.
    public var betting = Betting()
    /// What is done with alerts that Alertmanager tells of.
    public var alerts = Alerts()
    /// How drift is looked for.
    public var drift = Drift()
    /// Where backups go, and how many are kept.
    public var backup = Backup()
    /// How long rows are kept that nothing is computed from.
    public var retention = Retention()
    /// Which tracking server is told of every training.
    public var mlflow = MLflow()
    /// How long a clean stop may take before it is cut short.
    public var shutdownTimeout = Duration.seconds(20)

    /// Makes the defaults for a state directory.
    public init(stateDirectory: String) {
        self.stateDirectory = stateDirectory
    }

    /// Where the agent listens and how it answers.
    public struct Web: Sendable, Equatable {
        /// Addresses as `host:port`; an empty host means all interfaces.
        public var listenAddresses = ["127.0.0.1:9876"]
        /// The path of the metrics page.
        public var telemetryPath = "/metrics"
        /// Scrapes answered at once before more get 503.
        public var maximumRequests = 40
        /// Whether `/-/reload` acts.
        public var enableLifecycle = false
    }

    /// What the agent logs, and how.
    public struct Log: Sendable, Equatable {
        /// The least severe level that is written.
        public var level = LogLevel.info
        /// One line of text or of JSON.
        public var format = LogFormat.logfmt
    }

    /// Which PostgreSQL the agent uses.
    public struct Database: Sendable, Equatable {
        /// A libpq connection string or URI without a password; empty for a private cluster in the state directory.
        public var connectionString = ""
        /// A file that holds the password; empty for none.
        public var passwordFile = ""
        /// The folder of PostgreSQL's server binaries for the private cluster; empty to look for them.
        public var binaries = ""
        /// Connections held at once, 1 to 5.
        public var maximumConnections = 5
        /// The size that the file of facts that wait for PostgreSQL may reach, in bytes.
        public var spoolMaximumBytes = 64 << 20
    }

    /// Where backups go, and how many are kept.
    public struct Backup: Sendable, Equatable {
        /// The folder; empty for `backups` in the state directory.
        public var directory = ""
        /// How many of the newest backups are kept.
        public var keep = 7
    }

    /// How long rows are kept that nothing is computed from.
    public struct Retention: Sendable, Equatable {
        /// Attempts to get a feed.
        public var fetches = Duration.seconds(90 * 86_400)
        /// Runs of jobs; the last success of each job is kept always.
        public var jobRuns = Duration.seconds(365 * 86_400)
        /// Refused rows.
        public var quarantinedRows = Duration.seconds(365 * 86_400)
        /// What Alertmanager told of.
        public var alertNotifications = Duration.seconds(730 * 86_400)
        /// Scores that feeds give differently.
        public var feedDisagreements = Duration.seconds(1_095 * 86_400)
        /// Scores of forecasts that a corrected result replaced.
        public var supersededEvaluations = Duration.seconds(1_095 * 86_400)
        /// Forecasts of invented fixtures.
        public var fallbackPredictions = Duration.seconds(90 * 86_400)
        /// How many archived models keep their bytes, of those that served and of those that never did.
        public var archivedModels = 20
    }

    /// Where league data comes from.
    public struct Feed: Sendable, Equatable {
        /// Where `mmz4281/<season>/<division>.csv` and `fixtures.csv` are found.
        public var baseURL = "https://www.football-data.co.uk"
        /// The division's code.
        public var division = "E0"
        /// The first season to fetch.
        public var firstSeason = Season(startYear: 2005)
        /// The last season to fetch; nil for the one that is being played.
        public var lastSeason: Season?
        /// Whether football-data.co.uk's files are fetched.
        public var footballDataCoUK = true
        /// Whether the fantasy game's fixtures are fetched.
        public var fantasy = false
        /// Where `api/fixtures/` and `api/bootstrap-static/` are found.
        public var fantasyURL = "https://fantasy.premierleague.com"
        /// Where `v4/competitions/PL/matches` is found.
        public var organisationURL = "https://api.football-data.org"
        /// A file that holds football-data.org's token; empty to leave that feed out.
        public var organisationTokenFile = ""
        /// From a kick-off until its result counts as overdue.
        public var resultLag = Duration.seconds(4 * 86_400)
        /// From when its odds count as overdue until a kick-off.
        public var oddsLead = Duration.seconds(2 * 3600)
        /// From the last known kick-off of a season that is not over until the next fixture counts as overdue.
        public var fixtureGap = Duration.seconds(28 * 86_400)
        /// Weeks without a match that are known beforehand, in which no fixtures are due.
        public var breaks = Season.knownBreaks
        /// What stands in while none of the feeds answers.
        public var fallback = FeedFallback.none
        /// How long every feed must have failed before that begins.
        public var fallbackAfter = Duration.seconds(2 * 86_400)
        /// How long a host is left alone between two requests.
        public var pause = Duration.milliseconds(250)
        /// Fetches in a row that fail before a host is left alone for longer.
        public var breakerFailures = 5
        /// How long it is then left alone; it doubles, up to eightfold, while the host goes on failing.
        public var breakerPause = Duration.seconds(900)
        /// How long a finished season's file is believed before it is asked for again.
        public var refetchFinishedSeasons = Duration.seconds(7 * 86_400)
        /// Bound on connecting.
        public var connectTimeout = Duration.seconds(10)
        /// Bound on one attempt as a whole.
        public var timeout = Duration.seconds(60)
        /// Bound on a file's size after decompression, in bytes.
        public var maximumBytes = 16 << 20
        /// Attempts for one file, the first included.
        public var attempts = 3
    }

    /// When each job runs: cron expressions in UTC, or spans.
    public struct Schedule: Sendable, Equatable {
        /// Each job's instants.
        public var crons: [JobName: CronExpression] = [
            .ingest: .everyQuarterHour, .evaluate: .everyQuarterHour, .decide: .everyQuarterHour,
            .train: .daily(hour: 4, minute: 30),
            .predict: .everyQuarterHour, .drift: .hourly(minute: 20),
            .backup: .daily(hour: 3, minute: 0), .retain: .daily(hour: 3, minute: 30),
        ]
        /// The most by which a job is put off, so that many agents do not ask a feed at once.
        public var jitter = Duration.seconds(30)
        /// The pause before a failed job is tried again; it doubles with each further failure, up to an hour.
        public var retryPause = Duration.seconds(60)
        /// How long a job may run before it is cancelled.
        public var jobTimeout = Duration.seconds(3600)
    }

    /// How the model is trained.
    public struct Model: Sendable, Equatable {
        /// Trees in the forest.
        public var trees = Recipe.served.trees
        /// The deepest a tree may grow.
        public var maximumDepth = Recipe.served.maximumDepth
        /// The fewest matches in a leaf.
        public var minimumLeaf = Recipe.served.minimumLeaf
        /// The seed of the forest's randomness.
        public var seed: UInt64 = 1
        /// Threads that train; nil for one fewer than the machine has cores, at least one.
        public var threads: Int?
        /// The age at which the model is reported as too old.
        public var maximumAge = Duration.seconds(7 * 86_400)
        /// How long after a training drift, scores and age are no reason for another.
        public var retrainPause = Duration.seconds(86_400)
        /// By how much a candidate's log loss may be above the champion's for it to be promoted.
        public var promotionMargin = 0.002
        /// The share of matches whose forecast is served from the candidate while there is one.
        public var candidateShare = 0.0
        /// The fewest finished matches to train on.
        public var minimumMatches = 380
        /// The newest matches that are held out to score a new model before it is trained on everything.
        public var holdoutMatches = 380
    }

    /// How settled forecasts are scored.
    public struct Score: Sendable, Equatable {
        /// The newest settled forecasts that the scores cover.
        public var windowMatches = 380
        /// The fewest settled forecasts on which an alert may act.
        public var minimumMatches = 100
    }

    /// Which bets are simulated; no money moves anywhere.
    public struct Betting: Sendable, Equatable {
        /// Whether bets are simulated; without it, open ones are still settled.
        public var enabled = true
        /// What a wallet begins with, in units of its own.
        public var openingBalance = 1_000
        /// The flat bettor's stake, in the same units.
        public var flatStake = 10
        /// The expected profit per unit staked above which the flat bettor bets.
        public var flatEdge = 0.0
        /// The share of Kelly's stake that is bet.
        public var kellyFraction = 0.25
        /// The most that is bet of the balance by Kelly's rule.
        public var kellyCap = 0.05
        /// The least probability of an outcome that the third strategy bets on.
        public var ruleConfidence = 0.6
        /// The least expected gain per stake that it bets on.
        public var ruleEdge = 0.1
        /// The most that it bets of the balance.
        public var ruleCap = 0.05
        /// The drawdown that is reported, as a share of the highest balance.
        public var drawdownLimit = 0.3
    }

    /// What is done with alerts that Alertmanager tells of.
    public struct Alerts: Sendable, Equatable {
        /// Whether `/api/v1/alerts/webhook` takes them.
        public var webhook = true
        /// Names of the alerts because of which a model is trained.
        public var trainOn = ["TouchlineDriftDetected"]
    }

    /// How drift is looked for.
    public struct Drift: Sendable, Equatable {
        /// How many of the newest matches are compared.
        public var windowMatches = 190
        /// With how many matches before those they are compared: the longer, the more a slow trend counts as drift.
        public var referenceMatches = 380
        /// The fewest matches on either side for a verdict.
        public var minimumMatches = 100
        /// The family-wise error rate of one evaluation; a season has some forty that share most of their matches.
        public var significanceLevel = 0.003
        /// How p-values are corrected for the number of features.
        public var correction = Correction.holm
        /// By how much the odds' margin must move to be reported; 0.01 is one point of the overround.
        public var marginShift = 0.01
    }
}

/// What stands in while no feed answers.
public enum FeedFallback: String, CaseIterable, Sendable {
    /// Nothing: what is known runs out.
    case none
    /// Invented fixtures at odds by the teams' strength, marked as such and never scored.
    case simulation
}

/// How severe a log line must be to be written.
public enum LogLevel: String, CaseIterable, Sendable {
    /// Everything.
    case debug
    /// What an operator wants to read.
    case info
    /// What may need attention.
    case warn
    /// What failed.
    case error
}

/// The form of a log line.
public enum LogFormat: String, CaseIterable, Sendable {
    /// `level=info msg="..." key=value`.
    case logfmt
    /// One JSON object.
    case json
}

extension Settings {
    /// Puts flags over what the file says; a flag that was not given changes nothing.
    ///
    /// - Parameters:
    ///   - listenAddresses: Replaces `web.listen_addresses` unless empty.
    ///   - telemetryPath: Replaces `web.telemetry_path`.
    ///   - maximumRequests: Replaces `web.max_requests`.
    ///   - enableLifecycle: Turns `web.enable_lifecycle` on.
    ///   - logLevel: Replaces `log.level`.
    ///   - logFormat: Replaces `log.format`.
    /// - Throws: ``SettingsError/badFlag(name:why:)``.
    public mutating func override(
        listenAddresses: [String], telemetryPath: String?, maximumRequests: Int?, enableLifecycle: Bool,
        logLevel: String?, logFormat: String?
    ) throws(SettingsError) {
        for address in listenAddresses where ListenAddress(address) == nil {
            throw .badFlag(name: "--web.listen-address", why: "'\(address)' is not host:port")
        }
        if !listenAddresses.isEmpty { web.listenAddresses = listenAddresses }
        if let telemetryPath {
            guard Settings.isTelemetryPath(telemetryPath) else {
                throw .badFlag(name: "--web.telemetry-path", why: "'\(telemetryPath)' cannot hold the metrics page")
            }
            web.telemetryPath = telemetryPath
        }
        if let maximumRequests {
            guard maximumRequests > 0 else { throw .badFlag(name: "--web.max-requests", why: "must be at least 1") }
            web.maximumRequests = maximumRequests
        }
        if enableLifecycle { web.enableLifecycle = true }
        if let logLevel {
            guard let level = LogLevel(rawValue: logLevel) else {
                throw .badFlag(name: "--log.level", why: "'\(logLevel)' is not debug, info, warn or error")
            }
            log.level = level
        }
        if let logFormat {
            guard let format = LogFormat(rawValue: logFormat) else {
                throw .badFlag(name: "--log.format", why: "'\(logFormat)' is not logfmt or json")
            }
            log.format = format
        }
    }
}
