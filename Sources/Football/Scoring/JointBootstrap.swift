/// Intervals of many means at once, by drawing the same matchweeks again for all of them.
///
/// Matches of one matchweek share what made them hard to forecast, so that they are drawn together: ``Block`` stands for
/// the matchweek, which the feeds do not number. A match may lack a value in some of the columns.
struct JointBootstrap {
    /// How often as many blocks are drawn as there are; the ends of an interval move by about 1 % of its width.
    static let draws = 2_000

    private var blocks: [Block: Int] = [:]
    private var sums: [[Double]] = []
    private var counts: [[Double]] = []

    /// Adds a match's values, one for each column.
    mutating func add(_ values: [Double?], on day: Day) {
        add(values.map { value in value.map { (sum: $0, weight: 1) } }, on: day)
    }

    /// Adds a match's sums and the weights by which their means are taken, one for each column.
    mutating func add(_ values: [(sum: Double, weight: Double)?], on day: Day) {
        let block = Block(containing: day)
        let row: Int
        if let known = blocks[block] {
            row = known
        } else {
            row = sums.count
            blocks[block] = row
            sums.append(Array(repeating: 0, count: values.count))
            counts.append(Array(repeating: 0, count: values.count))
        }
        for (column, value) in values.enumerated() {
            guard let value else { continue }
            sums[row][column] += value.sum
            counts[row][column] += value.weight
        }
    }

    /// The mean of each column with its interval; nil for a column without values, and no interval within one block.
    ///
    /// - Parameter seed: Where the draws come from; equal seeds give equal intervals.
    /// - Returns: An estimate for each column.
    func estimates(seed: UInt64) -> [Estimate?] {
        guard let width = sums.first?.count else { return [] }
        var drawn = Array(repeating: [Double](), count: width)
        if sums.count > 1 {
            var random = SplitMix(seed: seed)
            var times = Array(repeating: 0, count: sums.count)
            for _ in 0..<JointBootstrap.draws {
                for row in times.indices { times[row] = 0 }
                for _ in times.indices { times[random.below(times.count)] += 1 }
                for column in 0..<width {
                    var (sum, count) = (0.0, 0.0)
                    for (row, times) in times.enumerated() where times > 0 {
                        sum += Double(times) * sums[row][column]
                        count += Double(times) * counts[row][column]
                    }
                    // A draw may have none of the matches that have a value.
                    if count > 0 { drawn[column].append(sum / count) }
                }
            }
        }
        return (0..<width).map { column in
            let count = counts.reduce(0) { $0 + $1[column] }
            guard count > 0 else { return nil }
            let mean = sums.reduce(0) { $0 + $1[column] } / count
            // One block with a value says nothing about how blocks differ.
            guard counts.count(where: { $0[column] > 0 }) > 1 else { return Estimate(mean, nil) }
            let means = drawn[column].sorted()
            let interval = Interval(lower: means[means.count * 25 / 1_000], upper: means[means.count * 975 / 1_000])
            return Estimate(mean, interval)
        }
    }
}
