import Football
import Testing

/// One row that breaks each rule, with the value that the quarantine must show.
struct RowRuleTests {
    private static let good = SeasonFileTests.good
    private static let season = Season(startYear: 2023)

    private static func decode(_ rows: [UInt8]) throws(FeedError) -> DecodedFeed<Match> {
        try SeasonFile.decode(
            Array((SeasonFileTests.header + "\n").utf8) + rows, division: "E0", season: season,
            asOf: Day(year: 2024, month: 5, day: 15))
    }

    private static let broken: [(RowRule, String, String)] = [
        (.fieldCount, "E0,11/08/2023,20:00,Burnley", "4 of 18"),
        (.fieldCount, good + ",,7", "7"),
        (.quoting, good.with("Burnley", "\"Burn\"ley"), "\"Burn\"ley"),
        (.date, good.with("11/08/2023", "30/02/2024"), "30/02/2024"),
        (.date, good.with("11/08/2023", "2023-08-11"), "2023-08-11"),
        (.date, good.with("11/08/2023", "11/08/023"), "11/08/023"),
        (.date, good.with("11/08/2023", ""), ""),
        (.dateOutsideSeason, good.with("11/08/2023", "11/08/2024"), "11/08/2024"),
        (.dateOutsideSeason, good.with("11/08/2023", "31/07/2023"), "31/07/2023"),
        (.time, good.with("20:00", "24:00"), "24:00"),
        (.time, good.with("20:00", "8pm"), "8pm"),
        (.division, good.with("E0", "E1"), "E1"),
        (.team, good.with("Burnley", ""), ""),
        (.team, good.with("Burnley", String(repeating: "x", count: 101)), String(repeating: "x", count: 101)),
        (.encoding, good.with("Burnley", "Burn\u{0}ley"), "Burn\u{FFFD}ley"),
        (.sameTeam, good.with("Burnley", "Man City"), "Man City"),
        (.goals, good.with(",0,3,A", ",,3,A"), ""),
        (.goals, good.with(",0,3,A", ",,,A"), ""),
        (.goals, good.with(",0,3,A", ",-1,3,A"), "-1"),
        (.goals, good.with(",0,3,A", ",0,31,A"), "31"),
        (.goals, good.with(",0,3,A", ",0,3.0,A"), "3.0"),
        (.resultMismatch, good.with(",0,3,A", ",0,3,H"), "H"),
        (.resultMismatch, good.with(",0,3,A", ",0,3,"), ""),
        (.halfTime, good.with("A,0,2,A", "A,1,2,A"), "1-2"),
        (.halfTime, good.with("A,0,2,A", "A,0,2,D"), "D"),
        (.halfTime, good.with("A,0,2,A", "A,,2,A"), ""),
        (.statistics, good.with(",6,17,", ",-6,17,"), "-6"),
        (.statistics, good.with(",6,17,", ",6,1017,"), "1017"),
        (.statistics, good.with(",6,17,", ",6,4,"), "8 of 4"),
        (.odds, good.with("5.5", "1.0"), "1.0"),
        (.odds, good.with("5.5", "0"), "0"),
        (.odds, good.with("5.5", "inf"), "inf"),
        (.odds, good.with("5.5", "5e1"), "5e1"),
        (.odds, good.with("5.5", "5.5.5"), "5.5.5"),
        (.odds, good.with("5.5", "-5.5"), "-5.5"),
        (.odds, good.with("5.5", "0x1p4"), "0x1p4"),
        (.overround, good.with("5.5", "1.01"), "0.867"),
        (.overround, good.with("8.0", "100"), "-0.056"),
        (.unknownTeam, good.with("Burnley", "Burnlee"), "Burnlee; nearest: Burnley, Barnsley"),
        (.resultInFuture, good.with("11/08/2023", "16/05/2024"), "16/05/2024"),
    ]

    @Test(arguments: broken)
    func `a broken row is refused alone, with its line, rule, value and text`(
        rule: RowRule, row: String, value: String
    ) throws {
        let after = Self.good.with("Burnley", "Arsenal").with("11/08/2023", "12/08/2023")
        let feed = try Self.decode(Array("\(row)\n\(after)\n".utf8))
        let refused = try #require(feed.quarantined.first)
        #expect(feed.quarantined.count == 1)
        #expect(refused.rule == rule)
        #expect(refused.line == 2)
        #expect(refused.value == value)
        #expect(refused.text == row.with("\0", "\u{FFFD}"))
        #expect(feed.rows.map(\.fixture.key.home) == ["Arsenal"])
    }

    @Test func `a second match of the same pair is a duplicate of the first`() throws {
        let feed = try Self.decode(
            Array("\(Self.good)\n\(Self.good.with("11/08", "12/08"))\n\(Self.good)\n".utf8))
        #expect(feed.rows.count == 1)
        #expect(feed.quarantined.map(\.rule) == [.duplicateDiffers, .duplicate])
        #expect(feed.quarantined.first?.value == "Burnley v Man City")
    }

    @Test func `a team's second match on a day is refused`() throws {
        let feed = try Self.decode(Array("\(Self.good)\n\(Self.good.with("Burnley", "Arsenal"))\n".utf8))
        #expect(feed.rows.map(\.fixture.key.home) == ["Burnley"])
        #expect(feed.quarantined.map(\.rule) == [.teamTwiceOnDay])
        #expect(feed.quarantined.first?.value == "Man City on 2023-08-11")
    }

    @Test func `a refused row does not stand in the way of its correction`() throws {
        let feed = try Self.decode(Array("\(Self.good.with("5.5", "0"))\n\(Self.good)\n".utf8))
        #expect(feed.rows.count == 1)
        #expect(feed.quarantined.map(\.rule) == [.odds])
    }

    @Test func `bytes that are no text are refused and shown repaired`() throws {
        let row = Array(Self.good.utf8).flatMap { $0 == UInt8(ascii: "B") ? [0xC3, 0x28] : [$0] }
        let refused = try #require(try Self.decode(row + [0x0A]).quarantined.first)
        #expect(refused.rule == .encoding)
        #expect(refused.value == "\u{FFFD}(urnley")
    }

    @Test func `what the quarantine keeps is cut between characters`() {
        let row = QuarantinedRow(
            line: 9, rule: .team,
            value: String(repeating: "é", count: 150), text: "a" + String(repeating: "é", count: 5_000)
        )
        #expect(row.value.utf8.count == 200)
        #expect(row.text.utf8.count == 1_999)
        #expect(!row.text.contains("\u{FFFD}"))
    }

    @Test func `every rule of comma-separated rows has one here that breaks it`() {
        let shown = Set(Self.broken.map(\.0)).union([.duplicate, .duplicateDiffers, .teamTwiceOnDay, .field])
        #expect(shown == Set(RowRule.allCases))
    }
}

extension String {
    fileprivate func with(_ old: String, _ new: String) -> String {
        var rest = self[...]
        var result = ""
        while let start = rest.indices.first(where: { rest[$0...].hasPrefix(old) }) {
            result += rest[..<start] + new
            rest = rest[start...].dropFirst(old.count)
        }
        return result + rest
    }
}
