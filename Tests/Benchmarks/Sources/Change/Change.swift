import Exposition
import Glibc
import Workload

/// What a compressed page costs when one value in a hundred has changed, beside one in which every value has.
///
/// Prints processor time in microseconds, the median of many pages. `compare.py` sets the same beside zlib, and over HTTP.
@main
struct Change {
    static func main() throws {
        let series = CommandLine.arguments.dropFirst().compactMap { Int($0) }.first ?? 10_000
        for format in [ExpositionFormat.text, .openMetrics1] {
            let anew = try cost(series, format) { $0.change(every: 1, .fractional, seed: $1) }
            let none = try cost(series, format) { _, _ in }
            let spread = try cost(series, format) { $0.change(every: 100, .fractional, seed: $1) }
            let together = try cost(series, format) { $0.changeFirst(series / 100, seed: $1) }
            print(
                """
                \(series) series, \(format), gzip: anew \(anew) us, nothing changed \(none) us
                  1 % changed: spread over all families \(spread) us, 1/\(Int(anew / spread)); \
                in one family \(together) us, 1/\(Int(anew / together)) of our own anew
                """)
        }
    }

    private static func cost(
        _ series: Int, _ format: ExpositionFormat, _ change: (Workload, UInt64) -> Void
    ) throws -> Double {
        let workload = try Workload(series: series)
        var costs: [Double] = []
        for turn in 0..<400 {
            change(workload, UInt64(turn + 2))
            let before = now()
            let page = workload.registry.page(as: format, coding: .gzip)
            let after = now()
            if turn >= 50, !page.bytes.isEmpty { costs.append(after - before) }
        }
        return (costs.sorted()[costs.count / 2] * 10).rounded() / 10
    }

    private static func now() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) * 1e6 + Double(time.tv_nsec) / 1e3
    }
}
