import FoundationEssentials

/// Writes announcements as the feeds of fixtures publish them, so that synthetic feeds take the path of real ones.
///
/// What the decoders do not read is left out, but for a few members that tell a person which match a record is.
enum AnnouncementEncoder {
    /// Text in quotes, escaped as JSON has it.
    static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": quoted += "\\\(scalar)"
            case "\0"..<" ": quoted += "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }

    /// An instant as `2026-08-21T19:00:00Z`, or null.
    static func instant(_ instant: Date?) -> String { instant.map { "\"\($0.formatted(.iso8601))\"" } ?? "null" }

    /// A count, or null.
    static func count(_ count: Int?) -> String { count.map { "\($0)" } ?? "null" }
}

extension FantasyFeed {
    /// Encodes the part of `bootstrap-static` that ``teams(_:division:)`` reads: each team's number is its place from 1.
    public static func encode(teams: [String]) -> [UInt8] {
        let entries = teams.enumerated().map { place, name in
            #"{"id": \#(place + 1), "name": \#(AnnouncementEncoder.quoted(name))}"#
        }
        return Array("{\"teams\": [\n\(entries.joined(separator: ",\n"))\n]}\n".utf8)
    }

    /// Encodes a season's matches so that ``decode(_:teams:division:)`` returns them, but for half-time scores.
    ///
    /// - Parameters:
    ///   - announcements: The matches; a cancelled one is left out, as the game has no word for it.
    ///   - teams: The teams in the order in which ``encode(teams:)`` numbered them.
    /// - Returns: The file.
    public static func encode(_ announcements: [Announcement], teams: [String]) -> [UInt8] {
        let numbers = Dictionary(uniqueKeysWithValues: teams.enumerated().map { ($1, $0 + 1) })
        let records = announcements.enumerated().compactMap { place, announcement -> String? in
            guard announcement.status != .cancelled, let home = numbers[announcement.key.home],
                let away = numbers[announcement.key.away]
            else { return nil }
            let isOver = announcement.status == .finished
            let started = announcement.status == .postponed ? "null" : "\(isOver || announcement.status == .playing)"
            return """
                {"code": \(place + 1), "finished": \(isOver), "finished_provisional": \(isOver), "id": \(place + 1), \
                "kickoff_time": \(AnnouncementEncoder.instant(announcement.fixture?.kickOff)), \
                "provisional_start_time": \(announcement.status == .provisional), "started": \(started), \
                "team_a": \(away), "team_a_score": \(AnnouncementEncoder.count(announcement.goals?.away)), \
                "team_h": \(home), "team_h_score": \(AnnouncementEncoder.count(announcement.goals?.home))}
                """
        }
        return Array("[\n\(records.joined(separator: ",\n"))\n]\n".utf8)
    }
}

extension OrganisationFeed {
    /// Encodes a season's matches so that ``decode(_:division:)`` returns them.
    public static func encode(_ announcements: [Announcement]) -> [UInt8] {
        let records = announcements.enumerated().map { place, announcement in
            let key = announcement.key
            let winner = announcement.goals.flatMap { goals in
                announcement.status == .finished
                    ? ["\"HOME_TEAM\"", "\"DRAW\"", "\"AWAY_TEAM\""][Outcome(goals: goals).rawValue] : nil
            }
            return """
                {"season": {"startDate": "\(key.season.firstDay)"}, "id": \(place + 1), \
                "utcDate": \(AnnouncementEncoder.instant(announcement.kickOff)), "status": "\(status(announcement))", \
                "homeTeam": {"name": \(AnnouncementEncoder.quoted(key.home))}, \
                "awayTeam": {"name": \(AnnouncementEncoder.quoted(key.away))}, \
                "score": {"winner": \(winner ?? "null"), "fullTime": \(sides(announcement.goals)), \
                "halfTime": \(sides(announcement.halfTimeGoals))}}
                """
        }
        return Array("{\"matches\": [\n\(records.joined(separator: ",\n"))\n]}\n".utf8)
    }

    private static func status(_ announcement: Announcement) -> String {
        switch announcement.status {
        case .scheduled: "TIMED"
        case .provisional: "SCHEDULED"
        case .postponed: "POSTPONED"
        case .playing: "IN_PLAY"
        case .finished: "FINISHED"
        case .cancelled: "CANCELLED"
        }
    }

    private static func sides(_ goals: Sides<Int>?) -> String {
        #"{"home": \#(AnnouncementEncoder.count(goals?.home)), "away": \#(AnnouncementEncoder.count(goals?.away))}"#
    }
}
