public import Football
public import FoundationEssentials

extension SimulatedLeague {
    /// From a kick-off until the final whistle, in seconds.
    public static let matchLength: TimeInterval = 2 * 3600

    /// What the feeds of fixtures say of matches at an instant: kick-offs ahead, scores so far, and final scores.
    ///
    /// Until half-time a score is 0-0, and from then on what it was at half-time: goals have no minutes here.
    public static func announcements(_ matches: [Match], at now: Date) -> [Announcement] {
        matches.map { match in
            let fixture = match.fixture
            let played = now.timeIntervalSince(fixture.forecastDeadline)
            let result = match.result
            switch played {
            case ..<0: return Announcement(key: fixture.key, status: .scheduled, kickOff: fixture.kickOff)
            case ..<matchLength:
                let soFar = played < 3600 ? Sides(home: 0, away: 0) : result.halfTimeGoals
                return Announcement(
                    key: fixture.key, status: .playing, kickOff: fixture.kickOff, goals: soFar,
                    halfTimeGoals: played < 3600 ? nil : result.halfTimeGoals)
            default:
                return Announcement(
                    key: fixture.key, status: .finished, kickOff: fixture.kickOff, goals: result.goals,
                    halfTimeGoals: result.halfTimeGoals)
            }
        }
    }

    /// The fantasy game's `/api/bootstrap-static/` for this league, as far as it names the clubs.
    public var fantasyTeamsJSON: [UInt8] { FantasyFeed.encode(teams: clubs) }

    /// The fantasy game's `/api/fixtures/` for this league's season at an instant.
    public func fantasyJSON(_ season: Season, at now: Date) -> [UInt8] {
        FantasyFeed.encode(SimulatedLeague.announcements(self.season(season), at: now), teams: clubs)
    }

    /// football-data.org's `/v4/competitions/PL/matches` for this league's season at an instant.
    public func organisationJSON(_ season: Season, at now: Date) -> [UInt8] {
        OrganisationFeed.encode(SimulatedLeague.announcements(self.season(season), at: now))
    }
}
