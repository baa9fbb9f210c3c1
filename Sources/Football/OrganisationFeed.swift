import FoundationEssentials

/// The matches of a competition as football-data.org's version 4 gives them (`/v4/competitions/PL/matches`).
public struct OrganisationFeed {
    /// Decodes a list of matches: kick-offs, postponements, and scores so far or final.
    ///
    /// - Parameters:
    ///   - bytes: The file.
    ///   - division: The division's code in the keys; `E0`'s clubs are known by name, others taken as they are.
    /// - Returns: The announcements in the file's order, and what was refused.
    /// - Throws: `FeedError` if the file as a whole cannot be read; never for a bad record.
    public static func decode(_ bytes: [UInt8], division: String) throws(FeedError) -> DecodedFeed<Announcement> {
        guard let elements = try JSONReader.read(bytes)["matches"]?.list else { throw .missingKey("matches") }
        let names = ClubNames.of(division: division)
        return DecodedFeed(elements, of: bytes) { row throws(BrokenRule) in
            let home = try team(row, "homeTeam", names)
            let away = try team(row, "awayTeam", names)
            let start = try row.row("season").text("startDate")
            guard let firstDay = Day(iso: start) else { throw BrokenRule(.date, start.utf8) }
            let status = try status(row)
            let kickOff = try row.instant("utcDate")
            if kickOff == nil, status != .postponed, status != .cancelled { throw BrokenRule(.time, []) }
            let score = try row.row("score")
            let goals = try score.row("fullTime").goals("home", "away", .goals)
            let halfTime = try score.row("halfTime").goals("home", "away", .halfTime)
            if status == .finished { try check(goals, halfTime, winner: score.value["winner"]?.text) }
            return Announcement(
                key: MatchKey(division: division, season: Season(containing: firstDay), home: home, away: away),
                status: status, kickOff: kickOff, goals: goals, halfTimeGoals: halfTime
            )
        }
    }

    private static func team(
        _ row: AnnouncementRow, _ name: String, _ names: ClubNames?
    ) throws(BrokenRule) -> String {
        try TeamTable.canonical(try row.row(name).text("name"), names)
    }

    private static func status(_ row: AnnouncementRow) throws(BrokenRule) -> Announcement.Status {
        switch try row.text("status") {
        case "TIMED": .scheduled
        // A day is fixed, an hour is not.
        case "SCHEDULED": .provisional
        case "IN_PLAY", "PAUSED", "EXTRA_TIME", "PENALTY_SHOOTOUT", "LIVE": .playing
        case "FINISHED", "AWARDED": .finished
        case "POSTPONED", "SUSPENDED": .postponed
        case "CANCELLED": .cancelled
        case let unknown: throw BrokenRule(.field, "status \(unknown)".utf8)
        }
    }

    private static func check(_ goals: Sides<Int>?, _ halfTime: Sides<Int>?, winner: String?) throws(BrokenRule) {
        guard let goals else { throw BrokenRule(.goals, []) }
        if let winner, winner != ["HOME_TEAM", "DRAW", "AWAY_TEAM"][Outcome(goals: goals).rawValue] {
            throw BrokenRule(.resultMismatch, winner.utf8)
        }
        if let halfTime, halfTime.home > goals.home || halfTime.away > goals.away {
            throw BrokenRule(.halfTime, "\(halfTime.home)-\(halfTime.away)".utf8)
        }
    }
}
