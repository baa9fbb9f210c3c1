import Benchmark
import Exposition
import Workload

let benchmarks: @Sendable () -> Void = {
    Benchmark.defaultConfiguration = .init(metrics: [.cpuTotal, .wallClock], maxDuration: .seconds(2))
    for series in [100, 1_000, 10_000, 100_000] {
        for format in ExpositionFormat.allCases where format != .openMetrics001 {
            for coding in [ContentCoding.identity, .gzip] {
                for (step, change) in [(1, "all"), (100, "1 % of"), (0, "no")] {
                    Benchmark("\(series) series, \(format), \(coding), \(change) values changed") { benchmark in
                        let workload = try Workload(series: series)
                        blackHole(workload.registry.page(as: format, coding: coding))
                        for seed in benchmark.scaledIterations {
                            if step > 0 { workload.change(every: step, .fractional, seed: UInt64(seed + 2)) }
                            benchmark.startMeasurement()
                            blackHole(workload.registry.page(as: format, coding: coding))
                            benchmark.stopMeasurement()
                        }
                    }
                }
            }
        }
    }
    instruments()
}
