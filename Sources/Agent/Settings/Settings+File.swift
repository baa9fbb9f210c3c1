internal import Drift
internal import Football
internal import FoundationEssentials

extension Settings {
    /// Reads a configuration file; keys that it does not give keep their defaults.
    ///
    /// - Parameters:
    ///   - path: The YAML file.
    ///   - stateDirectory: The state directory if the file does not name one.
    /// - Returns: The complete settings.
    /// - Throws: ``SettingsError`` naming the file, line and key of the first thing that does not fit.
    public static func load(path: String, stateDirectory: String) throws(SettingsError) -> Settings {
        let text: String
        do {
            text = try String(contentsOfFile: path, encoding: .utf8)
        } catch {
            let why = FileManager.default.fileExists(atPath: path) ? "not a readable text file" : "no such file"
            throw .unreadable(file: path, why: why)
        }
        return try Settings(yaml: text, file: path, stateDirectory: stateDirectory)
    }

    /// Reads configuration text; `file` names it in errors and anchors relative paths.
    init(yaml text: String, file: String, stateDirectory: String) throws(SettingsError) {
        self.init(stateDirectory: stateDirectory)
        let top = try SettingsReader(file: file, text: text)
        try top.allow([
            "web", "log", "state_directory", "database", "feed", "schedule", "model", "forecast", "score", "betting",
            "alerts", "drift",
            "backup", "retention", "mlflow", "shutdown_timeout",
        ])
        self.stateDirectory = Settings.resolve(
            try top.text("state_directory", default: stateDirectory), relativeTo: file)
        shutdownTimeout = try top.duration("shutdown_timeout", default: shutdownTimeout, minimum: .seconds(1))
        try readWeb(top.section("web"))
        try readLog(top.section("log"))
        try readDatabase(top.section("database"), file: file)
        try readFeed(top.section("feed"))
        try readFeedSources(top.section("feed"), file: file)
        try readSchedule(top.section("schedule"))
        try readModel(top.section("model"))
        let forecast = try top.section("forecast")
        try forecast.allow(["horizon"])
        forecastHorizon = try forecast.duration("horizon", default: forecastHorizon, minimum: .seconds(3600))
        let score = try top.section("score")
        try score.allow(["window_matches", "minimum_matches"])
        self.score.windowMatches = try score.count("window_matches", default: self.score.windowMatches, in: 10...10_000)
        self.score.minimumMatches = try score.count(
            "minimum_matches", default: self.score.minimumMatches, in: 10...10_000)
        try readBetting(top.section("betting"))
        let alerts = try top.section("alerts")
        try alerts.allow(["webhook", "train_on"])
        self.alerts.webhook = try alerts.flag("webhook", default: self.alerts.webhook)
        self.alerts.trainOn = try alerts.list("train_on") ?? self.alerts.trainOn
        try readDrift(top.section("drift"))
        try readBackup(top.section("backup"), file: file)
        try readRetention(top.section("retention"))
        try readMLflow(top.section("mlflow"), file: file)
    }

    private mutating func readWeb(_ section: SettingsReader) throws(SettingsError) {
        try section.allow(["listen_addresses", "telemetry_path", "max_requests", "enable_lifecycle"])
        web.listenAddresses = try section.list("listen_addresses") ?? web.listenAddresses
        if web.listenAddresses.isEmpty { throw section.refuse("listen_addresses", "must name at least one host:port") }
        for address in web.listenAddresses where ListenAddress(address) == nil {
            throw section.refuse("listen_addresses", "'\(address)' is not host:port")
        }
        web.telemetryPath = try section.text("telemetry_path", default: web.telemetryPath)
        if !Settings.isTelemetryPath(web.telemetryPath) {
            throw section.refuse("telemetry_path", "must begin with / and must not be a path of the agent's own")
        }
        web.maximumRequests = try section.count("max_requests", default: web.maximumRequests, in: 1...10_000)
        web.enableLifecycle = try section.flag("enable_lifecycle", default: web.enableLifecycle)
    }

    private mutating func readLog(_ section: SettingsReader) throws(SettingsError) {
        try section.allow(["level", "format"])
        log.level = try section.value("level", "debug, info, warn or error", LogLevel.init) ?? log.level
        log.format = try section.value("format", "logfmt or json", LogFormat.init) ?? log.format
    }

    private mutating func readDatabase(_ section: SettingsReader, file: String) throws(SettingsError) {
        try section.allow([
            "connection_string", "password_file", "binaries", "maximum_connections", "spool_maximum_bytes",
        ])
        database.connectionString = try section.text("connection_string", default: database.connectionString)
        if Settings.holdsPassword(database.connectionString) {
            throw section.refuse(
                "connection_string", "must not hold a password; put it into a file and name that as password_file")
        }
        database.passwordFile = Settings.resolve(try section.text("password_file", default: ""), relativeTo: file)
        database.binaries = Settings.resolve(try section.text("binaries", default: ""), relativeTo: file)
        database.maximumConnections = try section.count(
            "maximum_connections", default: database.maximumConnections, in: 1...5)
        database.spoolMaximumBytes = try section.count(
            "spool_maximum_bytes", default: database.spoolMaximumBytes, in: 100_000...10_000_000_000)
    }

