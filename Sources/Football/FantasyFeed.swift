import FoundationEssentials

/// The official fantasy game's fixtures (`/api/fixtures/`), whose teams are numbers that `/api/bootstrap-static/` names.
public struct FantasyFeed {
    /// Reads the numbers of a season's teams from `bootstrap-static`.
    ///
    /// - Parameters:
    ///   - bytes: The file.
    ///   - division: The division's code; `E0`'s clubs are known by name, others taken as they are.
    /// - Returns: Each team's canonical name by its number, and the entries that were refused.
    /// - Throws: `FeedError` if the file as a whole cannot be read; never for a bad entry.
    public static func teams(
        _ bytes: [UInt8], division: String = "E0"
    ) throws(FeedError) -> (names: [Int: String], quarantined: [QuarantinedRow]) {
        guard let elements = try JSONReader.read(bytes)["teams"]?.list else { throw .missingKey("teams") }
        let clubs = ClubNames.of(division: division)
        var names: [Int: String] = [:]
        var quarantined: [QuarantinedRow] = []
        for element in elements {
            do throws(BrokenRule) {
                let row = AnnouncementRow(value: element.value)
                let number = try row.whole("id")
                let name = try TeamTable.canonical(try row.text("name"), clubs)
                guard names.updateValue(name, forKey: number) == nil else {
                    throw BrokenRule(.duplicateDiffers, "\(number)".utf8)
                }
            } catch {
                quarantined.append(
                    QuarantinedRow(
                        line: element.line, rule: error.rule, value: error.value, text: bytes[element.place]))
            }
        }
        return (names, quarantined)
    }

    /// Decodes a season's fixtures: kick-offs, postponements (no kick-off), and scores so far or final.
    ///
    /// A match is finished when its points for players are provisional: its score is then final.
    ///
    /// - Parameters:
    ///   - bytes: The file.
    ///   - teams: The teams' canonical names by number, as ``teams(_:)`` returns them.
    ///   - division: The division's code in the keys.
    /// - Returns: The announcements in the file's order, and what was refused.
    /// - Throws: `FeedError` if the file as a whole cannot be read; never for a bad record.
    public static func decode(
        _ bytes: [UInt8],
        teams: [Int: String],
        division: String
    ) throws(FeedError) -> DecodedFeed<Announcement> {
        guard let elements = try JSONReader.read(bytes).list else { throw .missingKey("list of fixtures") }
        // A postponed match names no season; the file is about one.
        let firstKickOff = elements.lazy.compactMap { element in
            (try? AnnouncementRow(value: element.value).instant("kickoff_time")).flatMap { $0 }
        }.first
        guard let firstKickOff else { throw .missingKey("kickoff_time") }
        let season = Season(containing: Day(inLondon: firstKickOff))
        return DecodedFeed(elements, of: bytes) { row throws(BrokenRule) in
            let home = try team(row, "team_h", teams)
            let away = try team(row, "team_a", teams)
            let kickOff = try row.instant("kickoff_time")
            let goals = try row.goals("team_h_score", "team_a_score", .goals)
            let isSettled = try row.flag("finished")
            let isOver = try row.flag("finished_provisional") || isSettled
            let status: Announcement.Status =
                if isOver {
                    .finished
                } else if kickOff == nil {
                    .postponed
                } else if row.value["started"]?.flag == true {
                    .playing
                } else {
                    row.value["provisional_start_time"]?.flag == true ? .provisional : .scheduled
                }
            if isOver, goals == nil || kickOff == nil { throw BrokenRule(.goals, []) }
            let key = MatchKey(division: division, season: season, home: home, away: away)
            return Announcement(key: key, status: status, kickOff: kickOff, goals: goals)
        }
    }

    private static func team(
        _ row: AnnouncementRow, _ name: String, _ teams: [Int: String]
    ) throws(BrokenRule) -> String {
        let number = try row.whole(name)
        guard let team = teams[number] else { throw BrokenRule(.unknownTeam, "\(name) \(number)".utf8) }
        return team
    }
}
