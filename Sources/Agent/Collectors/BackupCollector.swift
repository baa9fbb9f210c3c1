internal import Exposition
internal import FoundationEssentials
internal import History

/// The newest backup that was verified.
struct BackupCollector: Collector {
    static let verified = Descriptor.gauge(
        "touchline_backup_last_verified_timestamp_seconds",
        "Unix time at which a restored backup was last found equal to its original; absent before the first.")
    static let size = Descriptor.gauge(
        "touchline_backup_size_bytes", "Size in bytes of the newest backup that was verified.")
    static let descriptors = [verified, size]

    let name = "backup"
    let snapshots: SnapshotStore

    func collect() -> [Family] {
        let backup = snapshots.current?.backup
        return [
            Family(Self.verified, backup?.verifiedAt?.timeIntervalSince1970),
            Family(Self.size, backup.map { Double($0.bytes) }),
        ]
    }
}
