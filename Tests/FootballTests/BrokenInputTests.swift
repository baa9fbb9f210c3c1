import Football
import TestSupport
import Testing

/// Broken files of our own making, with the verdict on each: what is stored, what is set aside, what is refused.
struct BrokenInputTests {
    enum Verdict: Sendable, Equatable {
        case refused(String)
        case kept(Int, [RowRule])
    }

    struct Broken: Sendable, CustomTestStringConvertible {
        let what: String
        let bytes: [UInt8]
        let verdict: Verdict

        init(_ what: String, _ text: String, _ verdict: Verdict) {
            self.init(what, Array(text.utf8), verdict)
        }

        init(_ what: String, _ bytes: [UInt8], _ verdict: Verdict) {
            (self.what, self.bytes, self.verdict) = (what, bytes, verdict)
        }

        var testDescription: String { what }
    }

    private static let header = SeasonFileTests.header
    private static let good = SeasonFileTests.good
    private static let other = "E0,12/08/2023,15:00,Arsenal,Fulham,2,1,H,1,0,H,20,9,7,3,1.3,5.5,9.0"
    private static let whole = "\(header)\r\n\(good)\r\n\(other)\r\n"

    /// The whole file with one thing replaced wherever it stands.
    private static func whole(_ old: String, _ new: String) -> String { whole.replacing(old, with: new) }

    private static func utf16(_ text: String) -> [UInt8] {
        [0xFF, 0xFE] + text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    }

    private static let bytes = Array(whole.utf8)

