extension Settings {
    /// Reads the section about backups.
    mutating func readBackup(_ section: SettingsReader, file: String) throws(SettingsError) {
        try section.allow(["directory", "keep"])
        backup.directory = Settings.resolve(try section.text("directory", default: ""), relativeTo: file)
        backup.keep = try section.count("keep", default: backup.keep, in: 1...1_000)
    }

    /// Reads the section about what is removed with age.
    mutating func readRetention(_ section: SettingsReader) throws(SettingsError) {
        try section.allow([
            "fetches", "job_runs", "quarantined_rows", "alert_notifications", "feed_disagreements",
            "superseded_evaluations", "fallback_predictions", "archived_models",
        ])
        // A finished season's file is believed for as long as its last fetch is known.
        let least = Duration.seconds(30 * 86_400)
        retention.fetches = try section.duration("fetches", default: retention.fetches, minimum: least)
        retention.jobRuns = try section.duration("job_runs", default: retention.jobRuns, minimum: least)
        retention.quarantinedRows = try section.duration(
            "quarantined_rows", default: retention.quarantinedRows, minimum: least)
        retention.alertNotifications = try section.duration(
            "alert_notifications", default: retention.alertNotifications, minimum: least)
        // Feeds are compared from the season before on: what is removed sooner would be found, and told, again.
        retention.feedDisagreements = try section.duration(
            "feed_disagreements", default: retention.feedDisagreements, minimum: .seconds(731 * 86_400))
        retention.supersededEvaluations = try section.duration(
            "superseded_evaluations", default: retention.supersededEvaluations, minimum: least)
        retention.fallbackPredictions = try section.duration(
            "fallback_predictions", default: retention.fallbackPredictions, minimum: least)
        retention.archivedModels = try section.count(
            "archived_models", default: retention.archivedModels, in: 1...100_000)
    }
}
