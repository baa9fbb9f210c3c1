import Drift
import FoundationEssentials
import TestSupport
import Testing

private struct Golden: Decodable {
    /// A measure's value and whether Evidently calls it drift.
    struct Pair: Decodable {
        let value: Double
        init(from decoder: any Decoder) throws {
            var values = try decoder.unkeyedContainer()
            value = try values.decode(Double.self)
        }
    }
    struct Column: Decodable {
        let psi, jensenshannon, kl_div, hellinger: Pair
        let ks, wasserstein, ed, cramer_von_mises, chisquare: Pair?
    }
    let cases: [String: [String: Column]]
}

@Suite struct EvidentlyDefinitionsTests {
    /// Every column as numbers; categories such as `T12` by what follows the letter.
    private func columns(_ file: String) throws -> [String: [Double]] {
        let text = String(decoding: try SharedData.reference("drift/\(file)"), as: UTF8.self)
        let rows = text.split(whereSeparator: \.isNewline).map { $0.split(separator: ",") }
        var columns: [String: [Double]] = [:]
        for (place, name) in rows[0].enumerated() {
            columns[String(name)] = rows.dropFirst().compactMap {
                Double($0[place]) ?? Double($0[place].dropFirst())
            }
        }
        return columns
    }

    private func near(_ found: Double?, _ expected: Golden.Pair?, _ what: String, floor: Double = 0) throws {
        guard let expected else { return }
        let found = try #require(found)
        #expect(abs(found - expected.value) <= 1e-9 * abs(expected.value) + floor, "\(what): \(found), \(expected)")
    }

    @Test func `every statistic of forty columns is Evidently's`() throws {
        let golden = try JSONDecoder().decode(Golden.self, from: SharedData.reference("drift/golden.json"))
        let (reference, current) = (try columns("ref3000.csv"), try columns("cur3000.csv"))
        let expected = try #require(golden.cases["3000"])
        #expect(expected.count == 40)
        for (name, column) in expected {
            let first = try SortedSample(try #require(reference[name]), name: "reference")
            let second = try SortedSample(try #require(current[name]), name: "current")
            let values =
                name.hasPrefix("cat")
                ? EvidentlyDefinitions.categories(reference: first, current: second)
                : EvidentlyDefinitions.numbers(reference: first, current: second)
            try near(values.populationStability, column.psi, "\(name) psi")
            try near(values.jensenShannon, column.jensenshannon, "\(name) js")
            try near(values.kullbackLeibler, column.kl_div, "\(name) kl")
            try near(values.hellinger, column.hellinger, "\(name) hellinger")
            try near(values.kolmogorovSmirnov, column.ks, "\(name) ks")
            try near(values.wasserstein, column.wasserstein, "\(name) wasserstein")
            try near(values.energy, column.ed, "\(name) energy")
            // One less a number near to 1 has no more digits than this.
            try near(values.cramerVonMises, column.cramer_von_mises, "\(name) cramer", floor: 1e-14)
            try near(values.chiSquared, column.chisquare, "\(name) chisquare")
        }
    }
}
