internal import FoundationEssentials
internal import Synchronization

/// The settings in force, and how the last attempt to replace them went.
final class SettingsStore: Sendable {
    struct State: Sendable {
        var settings: Settings
        var lastReloadSucceeded = true
        var takenAt: Date
        var hash: UInt32
    }

    private let stored: Mutex<State>

    init(_ settings: Settings, at instant: Date = Date()) {
        stored = Mutex(State(settings: settings, takenAt: instant, hash: SettingsStore.hash(settings)))
    }

    var state: State { stored.withLock { $0 } }

    var current: Settings { state.settings }

    /// Replaces the settings by what `load` returns, all or nothing.
    ///
    /// - Parameter load: Reads the new settings.
    /// - Throws: What `load` threw, or ``SettingsError/needsRestart(key:)``; the old settings then stay.
    func reload(_ load: () throws(SettingsError) -> Settings) throws(SettingsError) {
        do throws(SettingsError) {
            let new = try load()
            try current.refuseWhatNeedsRestart(new)
            let hash = SettingsStore.hash(new)
            stored.withLock { $0 = State(settings: new, takenAt: Date(), hash: hash) }
        } catch {
            stored.withLock { $0.lastReloadSucceeded = false }
            throw error
        }
    }

    /// FNV-1a over the effective settings: 32 bits, which a sample's double holds exactly.
    private static func hash(_ settings: Settings) -> UInt32 {
        settings.yaml.utf8.reduce(2_166_136_261) { ($0 ^ UInt32($1)) &* 16_777_619 }
    }
}

extension Settings {
    fileprivate func refuseWhatNeedsRestart(_ new: Settings) throws(SettingsError) {
        if new.web.listenAddresses != web.listenAddresses { throw .needsRestart(key: "web.listen_addresses") }
        if new.stateDirectory != stateDirectory { throw .needsRestart(key: "state_directory") }
        if new.database != database { throw .needsRestart(key: "database") }
        if new.model.threads != model.threads { throw .needsRestart(key: "model.threads") }
        if new.log.format != log.format { throw .needsRestart(key: "log.format") }
        if new.shutdownTimeout != shutdownTimeout { throw .needsRestart(key: "shutdown_timeout") }
    }
}