    private static let files: [Broken] = [
        // Not a season file at all.
        Broken("nothing", "", .refused("empty")),
        Broken("blank lines", "\r\n\r\n \r\n", .refused("empty")),
        Broken("only a byte order mark", [0xEF, 0xBB, 0xBF], .refused("empty")),
        Broken("an HTML error page", "<!DOCTYPE html>\n<html><body>503, sorry</body></html>", .refused("not_csv")),
        Broken("an HTML page in capitals", "<HTML><HEAD><TITLE>404, no</TITLE></HEAD></HTML>", .refused("not_csv")),
        Broken("an XML error", "<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code>,</Error>", .refused("not_csv")),
        Broken("JSON", "{\"message\": \"limit\", \"code\": 429}", .refused("not_csv")),
        Broken("one word", "Forbidden", .refused("not_csv")),
        Broken("NUL bytes", [UInt8](repeating: 0, count: 10_000), .refused("not_csv")),
        Broken("gzip that nobody unpacked", [0x1F, 0x8B, 0x08, 0, 0, 0x2C, 0, 0, 0, 3, 0x0A], .refused("not_csv")),
        Broken(
            "random bytes", (0..<5_000).map { UInt8(truncatingIfNeeded: $0 &* 97 ^ $0 >> 3) | 0x80 },
            .refused("not_csv")),
        Broken("UTF-16", utf16(whole), .refused("not_csv")),
        Broken("a PDF", "%PDF-1.4\n1 0 obj, <<>>\nendobj", .refused("not_csv")),
        Broken("another table", "id,name\n1,Arsenal\n", .refused("missing_column")),
        Broken("no header", "\(good)\r\n\(other)\r\n", .refused("missing_column")),
        Broken("header in lower case", whole(header, header.lowercased()), .refused("missing_column")),
        Broken("header separated by semicolons", whole(",", ";"), .refused("not_csv")),
        Broken("header separated by tabs", whole(",", "\t"), .refused("not_csv")),
        Broken("no date column", whole(",Date,", ",Day,"), .refused("missing_column")),
        Broken("no result column", whole(",FTR,", ",,"), .refused("missing_column")),
        Broken("a column twice", whole("HS,AS", "HS,HS"), .refused("duplicate_column")),
        Broken(
            "a required column twice", whole("FTHG,FTAG,FTR,HTHG", "FTHG,FTAG,FTR,FTHG"), .refused("duplicate_column")),
        Broken("a header cut short", "Div,Date,Time,HomeTe", .refused("missing_column")),
        Broken("a header in an open quote", "Div,\"Date,Time", .refused("not_csv")),
        Broken("a quote that swallows the file", whole("Burnley", "\"Burnley"), .refused("unterminated_quote")),
        // Files of which something can be kept.
        Broken("a header alone", "\(header)\r\n", .kept(0, [])),
        Broken("line feeds alone", whole("\r\n", "\n"), .kept(2, [])),
        Broken("carriage returns doubled", whole("\r\n", "\r\r\n"), .kept(2, [])),
        Broken("a byte order mark", [0xEF, 0xBB, 0xBF] + bytes, .kept(2, [])),
        Broken("no final line ending", String(whole.dropLast(1)), .kept(2, [])),
        Broken("cut in the last row", String(whole.dropLast(30)), .kept(1, [.fieldCount])),
        Broken("cut in a team's name", "\(header)\n\(good)\nE0,12/08/2023,15:00,Arse", .kept(1, [.fieldCount])),
        Broken("cut in a quoted name", "\(header)\n\(good)\nE0,12/08/2023,15:00,\"Arse", .kept(1, [.fieldCount])),
        Broken(
            "an HTML page after the rows", whole + "<html><body>gateway, timeout</body></html>\n",
            .kept(2, [.fieldCount])),
        Broken("NUL bytes after the rows", bytes + [UInt8](repeating: 0, count: 4_096), .kept(2, [.fieldCount])),
        Broken("a row of separators", whole + String(repeating: ",", count: 17) + "\r\n", .kept(2, [])),
        Broken("a row too long", whole("1.33\r\n", "1.33,,,stray\r\n"), .kept(1, [.fieldCount])),
        Broken("an unquoted comma in a name", whole("Man City", "Man, City"), .kept(1, [.fieldCount])),
        Broken("a quote within a quote", whole("Man City", "\"Man\" City"), .kept(1, [.quoting])),
        Broken("a name in Latin-1", bytes.flatMap { $0 == UInt8(ascii: "B") ? [0xDF] : [$0] }, .kept(1, [.encoding])),
        Broken("a name with a control character", whole("Fulham", "Ful\u{7}ham"), .kept(1, [.encoding])),
        Broken("a field of a megabyte", whole("Fulham", String(repeating: "F", count: 1 << 20)), .kept(1, [.team])),
        Broken(
            "a number of a megabyte", whole("9.0\r\n", String(repeating: "9", count: 1 << 20) + "\r\n"),
            .kept(1, [.odds])),
        Broken(
            "ten thousand columns",
            whole("A,HTHG", "A,HTHG").replacing(header, with: header + (0..<10_000).map { ",x\($0)" }.joined()),
            .kept(0, [.fieldCount, .fieldCount])),
        Broken("home and away columns swapped", whole("HomeTeam,AwayTeam", "AwayTeam,HomeTeam"), .kept(2, [])),
        Broken("goals swapped in the rows", whole(",0,3,A", ",3,0,A"), .kept(1, [.resultMismatch])),
        Broken(
            "team and date swapped", whole("12/08/2023,15:00,Arsenal", "Arsenal,15:00,12/08/2023"), .kept(1, [.date])),
        Broken("another division's row", whole("E0,12/08", "E1,12/08"), .kept(1, [.division])),
        Broken("another division's file", whole("E0,", "SC0,"), .kept(0, [.division, .division])),
        Broken("another season's row", whole("12/08/2023", "12/08/2022"), .kept(1, [.dateOutsideSeason])),
        Broken("a result from the future", whole("12/08/2023", "12/05/2024"), .kept(1, [.resultInFuture])),
        Broken("a day that does not exist", whole("12/08/2023", "31/02/2024"), .kept(1, [.date])),
        Broken("an American date", whole("12/08/2023", "08/23/2023"), .kept(1, [.date])),
        Broken("a date as a spreadsheet counts", whole("12/08/2023", "45150"), .kept(1, [.date])),
        Broken("a time with seconds", whole("15:00", "15:00:00"), .kept(1, [.time])),
        Broken("a club that is not one", whole("Fulham", "Fullham Town"), .kept(1, [.unknownTeam])),
        Broken("a team against itself", whole("Fulham", "Arsenal"), .kept(1, [.sameTeam])),
        Broken("a team against itself in two spellings", whole("Fulham", "Arsenal FC"), .kept(1, [.sameTeam])),
        Broken(
            "a team twice on a day", whole("12/08/2023", "11/08/2023").replacing("Arsenal", with: "Man City"),
            .kept(1, [.teamTwiceOnDay])),
        Broken("a row again", whole + other + "\r\n", .kept(2, [.duplicate])),
        Broken(
            "a row again with other goals", whole + other.replacing("2,1,H", with: "3,1,H"),
            .kept(2, [.duplicateDiffers])),
        Broken("negative goals", whole(",2,1,H", ",-2,1,A"), .kept(1, [.goals])),
        Broken("absurd goals", whole(",2,1,H", ",200,1,H"), .kept(1, [.goals])),
        Broken("one side's goals", whole(",2,1,H", ",2,,H"), .kept(1, [.goals])),
        Broken("goals in words", whole(",2,1,H", ",two,1,H"), .kept(1, [.goals])),
        Broken("more at half-time than at the end", whole(",1,0,H,", ",3,0,H,"), .kept(1, [.halfTime])),
        Broken("a half-time letter that lies", whole(",1,0,H,", ",1,0,A,"), .kept(1, [.halfTime])),
        Broken("more shots on target than shots", whole(",20,9,7,3,", ",2,9,17,3,"), .kept(1, [.statistics])),
        Broken("negative shots", whole(",20,9,", ",-20,9,"), .kept(1, [.statistics])),
        Broken("negative odds", whole("1.3,5.5,9.0", "-1.3,5.5,9.0"), .kept(1, [.odds])),
        Broken("odds of one", whole("1.3,5.5,9.0", "1,5.5,9.0"), .kept(1, [.odds])),
        Broken("odds as fractions", whole("1.3,5.5,9.0", "3/10,5.5,9.0"), .kept(1, [.odds])),
        Broken("odds with a decimal comma in quotes", whole("1.3,5.5,9.0", "\"1,3\",5.5,9.0"), .kept(1, [.odds])),
        Broken("odds that are no number", whole("1.3,5.5,9.0", "nan,5.5,9.0"), .kept(1, [.odds])),
        Broken("odds with an absurd margin", whole("1.3,5.5,9.0", "1.01,1.01,1.01"), .kept(1, [.overround])),
        Broken("odds that give money away", whole("1.3,5.5,9.0", "13,55,90"), .kept(1, [.overround])),
        Broken("odds missing", whole("1.3,5.5,9.0", ",,"), .kept(2, [])),
        Broken(
            "only results", "Div,Date,HomeTeam,AwayTeam,FTHG,FTAG,FTR\nE0,11/08/23,Leeds,Hull,1,1,D\n", .kept(1, [])),
    ]

