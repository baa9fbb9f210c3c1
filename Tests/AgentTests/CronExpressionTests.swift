import Football
import FoundationEssentials
import Testing

@testable import Agent

struct CronExpressionTests {
    /// Instants are written `2024-02-28 23:59`; 1 January 2024 was a Monday.
    @Test(arguments: [
        ("* * * * *", "2024-02-28 23:59", "2024-02-29 00:00"),
        ("*/15 * * * *", "2024-01-01 00:00", "2024-01-01 00:15"),
        ("*/15 * * * *", "2024-01-01 23:46", "2024-01-02 00:00"),
        ("30 4 * * *", "2024-01-01 04:30", "2024-01-02 04:30"),
        ("30 4 * * *", "2024-01-01 04:29", "2024-01-01 04:30"),
        ("0 0 1 1 *", "2024-01-01 00:00", "2025-01-01 00:00"),
        ("0 12 29 2 *", "2024-03-01 00:00", "2028-02-29 12:00"),
        ("0 0 31 * *", "2024-01-31 00:00", "2024-03-31 00:00"),
        ("0 0 * * 0", "2024-01-01 00:00", "2024-01-07 00:00"),
        ("0 0 * * 7", "2024-01-01 00:00", "2024-01-07 00:00"),
        ("0 0 * * 5-7", "2024-01-06 00:00", "2024-01-07 00:00"),
        ("0 0 * * 1-5", "2024-01-05 00:00", "2024-01-08 00:00"),
        ("5/20 * * * *", "2024-01-01 00:05", "2024-01-01 00:25"),
        ("10-40/15 * * * *", "2024-01-01 00:26", "2024-01-01 00:40"),
        ("1,2,50-51 3 * * *", "2024-01-01 03:02", "2024-01-01 03:50"),
        // Both day fields restricted: either fits.
        ("0 0 13 * 5", "2024-09-06 00:00", "2024-09-13 00:00"),
        ("0 0 13 * 5", "2024-10-12 00:00", "2024-10-13 00:00"),
        ("0 0 13 * 5", "2024-10-13 00:00", "2024-10-18 00:00"),
        // A step over all days restricts none in Vixie's cron: both must fit.
        ("0 0 */2 * 1", "2024-01-01 00:00", "2024-01-15 00:00"),
        ("0  0\t1 * *", "2024-01-01 00:00", "2024-02-01 00:00"),
    ])
    func `the next instant is cron's`(text: String, after: String, next: String) throws {
        let cron = try CronExpression(text)
        let instant = try #require(cron.next(after: try utc(after)))
        #expect(Markup.instant(instant) == "\(next) UTC")
        #expect(cron.previous(onOrBefore: instant) == instant)
        let earlier = try #require(cron.previous(onOrBefore: instant.addingTimeInterval(-1)))
        #expect(try earlier <= utc(after))
        #expect(cron.next(after: earlier) == instant)
    }

    @Test func `seconds count towards the minute that they are in`() throws {
        let cron = try CronExpression("*/15 * * * *")
        let quarter = try utc("2024-01-01 00:15")
        #expect(cron.next(after: quarter.addingTimeInterval(-0.5)) == quarter)
        #expect(cron.previous(onOrBefore: quarter.addingTimeInterval(0.5)) == quarter)
        #expect(cron.previous(onOrBefore: quarter.addingTimeInterval(-0.5)) == quarter.addingTimeInterval(-900))
    }

    @Test(arguments: [("@every 90s", 90.0), ("@every  1h30m", 5_400), ("@every 1s", 1), ("@every 7d", 604_800)])
    func `a span is due at each of its multiples`(text: String, span: Double) throws {
        let cron = try CronExpression(text)
        let multiple = Date(timeIntervalSince1970: span * 1_234)
        #expect(cron.next(after: multiple) == multiple.addingTimeInterval(span))
        #expect(cron.next(after: multiple.addingTimeInterval(-0.25)) == multiple)
        #expect(cron.previous(onOrBefore: multiple) == multiple)
        #expect(cron.previous(onOrBefore: multiple.addingTimeInterval(-0.25)) == multiple.addingTimeInterval(-span))
        #expect(try CronExpression(cron.text) == cron)
    }

    @Test(arguments: [
        "@every", "@every 0s", "@every 500ms", "@every 1s500ms", "@every 5", "@every 1h 30m", "@every -1s",
    ])
    func `a span that no timetable can keep is refused`(text: String) {
        let error = #expect(throws: CronError.self) { try CronExpression(text) }
        #expect(error?.description.contains("write whole seconds, minutes, hours or days") == true)
    }

