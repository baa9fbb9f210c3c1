extension Backfill {
    /// Families that say how the process, its database and its scrapes are: of the replay, not of the time that is played.
    ///
    /// Each is the start of a name.
    static let ofTheReplay = [
        "process_", "touchline_backup_", "touchline_collector_", "touchline_config_",
        "touchline_database", "touchline_drift_replayed_", "touchline_fetch_", "touchline_history_oldest_",
        "touchline_history_pending_",
        "touchline_history_spool_", "touchline_history_write_", "touchline_job_duration_", "touchline_job_running",
        "touchline_leader", "touchline_model_export", "touchline_model_training_duration_",
        "touchline_model_training_progress_",
        "touchline_scrape", "touchline_series_dropped", "touchline_worker_",
    ]

    /// Whether a family is written, by its OpenMetrics name.
    static func isWritten(_ family: String) -> Bool { !ofTheReplay.contains { family.hasPrefix($0) } }
}
