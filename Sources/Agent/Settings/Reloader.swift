internal import Logging

/// Reads the configuration file again, on SIGHUP or request, and puts it into force all or nothing.
struct Reloader: Sendable {
    /// Reads the settings as at the start: the file, then the flags over it.
    let load: @Sendable () throws(SettingsError) -> Settings
    let settings: SettingsStore
    let threshold: LogThreshold
    let logger: Logger

    func reload() throws(SettingsError) {
        do throws(SettingsError) {
            try settings.reload(load)
            threshold.set(settings.current.log.level)
            logger.info("configuration reloaded")
        } catch {
            logger.error("configuration refused", metadata: ["error": "\(error)"])
            throw error
        }
    }
}