    @Test func `a whole year of instants is that of a calendar`() throws {
        let weekdays: (Int) -> Bool = { (1...5).contains($0) }
        try expectYear("*/30 9-17 * * 1-5") {
            weekdays($0.weekday) && (9...17).contains($0.hour) && $0.minute % 30 == 0
        }
        try expectYear("7 */8 1-7 3,11 *") {
            [3, 11].contains($0.month) && $0.day <= 7 && $0.hour % 8 == 0 && $0.minute == 7
        }
        try expectYear("0 6 1 * 0") { ($0.day == 1 || $0.weekday == 0) && $0.hour == 6 && $0.minute == 0 }
        try expectYear("59 23 28-31 2-12/2 7") {
            ($0.day >= 28 || $0.weekday == 0) && $0.month % 2 == 0 && $0.hour == 23 && $0.minute == 59
        }
    }

    @Test func `the built-in expressions are what their text says`() throws {
        for cron in Settings.Schedule().crons.values { #expect(try CronExpression(cron.text) == cron) }
    }

    @Test(arguments: [
        ("", "a cron expression has five fields (minute hour day month weekday), this one has 0"),
        ("* * * *", "a cron expression has five fields (minute hour day month weekday), this one has 4"),
        ("@daily", "a cron expression has five fields (minute hour day month weekday), this one has 1"),
        ("60 * * * *", "'60' is no minute: it goes from 0 to 59"),
        ("* 24 * * *", "'24' is no hour: it goes from 0 to 23"),
        ("* * 0 * *", "'0' is no day of the month: it goes from 1 to 31"),
        ("* * * 13 *", "'13' is no month: it goes from 1 to 12"),
        ("* * * * 8", "'8' is no day of the week: it goes from 0 to 7"),
        ("5-1 * * * *", "'5-1' is no minute: it goes from 0 to 59"),
        ("0 0 30 2 *", "'0 0 30 2 *' is never due: none of its months has such a day"),
        ("0 0 31 2,4,6,9,11 *", "'0 0 31 2,4,6,9,11 *' is never due: none of its months has such a day"),
    ])
    func `a refusal names the field`(text: String, why: String) {
        let error = #expect(throws: CronError.self) { try CronExpression(text) }
        #expect(error?.description == why)
    }

    @Test(arguments: [
        "a", "", "1-", "-1", "1-2-3", "*/0", "*/", "*/x", "*/1/1", "1,,2", ",", "+5", "*/+5", "1.5", "٣", "MON", "**",
        "99999999999999999999",
    ])
    func `a malformed field is refused`(field: String) {
        #expect(throws: CronError.self) { try CronExpression("\(field) * * * *") }
        #expect(throws: CronError.self) { try CronExpression("* * * * \(field)") }
    }

    private struct Minute {
        var month = 1
        var day = 1
        var weekday = 1
        var hour = 0
        var minute = 0
    }

    /// Compares every instant of 2024 with a walk through its calendar.
    private func expectYear(_ text: String, _ isDue: (Minute) -> Bool) throws {
        let cron = try CronExpression(text)
        let start = try utc("2024-01-01 00:00")
        var expected: [Date] = []
        var minute = Minute()
        var count = 0.0
        for (month, days) in [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31].enumerated() {
            minute.month = month + 1
            for day in 1...days {
                minute.day = day
                for ofDay in 0..<1440 {
                    (minute.hour, minute.minute) = (ofDay / 60, ofDay % 60)
                    if isDue(minute) { expected.append(start.addingTimeInterval(count * 60)) }
                    count += 1
                }
                minute.weekday = (minute.weekday + 1) % 7
            }
        }
        var found: [Date] = []
        var instant = start.addingTimeInterval(-1)
        while let next = cron.next(after: instant), next < start.addingTimeInterval(count * 60) {
            found.append(next)
            instant = next
        }
        #expect(found == expected, "\(text)")
        var backwards: [Date] = []
        instant = start.addingTimeInterval(count * 60 - 1)
        while let previous = cron.previous(onOrBefore: instant), previous >= start {
            backwards.append(previous)
            instant = previous.addingTimeInterval(-1)
        }
        #expect(backwards.reversed() == expected, "\(text) backwards")
    }

    /// `2024-01-01 04:30`, in UTC.
    private func utc(_ text: String) throws -> Date {
        let parts = text.split(separator: " ")
        let clock = try #require(parts.last).split(separator: ":").compactMap { Double($0) }
        let day = try #require(parts.first.flatMap { Day(iso: $0) })
        return day.start.addingTimeInterval(clock[0] * 3600 + clock[1] * 60)
    }
}
