import Drift
import FoundationEssentials
import TestSupport
import Testing

private struct Golden: Decodable {
    struct Special: Decodable {
        let chi2_sf: [[Double]]
        let norm_sf: [[Double]]
        let t_sf: [[Double]]
        let bh: [Family]
    }
    struct Family: Decodable {
        let p: [Double]
        let q: [Double]
    }
    struct Feature: Decodable {
        let psi_decile, psi_chi2_threshold_95, js_divergence, ks_p_asymp, wasserstein: Double?
        let psi_bins, chi2_df: Int?
        let edges: [Double]?
        let chi2, chi2_p, pooled_t, pooled_t_p, combined_bh_q: Double?
    }
    let special: Special
    let drift: [String: [String: Feature]]
    let odds: [String: [String: Feature]]

    private enum Keys: String, CodingKey { case special, drift }
    private struct Name: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    init(from decoder: any Decoder) throws {
        let top = try decoder.container(keyedBy: Keys.self)
        special = try top.decode(Special.self, forKey: .special)
        let pairs = try top.nestedContainer(keyedBy: Name.self, forKey: .drift)
        // One entry is by pair of seasons again.
        var drift: [String: [String: Feature]] = [:]
        for name in pairs.allKeys where name.stringValue != "odds" {
            drift[name.stringValue] = try pairs.decode([String: Feature].self, forKey: name)
        }
        self.drift = drift
        odds = try pairs.decode([String: [String: Feature]].self, forKey: Name(stringValue: "odds"))
    }
}

/// The columns of two real seasons, and what an independent reference found between them.
@Suite struct SeasonSamplesTests {
    private let golden: Golden

    init() throws {
        golden = try JSONDecoder().decode(Golden.self, from: SharedData.reference("golden.json"))
    }

    private func near(_ found: Double, _ expected: Double?, _ what: String) {
        guard let expected else { return }
        // The reference has 12 significant digits.
        #expect(abs(found - expected) <= 1e-9 * abs(expected) + 1e-300, "\(what): \(found), \(expected)")
    }

    private func columns(_ season: String) throws -> [String: [Double]] {
        var columns = Columns(try SharedData.bytes("football-data.co.uk/mmz4281/\(season)/E0.csv")).values
        func combine(_ names: [String], _ body: ([Double]) -> Double) -> [Double]? {
            let parts = names.compactMap { columns[$0] }
            guard parts.count == names.count, let first = parts.first else { return nil }
            return first.indices.map { row in body(parts.map { $0[row] }) }
        }
        columns["TY"] = combine(["HY", "AY"]) { $0[0] + $0[1] }
        columns["TG"] = combine(["FTHG", "FTAG"]) { $0[0] + $0[1] }
        columns["GD"] = combine(["FTHG", "FTAG"]) { $0[0] - $0[1] }
        columns["OVR"] = combine(["B365H", "B365D", "B365A"]) { 1 / $0[0] + 1 / $0[1] + 1 / $0[2] - 1 }
        columns["ovr"] = columns["OVR"]
        return columns
    }

    @Test(arguments: [
        ("2223->2324", "2223", "2324", 380), ("1819->2021", "1819", "2021", 380), ("1213->1314", "1213", "1314", 380),
        ("2223->2324[:100]", "2223", "2324", 100),
    ])
    func `every measure between two seasons is the independent one`(
        name: String, before: String, after: String, count: Int
    ) throws {
        let (reference, current) = (try columns(before), try columns(after))
        let expected = try #require(golden.drift[name])
        var pValues: [(name: String, p: Double)] = []
        var compared = 0
        for (feature, numbers) in expected.sorted(by: { $0.key < $1.key }) {
            guard let was = reference[feature], let now = current[feature] else { continue }
            compared += 1
            let first = try SortedSample(was, name: "reference")
            let second = try SortedSample(Array(now.prefix(count)), name: "current")
            let bins = Bins(quantilesOf: first)
            let counts = BinCounts(bins, reference: first, current: second)
            let merged = counts.merged(expecting: 5)
            let squared = ChiSquared.homogeneity(merged)
            let student = StudentTest.test(reference: first, current: second)
            let place = "\(name) \(feature)"
            near(
                Divergences.populationStability(counts, smoothing: .floor(1e-4)), numbers.psi_decile, "\(place) psi")
            near(
                PopulationStability.threshold(
                    bins: bins.bounds.count + 1, first.count, second.count, significance: 0.05),
                numbers.psi_chi2_threshold_95, "\(place) threshold")
            #expect(numbers.psi_bins == bins.bounds.count + 1, "\(place)")
            near(Divergences.jensenShannon(counts), numbers.js_divergence, "\(place) js")
            near(Wasserstein.distance(first, second), numbers.wasserstein, "\(place) wasserstein")
            near(squared.statistic, numbers.chi2, "\(place) chi2")
            near(squared.pValue, numbers.chi2_p, "\(place) chi2 p")
            #expect(numbers.chi2_df == merged.reference.count - 1, "\(place)")
            near(student.statistic, numbers.pooled_t, "\(place) t")
            near(student.pValue, numbers.pooled_t_p, "\(place) t p")
            pValues.append((feature, min(1, 2 * min(squared.pValue, student.pValue))))
        }
        #expect(compared >= 16, "\(compared)")
        // The correction is over all features, so it is comparable where all could be computed here.
        if compared == expected.count {
            for (pair, q) in zip(pValues, benjaminiHochberg(pValues.map(\.p))) {
                near(q, expected[pair.name]?.combined_bh_q, "\(name) \(pair.name) q")
            }
        }
    }

    @Test func `the odds' margin of 2019/20 is found as the independent reference finds it`() throws {
        let first = try SortedSample(try #require(columns("1819")["ovr"]), name: "reference")
        let second = try SortedSample(try #require(columns("1920")["ovr"]), name: "current")
        let numbers = try #require(golden.odds["2018->2019"]?["ovr"])
        let counts = BinCounts(Bins(quantilesOf: first), reference: first, current: second)
        near(Divergences.populationStability(counts, smoothing: .floor(1e-4)), numbers.psi_decile, "psi")
        near(ChiSquared.homogeneity(counts).pValue, numbers.chi2_p, "chi2")
        near(StudentTest.test(reference: first, current: second).pValue, numbers.pooled_t_p, "t")
    }

    @Test func `tail probabilities and corrections are the independent ones`() {
        for row in golden.special.chi2_sf {
            near(Distributions.chiSquaredSurvival(row[0], degreesOfFreedom: row[1]), row[2], "chi2 \(row)")
        }
        for row in golden.special.norm_sf { near(Distributions.normalSurvival(row[0]), row[1], "normal \(row)") }
        for row in golden.special.t_sf {
            near(Distributions.studentSurvival(row[0], degreesOfFreedom: row[1]), row[2], "t \(row)")
        }
        for family in golden.special.bh {
            for (found, expected) in zip(benjaminiHochberg(family.p), family.q) { near(found, expected, "bh") }
        }
    }

    @Test(arguments: [0.5, 0.05, 0.01, 1e-6], [1.0, 4, 9, 40])
    func `quantiles are where the tail is as asked for`(tail: Double, freedom: Double) {
        let quantile = Distributions.chiSquaredQuantile(tail: tail, degreesOfFreedom: freedom)
        near(Distributions.chiSquaredSurvival(quantile, degreesOfFreedom: freedom), tail, "\(freedom)")
        near(Distributions.normalSurvival(Distributions.normalQuantile(tail: tail)), tail, "normal")
    }
}
