internal import FoundationEssentials
internal import History

/// Takes a backup, restores it beside the original, compares the two, and removes the oldest.
struct BackupJob: Job {
    let reach: DatabaseSettings

    func run(_ context: JobContext) async throws(JobError) -> JobResult {
        let folder = context.settings.backupDirectory
        let binaries = context.settings.database.binaries.isEmpty ? nil : context.settings.database.binaries
        do throws(HistoryError) {
            var backup = try await Backup.take(reach, to: folder, binaries: binaries)
            try await backup.verify(on: reach, binaries: binaries)
            try backup.markVerified(at: Date())
            Backup.rotate(in: folder, keep: context.settings.backup.keep)
            var snapshot = context.snapshot
            snapshot.backup = backup.manifest
            return JobResult(
                itemsIn: backup.manifest.tables.reduce(0) { $0 + $1.rows }, itemsOut: backup.manifest.bytes,
                snapshot: snapshot)
        } catch {
            throw .history(error)
        }
    }
}

extension Settings {
    /// Where backups are.
    var backupDirectory: String { backup.directory.isEmpty ? stateDirectory + "/backups" : backup.directory }
}
