import Football
import Glibc

/// The reference's table of alarms on the stream of scores, drawn again by our detectors.
///
/// What it leaves open was found by trying, until all rows came out together: it draws the seed system's eight seasons,
/// takes the margin out in proportion, gives the seed's forest the seed's own random numbers, lets a regression on the Elo
/// of past odds learn in the world that is drawn, and multiplies the odds of a draw by exp(0.25) and those of the home team by
/// exp(-0.2), of the away team by exp(0.2).
struct AlarmTable {
    /// A row as the reference has it: for each method the share found and the median matches to it.
    struct Row {
        let name: String
        let fault: ForecastFault
        var later = false
        let shares: [Double?]
        let medians: [Double?]
    }

    static let rows = [
        Row(name: "home and away swapped", fault: .swapped, shares: [1, 1, 1, 1], medians: [15, 28, 17, 4]),
        Row(name: "wrong matches", fault: .wrongMatch, shares: [1, 1, 0.97, 1], medians: [37, 64, 81, 8]),
        Row(name: "overconfident", fault: .overconfident, shares: [1, 1, 0.97, 1], medians: [78, 115, 90, 40]),
        Row(name: "always one third", fault: .oneThird, shares: [0.99, 0.98, 0, 1], medians: [148, 205, nil, 14]),
        Row(name: "seed's serving path", fault: .seed, shares: [0.42, 0.45, 0.29, 1], medians: [nil, nil, nil, 26]),
        Row(
            name: "home advantage gone", fault: .world([exp(-0.2), 1, exp(0.2)]), shares: [0.65, 0.53, 0.08, 0],
            medians: [324, 367, nil, nil]),
        Row(
            name: "more draws", fault: .world([1, exp(0.25), 1]), shares: [0.34, 0.28, 0.13, 0],
            medians: [nil, nil, nil, nil]),
        Row(
            name: "swapped, later", fault: .swapped, later: true, shares: [nil, nil, nil, nil],
            medians: [nil, 20, nil, 5]),
        Row(
            name: "wrong matches, later", fault: .wrongMatch, later: true, shares: [nil, nil, nil, nil],
            medians: [nil, 44, nil, 7]),
        Row(
            name: "overconfident, later", fault: .overconfident, later: true, shares: [nil, nil, nil, nil],
            medians: [nil, 88, nil, 41]),
        Row(
            name: "seed's path, later", fault: .seed, later: true, shares: [nil, 0.53, nil, nil],
            medians: [nil, nil, nil, 27]),
    ]
    /// Seasons that the reference drew, without a fault and of each.
    private static let theirs = (healthy: 2_000.0, faulty: 400.0)
    /// Standard errors that either side may be off.
    private static let errors = 2.0

    private let world: AlarmWorld
    private let seasons: Int
    private let seed: UInt64
    private(set) var failures = 0

    /// Makes a table of so many seasons of each fault, and five times as many without one.
    init(_ world: AlarmWorld, seasons: Int, seed: UInt64) {
        (self.world, self.seasons, self.seed) = (world, seasons, seed)
    }

    /// Draws, prints and compares.
    ///
    /// - Throws: ``ForestError``.
    mutating func run() throws {
        var draws = SplitMix(seed: seed)
        var market = AlarmTally()
        for _ in 0..<5 * seasons { market.note(try world.season(.none, later: false, &draws), from: 0) }
        var healthy = AlarmTally()
        var worlds: [[AlarmWorld.Item]] = []
        while worlds.count < seasons { worlds += world.withoutOdds(&draws) }
        for season in worlds { healthy.note(season, from: 0) }
        // The reference's thresholds are estimates as well: the lowest, the middle and the highest that they may be.
        let limits = AlarmMethod.allCases.map { method in
            let (tally, count) = method == .paired ? (healthy, Self.theirs.faulty) : (market, Self.theirs.healthy)
            let error = Self.errors * (0.05 * 0.95 / count).squareRoot()
            return [0.05 + error, 0.05, 0.05 - error].map { tally.statistic(method, reachedBy: $0) }
        }
        print("statistics that 1 healthy season in 20 reaches: \(limits.map { rounded($0[1]) })")
        var judged = AlarmTally(limits: limits)
        for season in worlds { judged.note(season, from: 0) }
        show("healthy, without odds", judged, shares: [0.05, 0.05, 0.06, 0.05], medians: [nil, nil, nil, nil])
        for row in Self.rows {
            var tally = AlarmTally(limits: limits)
            let onset = row.later ? AlarmWorld.healthy : 0
            for _ in 0..<seasons { tally.note(try world.season(row.fault, later: row.later, &draws), from: onset) }
            show(row.name, tally, shares: row.shares, medians: row.medians)
        }
    }

    private mutating func show(_ name: String, _ tally: AlarmTally, shares: [Double?], medians: [Double?]) {
        for method in AlarmMethod.allCases {
            let sorted = tally.passages[method.rawValue].map { $0.sorted() }
            let count = Double(sorted[1].count)
            func share(_ limit: Int) -> Double { Double(sorted[limit].count { $0 < .infinity }) / count }
            func quantile(_ limit: Int, _ place: Double) -> Double {
                sorted[limit][min(sorted[limit].count - 1, Int(place * count))]
            }
            let many = 1 / Self.theirs.faulty + 1 / count
            func error(_ share: Double) -> Double {
                // A share that is all or nothing may have an error too.
                let inner = min(max(share, 1 / Self.theirs.faulty), 1 - 1 / Self.theirs.faulty)
                return Self.errors * (inner * (1 - inner) * many).squareRoot() + 0.005
            }
            let half = Self.errors * (0.25 * many).squareRoot()
            if let theirs = shares[method.rawValue] {
                let band = (share(2) - error(share(2)))...(share(0) + error(share(0)))
                report("\(name), \(method.name): share", share(1), theirs, band)
            }
            if let theirs = medians[method.rawValue] {
                // Matches are whole: a median between two of them is either.
                let band = (quantile(0, 0.5 - half) - 1)...(quantile(2, 0.5 + half) + 1)
                report("\(name), \(method.name): median match", quantile(1, 0.5), theirs, band)
            }
        }
    }

    private mutating func report(_ what: String, _ ours: Double, _ theirs: Double, _ band: ClosedRange<Double>) {
        let agrees = band.contains(theirs)
        if !agrees { failures += 1 }
        print(
            "\(agrees ? "ok  " : "FAR ") \(what) \(rounded(ours)), reference \(rounded(theirs)), "
                + "may be \(rounded(band.lowerBound)) to \(rounded(band.upperBound))")
    }

    private func rounded(_ value: Double) -> Double { (value * 1_000).rounded() / 1_000 }
}