    private mutating func readFeed(_ section: SettingsReader) throws(SettingsError) {
        try section.allow([
            "base_url", "division", "first_season", "last_season", "refetch_finished_seasons", "connect_timeout",
            "timeout", "maximum_bytes", "attempts", "football_data_co_uk", "fantasy", "fantasy_url",
            "football_data_org_url", "football_data_org_token_file", "result_lag", "odds_lead", "fixture_gap", "pause",
            "breaker_failures", "breaker_pause", "breaks", "fallback", "fallback_after",
        ])
        feed.baseURL = try section.url("base_url", default: feed.baseURL)
        feed.division =
            try section.value("division", "a division code such as E0") { text in
                let isCode =
                    !text.isEmpty && text.utf8.count <= 8
                    && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
                return isCode ? text : nil
            } ?? feed.division
        feed.firstSeason =
            try section.value("first_season", "a season such as 2005/06") { Season($0) } ?? feed.firstSeason
        feed.lastSeason = try section.value("last_season", "a season such as 2023/24") { Season($0) }
        if let last = feed.lastSeason, last < feed.firstSeason {
            throw section.refuse("last_season", "is before first_season")
        }
        feed.refetchFinishedSeasons = try section.duration(
            "refetch_finished_seasons", default: feed.refetchFinishedSeasons)
        feed.connectTimeout = try section.duration(
            "connect_timeout", default: feed.connectTimeout, minimum: .milliseconds(100))
        feed.timeout = try section.duration("timeout", default: feed.timeout, minimum: .milliseconds(100))
        feed.maximumBytes = try section.count("maximum_bytes", default: feed.maximumBytes, in: 1_000...1_000_000_000)
        feed.attempts = try section.count("attempts", default: feed.attempts, in: 1...10)
    }

    private mutating func readSchedule(_ section: SettingsReader) throws(SettingsError) {
        try section.allow(JobName.allCases.map(\.rawValue) + ["jitter", "retry_pause", "job_timeout"])
        for job in JobName.allCases {
            guard let text = try section.value(job.rawValue, "a cron expression", { $0 }) else { continue }
            do throws(CronError) {
                schedule.crons[job] = try CronExpression(text)
            } catch {
                throw section.refuse(job.rawValue, error.description)
            }
        }
        schedule.jitter = try section.duration("jitter", default: schedule.jitter)
        schedule.retryPause = try section.duration(
            "retry_pause", default: schedule.retryPause, minimum: .milliseconds(100))
        schedule.jobTimeout = try section.duration("job_timeout", default: schedule.jobTimeout, minimum: .seconds(1))
    }

    private mutating func readModel(_ section: SettingsReader) throws(SettingsError) {
        try section.allow([
            "trees", "maximum_depth", "minimum_leaf", "seed", "threads", "maximum_age", "minimum_matches",
            "holdout_matches", "retrain_pause", "promotion_margin", "candidate_share",
        ])
        model.trees = try section.count("trees", default: model.trees, in: 1...100_000)
        model.maximumDepth = try section.count("maximum_depth", default: model.maximumDepth, in: 1...64)
        model.minimumLeaf = try section.count("minimum_leaf", default: model.minimumLeaf, in: 1...100_000)
        model.seed = try section.value("seed", "a whole number", { UInt64($0) }) ?? model.seed
        model.threads = try section.value("threads", "a whole number from 1 to 256") { text in
            Int(text).flatMap { (1...256).contains($0) ? $0 : nil }
        }
        model.maximumAge = try section.duration("maximum_age", default: model.maximumAge, minimum: .seconds(60))
        model.minimumMatches = try section.count("minimum_matches", default: model.minimumMatches, in: 50...1_000_000)
        model.holdoutMatches = try section.count("holdout_matches", default: model.holdoutMatches, in: 10...10_000)
        model.retrainPause = try section.duration("retrain_pause", default: model.retrainPause)
        model.promotionMargin = try section.ratio("promotion_margin", default: model.promotionMargin)
        model.candidateShare =
            try section.value("candidate_share", "a number from 0 to 1") { text in
                Double(text).flatMap { (0...1).contains($0) ? $0 : nil }
            } ?? model.candidateShare
    }

    private mutating func readDrift(_ section: SettingsReader) throws(SettingsError) {
        try section.allow([
            "window_matches", "reference_matches", "minimum_matches", "significance_level", "correction",
            "margin_shift",
        ])
        drift.windowMatches = try section.count("window_matches", default: drift.windowMatches, in: 10...100_000)
        drift.referenceMatches = try section.count(
            "reference_matches", default: drift.referenceMatches, in: 10...100_000)
        drift.minimumMatches = try section.count("minimum_matches", default: drift.minimumMatches, in: 10...100_000)
        drift.significanceLevel = try section.ratio("significance_level", default: drift.significanceLevel)
        drift.marginShift = try section.ratio("margin_shift", default: drift.marginShift)
        drift.correction =
            try section.value("correction", "holm or benjamini_hochberg", Correction.init(rawValue:))
            ?? drift.correction
    }

    /// Paths in a file are relative to that file.
    static func resolve(_ path: String, relativeTo file: String) -> String {
        guard !path.isEmpty, !path.hasPrefix("/") else { return path }
        guard let slash = file.lastIndex(of: "/") else { return path }
        return "\(file[..<slash])/\(path)"
    }

    /// Whether a path can hold the metrics page.
    static func isTelemetryPath(_ path: String) -> Bool {
        path.hasPrefix("/") && path != "/" && !path.hasPrefix("/-/") && !path.hasPrefix("/api/") && !path.contains("?")
    }
}
