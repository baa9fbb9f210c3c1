import Testing

@testable import Agent

struct DurationTextTests {
    @Test(arguments: [
        ("0s", 0), ("500ms", 500), ("30s", 30_000), ("15m", 900_000), ("1h", 3_600_000), ("7d", 604_800_000),
        ("2w", 1_209_600_000), ("1h30m", 5_400_000), ("1d12h30m15s250ms", 131_415_250), ("90m", 5_400_000),
    ])
    func `a duration is read as Prometheus reads it`(text: String, milliseconds: Int64) {
        #expect(DurationText.parse(text) == .milliseconds(milliseconds))
    }

    @Test(arguments: [
        "", "30", "s", "1.5h", "-5s", "+5s", "5 s", " 5s", "5s ", "30m1h", "1m1m", "5S", "5sec", "5μs", "٣s", "1h 30m",
        "1000000000s", "99999999999999999999s",
    ])
    func `what is no duration is refused`(text: String) {
        #expect(DurationText.parse(text) == nil)
    }

    @Test(arguments: [
        (Duration.zero, "0s"), (.milliseconds(1), "1ms"), (.seconds(60), "1m"), (.seconds(90), "1m30s"),
        (.seconds(14 * 86_400), "14d"), (.milliseconds(131_415_250), "1d12h30m15s250ms"),
    ])
    func `a duration is written in its largest units`(duration: Duration, text: String) {
        #expect(DurationText.format(duration) == text)
    }

    @Test func `what is written is read back`() {
        for exponent in 0..<40 {
            let duration = Duration.milliseconds((1 << exponent) + 7 * exponent)
            #expect(DurationText.parse(DurationText.format(duration)) == duration)
        }
    }
}
