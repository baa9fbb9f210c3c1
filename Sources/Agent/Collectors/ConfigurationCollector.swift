internal import Exposition
internal import FoundationEssentials

/// Whether the configuration file was last taken or refused.
struct ConfigurationCollector: Collector {
    static let successful = Descriptor.gauge(
        "touchline_config_last_reload_successful", "Whether the last attempt to read the configuration succeeded (1).")
    static let timestamp = Descriptor.gauge(
        "touchline_config_last_reload_success_timestamp_seconds",
        "Unix time at which a configuration was last read and taken.")
    static let hash = Descriptor.gauge(
        "touchline_config_hash", "Hash of the effective configuration; equal configurations have equal hashes.")
    static let descriptors = [successful, timestamp, hash]

    let name = "configuration"
    let settings: SettingsStore

    func collect() -> [Family] {
        let state = settings.state
        return [
            Family(Self.successful, state.lastReloadSucceeded ? 1 : 0),
            Family(Self.timestamp, state.takenAt.timeIntervalSince1970),
            Family(Self.hash, Double(state.hash)),
        ]
    }
}
