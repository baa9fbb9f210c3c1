import Benchmark
import Dispatch
import Exposition

/// Updates of one series, a million at a time, from one thread and from four at once.
func instruments() {
    let counter = Counter(.counter("benchmark_total", "A total.", labels: ["a", "b", "c"]))
    let histogram = Histogram(.histogram("benchmark_seconds", "Seconds.", labels: ["a", "b", "c"]))
    let native = NativeHistogram(.nativeHistogram("benchmark_native_seconds", "Seconds.", labels: ["a", "b", "c"]))
    let one = counter.labels("a", "b", "c")
    let seconds = histogram.labels("a", "b", "c")
    let nativeSeconds = native.labels("a", "b", "c")
    let updates: [(String, @Sendable (Int) -> Void)] = [
        ("increment", { _ in one.increment() }),
        ("increment by label values", { _ in counter.increment(["a", "b", "c"]) }),
        ("observe", { seconds.observe(Double($0 & 15)) }),
        ("observe natively", { nativeSeconds.observe(Double($0 & 1023)) }),
    ]
    for (name, update) in updates {
        Benchmark("\(name), one thread", configuration: .init(scalingFactor: .mega)) { benchmark in
            for turn in benchmark.scaledIterations { update(turn) }
        }
        Benchmark("\(name), four threads", configuration: .init(scalingFactor: .mega)) { benchmark in
            let turns = benchmark.scaledIterations.count / 4
            DispatchQueue.concurrentPerform(iterations: 4) { _ in for turn in 0..<turns { update(turn) } }
        }
    }
}
