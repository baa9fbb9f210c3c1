import Drift
import Football
import FoundationEssentials
import Testing

@testable import Agent

struct SettingsFileTests {
    private func settings(_ yaml: String, file: String = "/etc/touchline.yml") throws -> Settings {
        try Settings(yaml: yaml, file: file, stateDirectory: "/state")
    }

    @Test(arguments: [
        "", "\n", "# nothing but a comment\n", "---\n", "web:\n", "web: {}\n", "web: ~\nlog:\ndatabase: null\n",
        "web:\n  max_requests:\n",
    ])
    func `what a file does not give keeps its default`(yaml: String) throws {
        #expect(try settings(yaml) == Settings(stateDirectory: "/state"))
    }

    @Test func `the defaults are those that the documentation names`() {
        let settings = Settings(stateDirectory: "/state")
        #expect(settings.web.listenAddresses == ["127.0.0.1:9876"])
        #expect(settings.web.telemetryPath == "/metrics")
        #expect(settings.web.maximumRequests == 40)
        #expect(settings.web.enableLifecycle == false)
        #expect(settings.log == Settings.Log(level: .info, format: .logfmt))
        #expect(settings.database.connectionString.isEmpty)
        #expect(settings.database.maximumConnections == 5)
        #expect(settings.shutdownTimeout == .seconds(20))
        #expect(
            settings.schedule.crons.mapValues(\.text) == [
                .ingest: "*/15 * * * *", .evaluate: "*/15 * * * *", .decide: "*/15 * * * *",
                .train: "30 4 * * *", .predict: "*/15 * * * *", .drift: "20 * * * *", .backup: "0 3 * * *",
                .retain: "30 3 * * *",
            ])
    }

    @Test func `every key is read`() throws {
        let settings = try settings(everything)
        #expect(settings.stateDirectory == "/srv/touchline")
        #expect(settings.shutdownTimeout == .seconds(90))
        #expect(settings.web.listenAddresses == [":9876", "[::1]:9877"])
        #expect(settings.web.telemetryPath == "/touchline")
        #expect(settings.web.maximumRequests == 7)
        #expect(settings.web.enableLifecycle)
        #expect(settings.log == Settings.Log(level: .warn, format: .json))
        #expect(settings.database.connectionString == "host=db1,db2 user=touchline")
        #expect(settings.database.passwordFile == "/etc/touchline/password")
        #expect(settings.database.binaries == "/opt/pg/bin")
        #expect(settings.database.maximumConnections == 2)
        #expect(settings.feed.baseURL == "http://127.0.0.1:8080/feed")
        #expect(settings.feed.division == "D1")
        #expect(settings.feed.firstSeason == Season(startYear: 1999))
        #expect(settings.feed.lastSeason == Season(startYear: 2023))
        #expect(settings.feed.refetchFinishedSeasons == .seconds(86_400))
        #expect(settings.feed.connectTimeout == .milliseconds(250))
        #expect(settings.feed.timeout == .seconds(5))
        #expect(settings.feed.maximumBytes == 5_000)
        #expect(settings.feed.attempts == 1)
        #expect(
            JobName.allCases.map { settings.schedule.crons[$0]?.text } == [
                "1 * * * *", "2 * * * *", "7 * * * *", "3 * * * *", "4 * * * *", "@every 90s", "5 * * * *", "6 * * * *",
            ])
        #expect(settings.database.spoolMaximumBytes == 1_000_000)
        #expect(settings.backup == Settings.Backup(directory: "/srv/backups", keep: 3))
        #expect(
            settings.retention
                == Settings.Retention(
                    fetches: .seconds(40 * 86_400), jobRuns: .seconds(50 * 86_400),
                    quarantinedRows: .seconds(60 * 86_400), alertNotifications: .seconds(70 * 86_400),
                    feedDisagreements: .seconds(800 * 86_400), supersededEvaluations: .seconds(80 * 86_400),
                    fallbackPredictions: .seconds(91 * 86_400), archivedModels: 3))
        #expect(
            settings.mlflow
                == Settings.MLflow(
                    trackingURI: "https://mlflow.example.org/base", experiment: "league", user: "agent",
                    passwordFile: "/etc/touchline/mlflow", timeout: .seconds(5)))
        #expect(settings.schedule.jitter == .zero)
        #expect(settings.schedule.retryPause == .seconds(2))
        #expect(settings.schedule.jobTimeout == .seconds(60))
        #expect(settings.model.trees == 10)
        #expect(settings.model.retrainPause == .seconds(7_200))
        #expect(settings.model.promotionMargin == 0.01 && settings.model.candidateShare == 0.25)
        #expect(settings.model.maximumDepth == 3)
        #expect(settings.model.minimumLeaf == 4)
        #expect(settings.model.seed == .max)
        #expect(settings.model.threads == 2)
        #expect(settings.model.maximumAge == .seconds(3_600))
        #expect(settings.model.minimumMatches == 50)
        #expect(settings.model.holdoutMatches == 20)
        #expect(settings.forecastHorizon == .seconds(3 * 86_400))
        #expect(settings.score == Settings.Score(windowMatches: 50, minimumMatches: 10))
        #expect(
            settings.betting
                == Settings.Betting(
                    enabled: false, openingBalance: 50, flatStake: 2, flatEdge: 0.02, kellyFraction: 0.5, kellyCap: 0.1,
                    ruleConfidence: 0.7, ruleEdge: 0.2, ruleCap: 0.02, drawdownLimit: 0.4))
        #expect(settings.alerts == Settings.Alerts(webhook: false, trainOn: ["TouchlineModelTooOld", "Other"]))
        #expect(
            settings.drift
                == Settings.Drift(
                    windowMatches: 30, referenceMatches: 300, minimumMatches: 25, significanceLevel: 0.001,
                    correction: .benjaminiHochberg, marginShift: 0.02))
    }

    @Test func `settings written as a file are read back the same`() throws {
        #expect(try self.settings(Settings(stateDirectory: "/state").yaml) == Settings(stateDirectory: "/state"))
        let settings = try settings(everything)
        #expect(try self.settings(settings.yaml) == settings)
        // Nothing is left at its default, so no key can be missing from the text.
        let defaults = Settings(stateDirectory: "/state").yaml.split(separator: "\n").filter { $0.contains(": ") }
        let written = settings.yaml.split(separator: "\n").filter { $0.contains(": ") }
        #expect(written.count == defaults.count + 2)
        // Which other feeds are fetched cannot differ for a division that only one feed has.
        // Nobody is known by a token and by a password.
        let fixed = [
            "  football_data_co_uk: true", "  fantasy: false", "  football_data_org_token_file: \"\"",
            "  token_file: \"\"",
        ]
        #expect(Set(defaults).intersection(written.map { $0 }) == Set(fixed.map { $0[...] }))
    }

    @Test func `text with every kind of character is read back the same`() throws {
        var settings = Settings(stateDirectory: "/a \"b\" \\c\\ 'd' #e: {f} [g], \u{1}\n\t\r\u{7F}\u{85}\u{2028}é⚽️")
        settings.feed.division = "NULL"
        settings.web.telemetryPath = "/~"
        #expect(try self.settings(settings.yaml) == settings)
    }

    @Test func `feeds that know one division alone are refused for others, and so is having none`() throws {
        #expect(throws: SettingsError.self) { try settings("feed: {division: E1, fantasy: true}") }
        #expect(throws: SettingsError.self) { try settings("feed: {division: E1, football_data_org_token_file: t}") }
        #expect(throws: SettingsError.self) { try settings("feed: {football_data_co_uk: false}") }
        let alone = try settings("feed: {football_data_co_uk: false, fantasy: true, football_data_org_token_file: t}")
        #expect(alone.feed.fantasy && !alone.feed.footballDataCoUK)
        #expect(alone.feed.organisationTokenFile.hasSuffix("/t"))
    }

    @Test func `relative paths are relative to the file`() throws {
        let yaml = """
            state_directory: state
            database: {connection_string: "host=db", password_file: ../secret, binaries: pg/bin}
            """
        let absolute = try settings(yaml, file: "/etc/touchline/agent.yml")
        #expect(absolute.stateDirectory == "/etc/touchline/state")
        #expect(absolute.database.passwordFile == "/etc/touchline/../secret")
        #expect(absolute.database.binaries == "/etc/touchline/pg/bin")
        #expect(try settings(yaml, file: "conf/agent.yml").stateDirectory == "conf/state")
        #expect(try settings(yaml, file: "agent.yml").stateDirectory == "state")
    }

    @Test func `a slash at the end of the feed's address changes nothing`() throws {
        #expect(try settings("feed: {base_url: \"https://example.org/\"}").feed.baseURL == "https://example.org")
    }

    private let everything = """
        state_directory: /srv/touchline
        shutdown_timeout: 1m30s
        web:
          listen_addresses: [":9876", "[::1]:9877"]
          telemetry_path: /touchline
          max_requests: 7
          enable_lifecycle: true
        log: {level: warn, format: json}
        database:
          connection_string: host=db1,db2 user=touchline
          password_file: /etc/touchline/password
          binaries: /opt/pg/bin
          maximum_connections: 2
          spool_maximum_bytes: 1000000
        feed:
          base_url: http://127.0.0.1:8080/feed
          division: D1
          first_season: 1999/00
          last_season: 2023/24
          refetch_finished_seasons: 1d
          connect_timeout: 250ms
          timeout: 5s
          maximum_bytes: 5000
          attempts: 1
          fantasy_url: http://127.0.0.1:1
          football_data_org_url: http://127.0.0.1:2
          result_lag: 3d
          odds_lead: 1h
          fixture_gap: 20d
          breaks: [2034-01-05/2034-02-10, 2038-12-01/2038-12-31]
          fallback: simulation
          fallback_after: 12h
          pause: 1s
          breaker_failures: 3
          breaker_pause: 5m
        schedule:
          ingest: 1 * * * *
          evaluate: 2 * * * *
          decide: 7 * * * *
          train: 3 * * * *
          predict: 4 * * * *
          drift: "@every 90s"
          backup: 5 * * * *
          retain: 6 * * * *
          retry_pause: 2s
          jitter: 0s
          job_timeout: 60s
        model:
          trees: 10
          maximum_depth: 3
          minimum_leaf: 4
          seed: 18446744073709551615
          threads: 2
          maximum_age: 1h
          minimum_matches: 50
          holdout_matches: 20
          retrain_pause: 2h
          promotion_margin: 0.01
          candidate_share: 0.25
        forecast: {horizon: 3d}
        score: {window_matches: 50, minimum_matches: 10}
        betting:
          enabled: false
          opening_balance: 50
          flat_stake: 2
          flat_edge: 0.02
          kelly_fraction: 0.5
          kelly_cap: 0.1
          rule_confidence: 0.7
          rule_edge: 0.2
          rule_cap: 0.02
          drawdown_limit: 0.4
        alerts: {webhook: false, train_on: [TouchlineModelTooOld, Other]}
        backup: {directory: /srv/backups, keep: 3}
        retention:
          fetches: 40d
          job_runs: 50d
          quarantined_rows: 60d
          alert_notifications: 70d
          feed_disagreements: 800d
          superseded_evaluations: 80d
          fallback_predictions: 91d
          archived_models: 3
        mlflow:
          tracking_uri: https://mlflow.example.org/base/
          experiment: league
          user: agent
          password_file: /etc/touchline/mlflow
          timeout: 5s
        drift:
          window_matches: 30
          reference_matches: 300
          minimum_matches: 25
          significance_level: 0.001
          correction: benjamini_hochberg
          margin_shift: 0.02
        """
}
