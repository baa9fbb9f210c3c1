import Football
import Testing

struct FeedErrorTests {
    private static let cases: [(String, FeedError)] = [
        ("", .empty),
        ("\u{FEFF}\r\n\r\n", .empty),
        ("<!DOCTYPE html><html>, sorry</html>", .notCSV("<!DOCTYPE html><html>, sorry</html>")),
        ("{\"error\": 1, \"code\": 2}", .notCSV("{\"error\": 1, \"code\": 2}")),
        ("Too many requests", .notCSV("Too many requests")),
        ("\u{1F}\0,x", .notCSV("\u{1F}\u{FFFD},x")),
        ("Div,Date,HomeTeam,AwayTeam,FTHG,FTAG\n", .missingColumn("FTR")),
        ("Div,Date,HomeTeam,AwayTeam,FTHG,FTAG,FTR,FTHG\n", .duplicateColumn("FTHG")),
        (
            "Div,Date,HomeTeam,AwayTeam,FTHG,FTAG,FTR\nE0,\"11/08/2023,A,B,1,1,D\nE0,12/08/2023,A,B,1,1,D\n",
            .unterminatedQuote(line: 2)
        ),
    ]

    @Test(arguments: cases)
    func `a bad file is refused as a whole`(text: String, error: FeedError) {
        #expect(throws: error) {
            try SeasonFile.decode(Array(text.utf8), division: "E0", season: Season(startYear: 2023))
        }
    }

    @Test(arguments: cases.map(\.1))
    func `its reason is in the closed set and its description is one line`(error: FeedError) {
        #expect(FeedError.reasons.contains(error.reason))
        #expect(!error.description.contains("\n"))
    }

    @Test func `a file cut inside a quoted field loses its last row only`() throws {
        let text = "Div,Date,HomeTeam,AwayTeam,FTHG,FTAG,FTR\nE0,12/08/2023,Leeds,Hull,1,1,D\nE0,12/08/2023,\"C"
        let feed = try SeasonFile.decode(Array(text.utf8), division: "E0", season: Season(startYear: 2023))
        #expect(feed.rows.count == 1)
        #expect(feed.quarantined.map(\.rule) == [.fieldCount])
    }
}
