import Forest

// Usage: ForestSpeed train|predict FILE TREES DEPTH LEAF THREADS RUNS [extra] [oob]
// One line of JSON: the best CPU seconds and wall seconds of the runs, and what the forest is like.
let arguments = CommandLine.arguments
guard arguments.count >= 8, let trees = Int(arguments[3]), let depth = Int(arguments[4]), let leaf = Int(arguments[5]),
    let threads = Int(arguments[6]), let runs = Int(arguments[7])
else { fatalError("ForestSpeed train|predict FILE TREES DEPTH LEAF THREADS RUNS [extra] [oob]") }
let arrays = try Arrays(path: arguments[2])
let set = try TrainingSet(
    columns: arrays.columns, labels: arrays.labels, classes: (arrays.labels.max() ?? 0) + 1,
    featureNames: arrays.columns.indices.map { "f\($0)" })
let extra = arguments.contains("extra")
let options = ForestOptions(
    trees: trees, maximumDepth: depth, minimumLeaf: leaf, bootstrap: !extra, seed: 1, threads: threads,
    splitRule: extra ? .random : .best, outOfBag: arguments.contains("oob"))

if arguments[1] == "train" {
    var cpu = Double.infinity
    var wall = Double.infinity
    var result = ""
    for _ in 0..<runs {
        let (cpuBefore, wallBefore) = (Measure.cpuSeconds, Measure.wallSeconds)
        let forest = try await Forest.train(set, options: options)
        cpu = min(cpu, Measure.cpuSeconds - cpuBefore)
        wall = min(wall, Measure.wallSeconds - wallBefore)
        // Equal forests have equal bytes, whatever the number of threads.
        let bytes = forest.bytes.reduce(0 as UInt64) { $0 &* 0x100_0000_01B3 ^ UInt64($1) }
        result = "\"nodes\": \(forest.nodeCount), \"bytes\": \"\(String(bytes, radix: 16))\""
        if let estimate = forest.outOfBag {
            result += ", \"accuracy\": \(estimate.accuracy), \"log_loss\": \(estimate.logLoss)"
        }
    }
    print("{\"cpu\": \(cpu), \"wall\": \(wall), \"peak_mb\": \(Measure.peakMegabytes), \(result)}")
} else {
    let forest = try await Forest.train(set, options: options)
    let rows = arrays.labels.indices.map { row in arrays.columns.map { $0[row] } }
    var sum = 0.0
    let single = try (0..<1000 * runs).map { index in
        let before = Measure.wallSeconds
        sum += try forest.probabilities(rows[index % rows.count])[0]
        return (Measure.wallSeconds - before) * 1e6
    }
    let flat = arrays.flat
    let batch = try (0..<5 * runs).map { _ in
        let before = Measure.cpuSeconds
        for _ in 0..<20 { sum += try forest.probabilities(ofRows: flat)[0] }
        return Double(20 * rows.count) / (Measure.cpuSeconds - before)
    }
    print(
        "{\"one_row_us\": \(Measure.median(single)), \"batch_rows_per_cpu_second\": \(Measure.median(batch)), "
            + "\"checksum\": \(sum)}")
}
