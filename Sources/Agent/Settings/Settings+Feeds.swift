internal import Football
internal import Simulation

extension Settings {
    /// Reads which feeds are fetched, and when what they bring is late.
    mutating func readFeedSources(_ section: SettingsReader, file: String) throws(SettingsError) {
        feed.footballDataCoUK = try section.flag("football_data_co_uk", default: feed.footballDataCoUK)
        feed.fantasy = try section.flag("fantasy", default: feed.fantasy)
        feed.fantasyURL = try section.url("fantasy_url", default: feed.fantasyURL)
        feed.organisationURL = try section.url("football_data_org_url", default: feed.organisationURL)
        feed.organisationTokenFile = Settings.resolve(
            try section.text("football_data_org_token_file", default: ""), relativeTo: file)
        if !["E0", SimulatedLeague.division].contains(feed.division) {
            if feed.fantasy { throw section.refuse("fantasy", "knows the division E0 alone") }
            if !feed.organisationTokenFile.isEmpty {
                throw section.refuse("football_data_org_token_file", "is of use for the division E0 alone")
            }
        }
        if !feed.footballDataCoUK, !feed.fantasy, feed.organisationTokenFile.isEmpty {
            throw section.refuse("football_data_co_uk", "leaves no feed")
        }
        feed.resultLag = try section.duration("result_lag", default: feed.resultLag, minimum: .seconds(7200))
        feed.oddsLead = try section.duration("odds_lead", default: feed.oddsLead)
        feed.fixtureGap = try section.duration("fixture_gap", default: feed.fixtureGap, minimum: .seconds(86_400))
        try readSilence(section)
        feed.pause = try section.duration("pause", default: feed.pause)
        feed.breakerFailures = try section.count("breaker_failures", default: feed.breakerFailures, in: 1...100)
        feed.breakerPause = try section.duration("breaker_pause", default: feed.breakerPause, minimum: .seconds(1))
    }

    /// What is to be made of times in which nothing comes.
    private mutating func readSilence(_ section: SettingsReader) throws(SettingsError) {
        if let texts = try section.list("breaks") {
            feed.breaks = try texts.map { text throws(SettingsError) in
                let days = text.split(separator: "/", omittingEmptySubsequences: false).compactMap { Day(iso: $0) }
                guard days.count == 2, days[0] <= days[1] else {
                    throw section.refuse("breaks", "'\(text)' is not a span of days such as 2022-11-14/2022-12-25")
                }
                return days[0]...days[1]
            }
        }
        feed.fallback = try section.value("fallback", "none or simulation", FeedFallback.init) ?? feed.fallback
        feed.fallbackAfter = try section.duration(
            "fallback_after", default: feed.fallbackAfter, minimum: .seconds(3600))
    }
}
