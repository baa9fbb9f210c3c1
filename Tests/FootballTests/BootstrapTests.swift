import Football
import Testing

struct BootstrapTests {
    @Test func `single matches on many days have nearly the normal interval`() throws {
        let values = (0..<400).map { (day: Day(number: Int32($0)), value: Double($0 % 7)) }
        let interval = try #require(Bootstrap(values).interval())
        let mean = values.reduce(0) { $0 + $1.value } / 400
        let deviation = (values.reduce(0) { $0 + ($1.value - mean) * ($1.value - mean) } / 399).squareRoot()
        #expect(abs((mean - interval.lower) / (1.96 * deviation / 20) - 1) < 0.05)
        #expect(abs((interval.upper - mean) / (1.96 * deviation / 20) - 1) < 0.05)
    }

    @Test func `matches of one day stand or fall together`() throws {
        let apart = (0..<200).map { (day: Day(number: Int32($0)), value: Double($0 / 10 % 2)) }
        let together = (0..<200).map { (day: Day(number: Int32($0 / 10)), value: Double($0 / 10 % 2)) }
        let narrow = try #require(Bootstrap(apart).interval(draws: 2_000))
        let wide = try #require(Bootstrap(together).interval(draws: 2_000))
        #expect(wide.upper - wide.lower > 2 * (narrow.upper - narrow.lower))
    }

    @Test func `equal seeds draw equally, and one day has no interval`() {
        let values = (0..<50).map { (day: Day(number: Int32($0)), value: Double($0 * $0 % 11)) }
        #expect(Bootstrap(values).interval(seed: 7) == Bootstrap(values).interval(seed: 7))
        #expect(Bootstrap(values).interval(seed: 7) != Bootstrap(values).interval(seed: 8))
        #expect(Bootstrap(Array(values.prefix(1))).interval() == nil)
    }
}
