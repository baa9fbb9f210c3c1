import Football
import FoundationEssentials
import Glibc

// Decodes and validates a season file again and again, and prints the best of the runs in MB per CPU second.
guard CommandLine.arguments.count == 3, let runs = Int(CommandLine.arguments[2]),
    let data = try? Data(contentsOf: URL(filePath: CommandLine.arguments[1]))
else {
    print("usage: FeedBenchmark FILE RUNS")
    exit(1)
}

func processorSeconds() -> Double {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    let times = [usage.ru_utime, usage.ru_stime]
    return times.reduce(0) { $0 + Double($1.tv_sec) + Double($1.tv_usec) / 1e6 }
}

let bytes = Array(data)
var best = Double.infinity
var rows = 0
for _ in 0..<runs {
    let start = processorSeconds()
    let feed = try SeasonFile.decode(bytes, division: "SIM", season: Season(startYear: 2023))
    best = min(best, processorSeconds() - start)
    rows = feed.rows.count
    guard feed.quarantined.isEmpty else {
        print("a row was refused: \(feed.quarantined[0])")
        exit(1)
    }
}
print("touchline \(Int(Double(bytes.count) / best / 1e6)) MB/s, \(rows) rows decoded and validated")
