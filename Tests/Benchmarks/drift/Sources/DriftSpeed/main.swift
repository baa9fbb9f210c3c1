internal import Drift
internal import FoundationEssentials
internal import Glibc

/// Arrays of doubles in a file: a count of columns, then for each its length and its values, all little-endian.
func columns(_ path: String) throws -> [[Double]] {
    let bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
    var place = 0
    func word() -> UInt64 {
        defer { place += 8 }
        return bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: place, as: UInt64.self) }
    }
    return (0..<Int(word())).map { _ in (0..<Int(word())).map { _ in Double(bitPattern: word()) } }
}

func cpuSeconds() -> Double {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
        + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6
}

func peakKiB() -> Int {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return usage.ru_maxrss
}

let arguments = CommandLine.arguments
switch arguments.dropFirst().first {
case "speed":
    // speed REFERENCE CURRENT REPEATS: a full evaluation, sorting included, each time anew.
    let (reference, current) = (try columns(arguments[2]), try columns(arguments[3]))
    let names = reference.indices.map { "f\($0)" }
    let repeats = Int(arguments[4]) ?? 1
    let rule = ComparisonRule(significance: 0.05, minimumSample: 30)
    var (drifted, least) = (0, Double.infinity)
    let started = cpuSeconds()
    for _ in 0..<repeats {
        let before = cpuSeconds()
        drifted = compareFeatures(names: names, reference: reference, current: current, rule: rule).count {
            $0.state == .drifted
        }
        least = min(least, cpuSeconds() - before)
    }
    let mean = (cpuSeconds() - started) / Double(repeats)
    print("touchline mean_ms \(mean * 1e3) least_ms \(least * 1e3) drifted \(drifted) peak_KiB \(peakKiB())")
case "pairs":
    // pairs FILE: for each two columns a line of statistics and p-values.
    let samples = try columns(arguments[2])
    for pair in stride(from: 0, to: samples.count, by: 2) {
        let reference = try SortedSample(samples[pair], name: "reference")
        let current = try SortedSample(samples[pair + 1], name: "current")
        let smirnov = KolmogorovSmirnov.test(reference: reference, current: current)
        let counts = BinCounts(Bins(quantilesOf: reference), reference: reference, current: current)
        let squared = ChiSquared.homogeneity(counts)
        let student = StudentTest.test(reference: reference, current: current)
        let mises = CramerVonMises.test(reference: reference, current: current)
        let line: [Double] = [
            smirnov.statistic, smirnov.pValue, squared.statistic, squared.pValue,
            Divergences.populationStability(counts), Divergences.jensenShannon(counts),
            Divergences.kullbackLeibler(counts), Divergences.hellinger(counts),
            Wasserstein.distance(reference, current), EnergyDistance.distance(reference, current), student.statistic,
            student.pValue, mises.statistic, mises.pValue,
        ]
        print(line.map { "\($0)" }.joined(separator: " "))
    }
case "streams":
    // streams FILE: for each stream, then its draws, the places where Page-Hinkley, ADWIN, DDM and KSWIN detect.
    let streams = try columns(arguments[2])
    for pair in stride(from: 0, to: streams.count, by: 2) {
        var (hinkley, adwin, method) = (PageHinkley(), AdaptiveWindow(), DriftDetectionMethod())
        var window = KolmogorovSmirnovWindow()
        var draws = streams[pair + 1][...]
        var found: [[Int]] = [[], [], [], []]
        var (means, pValues): ([Double], [Double]) = ([], [])
        for (place, value) in streams[pair].enumerated() {
            if hinkley.update(value) { found[0].append(place) }
            if adwin.update(value) { found[1].append(place) }
            if method.update(value > 0.5 ? 1 : 0) { found[2].append(place) }
            let isFound = window.update(value) { _, count in
                let drawn = draws.prefix(count).map { Int($0) }
                draws = draws.dropFirst(count)
                return drawn
            }
            if isFound { found[3].append(place) }
            means.append(adwin.mean)
            pValues.append(window.pValue ?? 0)
        }
        print(found.map { $0.map { "\($0)" }.joined(separator: ",") }.joined(separator: ";"))
        print(means.map { "\($0)" }.joined(separator: " "))
        print(pValues.map { "\($0)" }.joined(separator: " "))
    }
case "alarms":
    try alarms(runs: Int(arguments[2]) ?? 1000)
default:
    print("usage: DriftSpeed speed REFERENCE CURRENT REPEATS | pairs FILE | streams FILE | alarms RUNS")
    exit(1)
}
