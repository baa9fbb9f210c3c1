import Football
import FoundationEssentials
import Testing

struct DayTests {
    @Test func `every day of four centuries comes back from its civil date`() throws {
        var previous = (year: 1799, month: 12, day: 31)
        for number in Int32(-62_091)..<Int32(84_006) {
            let day = Day(number: number)
            let civil = day.civil
            #expect(Day(year: civil.year, month: civil.month, day: civil.day) == day)
            #expect((civil.year, civil.month, civil.day) > previous)
            previous = civil
        }
    }

    @Test(arguments: [(2023, 2, 29), (2024, 4, 31), (2024, 13, 1), (2024, 0, 1), (0, 1, 1), (2024, 1, 32)])
    func `there is no such date`(year: Int, month: Int, day: Int) {
        #expect(Day(year: year, month: month, day: day) == nil)
    }

    @Test func `ISO dates are read and written`() {
        #expect(Day(iso: "2023-08-11")?.description == "2023-08-11")
        for text in ["2023-8-11", "2023-08-1+", "+023-08-11", "2023-08-11T", "2023-02-30", ""] {
            #expect(Day(iso: text) == nil, "\(text)")
        }
    }

    @Test(arguments: [
        // The clocks went forward on 31 March 2024 and back on 27 October 2024.
        ("2024-03-30", 15, 15.0), ("2024-03-31", 0, 0), ("2024-03-31", 2, 1), ("2024-08-17", 15, 14),
        ("2024-10-26", 15, 14), ("2024-10-27", 0, -1), ("2024-10-27", 15, 15), ("2024-12-26", 12, 12),
    ])
    func `UK clocks are an hour ahead in summer`(iso: String, hour: Int, expected: Double) throws {
        let day = try #require(Day(iso: iso))
        #expect(day.london(hour: hour, minute: 30) == day.start.addingTimeInterval(expected * 3600 + 1800))
    }

    @Test func `a season begins on 1 August and names its folder and itself`() throws {
        #expect(Season(containing: try #require(Day(iso: "2020-07-31"))) == Season(startYear: 2019))
        #expect(Season(containing: try #require(Day(iso: "2020-08-01"))) == Season(startYear: 2020))
        let season = Season(startYear: 1999)
        #expect(season.code == "9900" && season.description == "1999/00" && Season("1999/00") == season)
        #expect(season.lastDay.description == "2000-07-31")
        for text in ["1999/01", "99/00", "1999-00", "+999/00", ""] { #expect(Season(text) == nil, "\(text)") }
    }
}
