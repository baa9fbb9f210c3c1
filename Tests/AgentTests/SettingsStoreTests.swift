import FoundationEssentials
import Logging
import Testing

@testable import Agent

struct SettingsStoreTests {
    private let original = Settings(stateDirectory: "/state")

    @Test func `a reload puts all of the new settings into force`() throws {
        let store = SettingsStore(original, at: Date(timeIntervalSince1970: 0))
        let before = store.state
        var new = original
        new.web.maximumRequests = 3
        new.schedule.jitter = .zero
        try store.reload { () throws(SettingsError) in new }
        #expect(store.current == new)
        #expect(store.state.lastReloadSucceeded)
        #expect(store.state.takenAt > before.takenAt)
        #expect(store.state.hash != before.hash)
        try store.reload { () throws(SettingsError) in original }
        #expect(store.state.hash == before.hash)
    }

    @Test func `a refused file changes nothing but the flag`() {
        let store = SettingsStore(original, at: Date(timeIntervalSince1970: 0))
        let before = store.state
        let error = #expect(throws: SettingsError.self) {
            try store.reload { () throws(SettingsError) in throw .badFlag(name: "x", why: "y") }
        }
        #expect(error == .badFlag(name: "x", why: "y"))
        #expect(store.current == original)
        #expect(store.state.lastReloadSucceeded == false)
        #expect(store.state.takenAt == before.takenAt)
        #expect(store.state.hash == before.hash)
    }

    @Test func `a good reload clears the flag`() throws {
        let store = SettingsStore(original)
        try? store.reload { () throws(SettingsError) in throw .badFlag(name: "x", why: "y") }
        try store.reload { () throws(SettingsError) in original }
        #expect(store.state.lastReloadSucceeded)
    }

    @Test func `what only a restart can change is refused with all else`() {
        let changes: [(String, (inout Settings) -> Void)] = [
            ("web.listen_addresses", { $0.web.listenAddresses = [":1"] }),
            ("state_directory", { $0.stateDirectory = "/other" }),
            ("database", { $0.database.connectionString = "host=other" }),
            ("log.format", { $0.log.format = .json }), ("shutdown_timeout", { $0.shutdownTimeout = .seconds(1) }),
        ]
        for (key, change) in changes {
            let store = SettingsStore(original)
            var new = original
            new.web.maximumRequests = 3
            change(&new)
            let error = #expect(throws: SettingsError.self) { try store.reload { () throws(SettingsError) in new } }
            #expect(error == .needsRestart(key: key))
            #expect(
                error?.description
                    == "\(key) changed: it takes effect only after a restart; the old configuration stays")
            #expect(store.current == original)
        }
    }

    @Test func `a reload moves the threshold of the logs`() throws {
        let threshold = LogThreshold(.info)
        var new = original
        new.log.level = .error
        let changed = new
        let reloader = Reloader(
            load: { changed }, settings: SettingsStore(original), threshold: threshold,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        #expect(threshold.level == .info)
        try reloader.reload()
        #expect(threshold.level == .error)
    }
}