    @Test func `there are sixty and more`() {
        #expect(Self.files.count >= 60)
        #expect(Set(Self.files.map(\.what)).count == Self.files.count)
    }

    @Test(arguments: files)
    func `a broken file gets its verdict, and no bad row is kept`(file: Broken) throws {
        let verdict: Verdict
        do throws(FeedError) {
            let feed = try SeasonFile.decode(
                file.bytes, division: "E0", season: Season(startYear: 2023), asOf: Day(year: 2024, month: 1, day: 1))
            verdict = .kept(feed.rows.count, feed.quarantined.map(\.rule))
            for match in feed.rows { #expect(Plausible.match(match)) }
        } catch {
            verdict = .refused(error.reason)
        }
        #expect(verdict == file.verdict)
    }

    private static let documents: [(String, String)] = [
        ("", "empty"), ("  \n", "empty"), ("<html></html>", "not_json"), ("[", "not_json"), ("[1,]", "not_json"),
        ("[1 2]", "not_json"), ("{\"a\":1,\"a\":2}", "not_json"), ("[01]", "not_json"), ("[1.]", "not_json"),
        ("[+1]", "not_json"), ("[\"\\ud800\"]", "not_json"), ("[\"\u{1}\"]", "not_json"), ("[\"a]", "not_json"),
        ("[nul]", "not_json"), ("[NaN]", "not_json"), ("[1e999999999999999999999999999999999999999]", "not_json"),
        (String(repeating: "[", count: 100_000), "not_json"), ("[] []", "not_json"), ("{\"a\" 1}", "not_json"),
        ("[\"\\x\"]", "not_json"), ("{1:2}", "not_json"), ("{}", "missing_key"), ("3", "missing_key"),
        ("{\"matches\": 7}", "missing_key"), ("{\"matches\": {}}", "missing_key"),
    ]

    @Test(arguments: documents)
    func `a broken document is refused`(text: String, reason: String) {
        #expect(throws: FeedError.self) { try OrganisationFeed.decode(Array(text.utf8), division: "E0") }
        do throws(FeedError) {
            _ = try OrganisationFeed.decode(Array(text.utf8), division: "E0")
        } catch {
            #expect(error.reason == reason)
        }
    }

    @Test func `a whole column that turned to words costs its quote and no row`() throws {
        let rows = try RealSeasons.file(Season(startYear: 2023)).split(separator: UInt8(ascii: "\n"))
        let header = String(decoding: rows[0], as: UTF8.self)
        let column = try #require(header.split(separator: ",").firstIndex(of: "B365H"))
        let spoilt = rows.enumerated().map { number, row in
            var fields = row.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
            if number > 0 { fields[column] = Array("suspended".utf8)[...] }
            return Array(fields.joined(separator: [UInt8(ascii: ",")]))
        }
        let feed = try SeasonFile.decode(
            Array(spoilt.joined(separator: [UInt8(ascii: "\n")])), division: "E0", season: Season(startYear: 2023))
        #expect(feed.rows.count == 380)
        #expect(feed.unusable == ["B365H"])
        #expect(feed.rows.allSatisfy { $0.fixture.odds[Quote(.bet365)] == nil && $0.fixture.odds.count == 7 })
        let before = try SeasonFile.decode(
            Array(rows.joined(separator: [UInt8(ascii: "\n")])), division: "E0", season: Season(startYear: 2023))
        #expect(feed.schema.changes(since: before.schema) == [SchemaChange(column: "B365H", change: .retyped)])
    }

    @Test func `columns that come and go are named`() throws {
        let old = FeedSchema(columns: ["Date": .text, "HS": .number, "Referee": .empty])
        let new = FeedSchema(columns: ["Date": .text, "VAR": .number, "Referee": .text])
        #expect(
            new.changes(since: old) == [
                SchemaChange(column: "HS", change: .disappeared), SchemaChange(column: "VAR", change: .appeared),
            ])
    }
}

/// What every stored match satisfies, whatever the file held.
enum Plausible {
    static func match(_ match: Match) -> Bool {
        let goals = match.result.goals
        let key = match.fixture.key
        let counts = match.result.statistics.values.flatMap { [$0.home, $0.away] }
        let halfTime = match.result.halfTimeGoals ?? Sides(home: 0, away: 0)
        return (0...30).contains(goals.home) && (0...30).contains(goals.away) && key.home != key.away
            && ClubNames.england[key.home] == key.home && ClubNames.england[key.away] == key.away
            && halfTime.home <= goals.home && halfTime.away <= goals.away
            && counts.allSatisfy { (0...100).contains($0) }
            && match.fixture.odds.values.allSatisfy { $0.home > 1 && $0.draw > 1 && $0.away > 1 && $0.overround < 0.31 }
            && Season(containing: match.fixture.day) == key.season
    }
}
