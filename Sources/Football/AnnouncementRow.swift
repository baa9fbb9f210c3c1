import FoundationEssentials

/// A record of a JSON feed: members by name, each read under the rule that it must satisfy.
struct AnnouncementRow {
    let value: JSON

    func whole(_ name: String) throws(BrokenRule) -> Int {
        guard let number = value[name]?.whole else { throw BrokenRule(.field, name.utf8) }
        return number
    }

    func flag(_ name: String) throws(BrokenRule) -> Bool {
        guard let flag = value[name]?.flag else { throw BrokenRule(.field, name.utf8) }
        return flag
    }

    func text(_ name: String) throws(BrokenRule) -> String {
        guard let text = value[name]?.text else { throw BrokenRule(.field, name.utf8) }
        return text
    }

    func row(_ name: String) throws(BrokenRule) -> AnnouncementRow {
        guard let member = value[name], case .object = member else { throw BrokenRule(.field, name.utf8) }
        return AnnouncementRow(value: member)
    }

    /// An instant in UTC, `2026-08-21T19:00:00Z`; nil if it is null.
    func instant(_ name: String) throws(BrokenRule) -> Date? {
        guard let member = value[name] else { throw BrokenRule(.field, name.utf8) }
        if member.isNull { return nil }
        guard let text = member.text else { throw BrokenRule(.field, name.utf8) }
        let parts = text.split(separator: "T", omittingEmptySubsequences: false)
        guard parts.count == 2, let day = Day(iso: parts[0]), let seconds = AnnouncementRow.seconds(parts[1]) else {
            throw BrokenRule(.time, text.utf8)
        }
        return day.start.addingTimeInterval(seconds)
    }

    /// Both sides' goals; nil if both are null.
    func goals(_ home: String, _ away: String, _ rule: RowRule) throws(BrokenRule) -> Sides<Int>? {
        guard let first = value[home], let second = value[away] else { throw BrokenRule(.field, home.utf8) }
        if first.isNull, second.isNull { return nil }
        guard let first = first.whole, let second = second.whole, (0...30).contains(first), (0...30).contains(second)
        else { throw BrokenRule(rule, "\(home), \(away)".utf8) }
        return Sides(home: first, away: second)
    }

    /// Seconds into the day of `19:00:00Z`.
    private static func seconds(_ text: Substring) -> Double? {
        let fields = text.utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard fields.count == 3, text.utf8.count == 9, text.utf8.last == UInt8(ascii: "Z") else { return nil }
        let numbers = [fields[0], fields[1], fields[2].dropLast()].compactMap { part -> Int? in
            guard part.count == 2, part.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
            return Int(Substring(part))
        }
        guard numbers.count == 3, numbers[0] < 24, numbers[1] < 60, numbers[2] < 60 else { return nil }
        return Double(numbers[0] * 3600 + numbers[1] * 60 + numbers[2])
    }
}

extension DecodedFeed<Announcement> {
    /// Decodes a list of matches record by record; `read` returns nil for a record to be skipped.
    init(
        _ elements: [JSON.Element],
        of bytes: [UInt8],
        read: (AnnouncementRow) throws(BrokenRule) -> Announcement?
    ) {
        let teams = TeamTable(nil)
        var rows: [Announcement] = []
        var quarantined: [QuarantinedRow] = []
        var skipped = 0
        var seen = SeenMatches()
        var kinds: [String: FeedSchema.Kind] = [:]
        for (place, element) in elements.enumerated() {
            if place < ColumnSample.rows, case .object(let members) = element.value {
                for (name, member) in members where kinds[name] ?? .empty == .empty { kinds[name] = member.kind }
            }
            do throws(BrokenRule) {
                guard case .object = element.value else { throw BrokenRule(.field, []) }
                guard let row = try read(AnnouncementRow(value: element.value)) else {
                    skipped += 1
                    continue
                }
                let key = row.key
                guard key.home != key.away else { throw BrokenRule(.sameTeam, key.home.utf8) }
                let claim = MatchClaim(
                    home: teams.number(of: key.home), away: teams.number(of: key.away), season: key.season,
                    day: row.fixture?.day ?? Day(number: 0))
                if let earlier = seen.earlier(claim) {
                    throw BrokenRule(
                        rows[earlier] == row ? .duplicate : .duplicateDiffers, "\(key.home) v \(key.away)".utf8)
                }
                if let day = row.fixture?.day {
                    guard Season(containing: day) == key.season else {
                        throw BrokenRule(.dateOutsideSeason, "\(day)".utf8)
                    }
                    if let team = seen.playingTwice(claim) {
                        throw BrokenRule(.teamTwiceOnDay, "\(teams.name(team)) on \(day)".utf8)
                    }
                }
                seen.add(claim, row: rows.count, hasDay: row.fixture != nil)
                rows.append(row)
            } catch {
                quarantined.append(
                    QuarantinedRow(
                        line: element.line, rule: error.rule, value: error.value, text: bytes[element.place]))
            }
        }
        self.init(
            rows: rows, quarantined: quarantined, skipped: skipped, schema: FeedSchema(columns: kinds))
    }
}
