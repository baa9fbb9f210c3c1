import FoundationEssentials
import Testing

@testable import Agent

struct SettingsErrorTests {
    private func refusal(_ yaml: String) -> String? {
        let error = #expect(throws: SettingsError.self, "\(yaml)") {
            try Settings(yaml: yaml, file: "t.yml", stateDirectory: "/state")
        }
        #expect(error?.description.contains("\n") == false)
        return error?.description
    }

    @Test(arguments: [
        (
            "wep: {}\n",
            "t.yml:1: unknown key 'wep'; known here: web, log, state_directory, database, feed, schedule, model, "
                + "forecast, score, betting, alerts, drift, backup, retention, mlflow, shutdown_timeout"
        ),
        (
            "log:\n  level: info\n  colour: red\n",
            "t.yml:3: unknown key 'log.colour'; known here: level, format"
        ),
        ("forecast: {horizon: 1d, model: x}", "t.yml:1: unknown key 'forecast.model'; known here: horizon"),
        ("log:\n  1: x\n", "t.yml:2: unknown key 'log.1'; known here: level, format"),
        ("log:\n  [a]: x\n", "t.yml:2: unknown key 'log.?'; known here: level, format"),
    ])
    func `a key that no setting has is named with its line and the keys there are`(yaml: String, why: String) {
        #expect(refusal(yaml) == why)
    }

    @Test(arguments: [
        ("log:\n  level: info\n  level: warn\n", "level"), ("web: {}\nlog: {}\nweb: {}\n", "web"),
    ])
    func `a key given twice is refused`(yaml: String, key: String) throws {
        let why = try #require(refusal(yaml))
        #expect(why.hasPrefix("t.yml:"))
        #expect(why.hasSuffix(": not valid YAML: key given twice: \(key)"))
    }

    @Test(arguments: [
        ("- web\n", "t.yml:1: (top): must be a mapping of sections"),
        ("just text\n", "t.yml:1: (top): must be a mapping of sections"),
        ("log: loud\n", "t.yml:1: log: must be a mapping of keys"),
        ("log: [info]\n", "t.yml:1: log: must be a mapping of keys"),
        ("\nlog:\n  level: {a: b}\n", "t.yml:3: log.level: must be debug, info, warn or error"),
        ("log:\n  level: INFO\n", "t.yml:2: log.level: 'INFO' is not debug, info, warn or error"),
        (
            "feed: {breaks: [2034-02-10/2034-01-05]}",
            "t.yml:1: feed.breaks: '2034-02-10/2034-01-05' is not a span of days such as 2022-11-14/2022-12-25"
        ),
        ("feed: {fallback: dice}", "t.yml:1: feed.fallback: 'dice' is not none or simulation"),
        (
            "feed: {fallback_after: 5m}",
            "t.yml:1: feed.fallback_after: '5m' is not a duration such as 30s, 15m or 7d, at least 1h"
        ),
        (
            "mlflow: {tracking_uri: 'http://me:secret@host:5000'}",
            "t.yml:1: mlflow.tracking_uri: must not hold a password; name user and password_file, or token_file"
        ),
        ("mlflow: {user: me}", "t.yml:1: mlflow.user: needs user and password_file both"),
        (
            "mlflow: {user: me, password_file: /p, token_file: /t}",
            "t.yml:1: mlflow.token_file: cannot be used together with user and password_file"
        ),
        (
            "retention: {feed_disagreements: 365d}",
            "t.yml:1: retention.feed_disagreements: '365d' is not a duration such as 30s, 15m or 7d, at least 731d"
        ),
        ("log: {format: xml}", "t.yml:1: log.format: 'xml' is not logfmt or json"),
        ("web:\n  listen_addresses: :9876\n", "t.yml:2: web.listen_addresses: must be a list"),
        ("web:\n  listen_addresses: []\n", "t.yml:2: web.listen_addresses: must name at least one host:port"),
        ("web:\n  listen_addresses: [{a: b}]\n", "t.yml:2: web.listen_addresses: must be a list of plain values"),
        ("web:\n  listen_addresses: [\"9876\"]\n", "t.yml:2: web.listen_addresses: '9876' is not host:port"),
        (
            "web: {telemetry_path: metrics}",
            "t.yml:1: web.telemetry_path: must begin with / and must not be a path of the agent's own"
        ),
        (
            "web: {telemetry_path: /-/metrics}",
            "t.yml:1: web.telemetry_path: must begin with / and must not be a path of the agent's own"
        ),
        ("web: {max_requests: 0}", "t.yml:1: web.max_requests: '0' is not a whole number from 1 to 10000"),
        ("web: {max_requests: 4.5}", "t.yml:1: web.max_requests: '4.5' is not a whole number from 1 to 10000"),
        ("web: {enable_lifecycle: yes}", "t.yml:1: web.enable_lifecycle: 'yes' is not true or false"),
        (
            "shutdown_timeout: 20\n",
            "t.yml:1: shutdown_timeout: '20' is not a duration such as 30s, 15m or 7d, at least 1s"
        ),
        (
            "forecast:\n  horizon: 59m\n",
            "t.yml:2: forecast.horizon: '59m' is not a duration such as 30s, 15m or 7d, at least 1h"
        ),
        (
            "schedule:\n  train: 61 4 * * *\n",
            "t.yml:2: schedule.train: '61' is no minute: it goes from 0 to 59"
        ),
        (
            "schedule:\n  drift: daily\n",
            "t.yml:2: schedule.drift: a cron expression has five fields (minute hour day month weekday), this one has 1"
        ),
        (
            "schedule:\n  jitter: 1s\n  train: 0 0 30 2 *\n",
            "t.yml:3: schedule.train: '0 0 30 2 *' is never due: none of its months has such a day"
        ),
        ("feed: {base_url: \"ftp://x\"}", "t.yml:1: feed.base_url: 'ftp://x' is not an http:// or https:// URL"),
        ("feed: {division: \"../E0\"}", "t.yml:1: feed.division: '../E0' is not a division code such as E0"),
        ("feed: {first_season: 2005}", "t.yml:1: feed.first_season: '2005' is not a season such as 2005/06"),
        (
            "feed:\n  first_season: 2010/11\n  last_season: 2009/10\n",
            "t.yml:3: feed.last_season: is before first_season"
        ),
        ("model: {threads: 0}", "t.yml:1: model.threads: '0' is not a whole number from 1 to 256"),
        ("model: {seed: -1}", "t.yml:1: model.seed: '-1' is not a whole number"),
        (
            "drift: {significance_level: 1}",
            "t.yml:1: drift.significance_level: '1' is not a number above 0 and below 1"
        ),
        (
            "drift: {significance_level: nan}",
            "t.yml:1: drift.significance_level: 'nan' is not a number above 0 and below 1"
        ),
    ])
    func `a value that does not fit is named with its line and what would fit`(yaml: String, why: String) {
        #expect(refusal(yaml) == why)
    }

    @Test(arguments: [
        ("web: {", 1), ("web:\n  max_requests: 3\n log: x\n", 3), ("web: [1\nlog: {}\n", 2), ("a: \t- b\n", 1),
    ])
    func `what is no YAML is refused with its line`(yaml: String, line: Int) throws {
        let why = try #require(refusal(yaml))
        #expect(
            why.hasPrefix("t.yml:\(line): not valid YAML: ") || why.hasPrefix("t.yml:\(line + 1): not valid YAML: "))
    }

    @Test func `a second document is refused rather than ignored`() {
        #expect(refusal("web: {}\n---\nlog: {level: debug}\n")?.contains("not valid YAML") == true)
    }

    @Test func `a file that is not there, or no text, is named`() throws {
        let folder = try Folder()
        let missing = #expect(throws: SettingsError.self) {
            try Settings.load(path: "\(folder.path)/none.yml", stateDirectory: "/state")
        }
        #expect(missing?.description == "\(folder.path)/none.yml: cannot be read: no such file")
        let binary = try folder.file("binary.yml", [0x77, 0x65, 0x62, 0xFF, 0xFE, 0x3A])
        for path in [binary, folder.path] {
            let unreadable = #expect(throws: SettingsError.self) {
                try Settings.load(path: path, stateDirectory: "/state")
            }
            #expect(unreadable?.description == "\(path): cannot be read: not a readable text file")
        }
    }

    @Test func `an empty file is a file`() throws {
        let folder = try Folder()
        let path = try folder.file("empty.yml", [])
        #expect(try Settings.load(path: path, stateDirectory: "/state") == Settings(stateDirectory: "/state"))
    }

    @Test func `flags win over the file, and are refused by name`() throws {
        var settings = Settings(stateDirectory: "/state")
        try settings.override(
            listenAddresses: [":1", ":2"], telemetryPath: "/m", maximumRequests: 3, enableLifecycle: true,
            logLevel: "debug", logFormat: "json")
        #expect(settings.web.listenAddresses == [":1", ":2"])
        #expect(settings.web.telemetryPath == "/m")
        #expect(settings.web.maximumRequests == 3)
        #expect(settings.web.enableLifecycle)
        #expect(settings.log == Settings.Log(level: .debug, format: .json))
        let before = settings
        try settings.override(
            listenAddresses: [], telemetryPath: nil, maximumRequests: nil, enableLifecycle: false, logLevel: nil,
            logFormat: nil)
        #expect(settings == before)
        for (addresses, path, requests, level, format, flag) in [
            (["x"], nil, nil, nil, nil, "--web.listen-address"), ([], "/-/x", nil, nil, nil, "--web.telemetry-path"),
            ([], nil, 0, nil, nil, "--web.max-requests"), ([], nil, nil, "loud", nil, "--log.level"),
            ([], nil, nil, nil, "xml", "--log.format"),
        ] as [([String], String?, Int?, String?, String?, String)] {
            let error = #expect(throws: SettingsError.self) {
                try settings.override(
                    listenAddresses: addresses, telemetryPath: path, maximumRequests: requests, enableLifecycle: false,
                    logLevel: level, logFormat: format)
            }
            #expect(error?.description.hasPrefix("\(flag): ") == true)
        }
    }
}
