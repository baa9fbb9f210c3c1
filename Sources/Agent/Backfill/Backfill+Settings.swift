internal import Football
internal import FoundationEssentials

extension Backfill {
    /// The settings that are played: the operator's, on a feed and a database of the replay's own, and nothing outside.
    static func settings(_ settings: Settings, _ options: Options) -> Settings {
        var played = settings
        played.stateDirectory = options.directory
        played.database.connectionString = ""
        played.database.passwordFile = ""
        played.feed.footballDataCoUK = true
        played.feed.fantasy = false
        played.feed.organisationTokenFile = ""
        played.feed.lastSeason = nil
        played.feed.pause = .zero
        played.feed.attempts = 1
        played.schedule.jitter = .zero
        played.log.level = .error
        // A backup says nothing of the league, and takes longer than a day of it.
        if !options.everything { played.schedule.crons[.backup] = nil }
        return played
    }
}
