import Drift
import FoundationEssentials
import TestSupport
import Testing

/// P-values that scipy computed, by way of Evidently, for each column of the stored samples.
private struct Evidently: Decodable {
    struct Column: Decodable {
        let ks: Pair?
    }
    /// A p-value and whether Evidently calls it drift.
    struct Pair: Decodable {
        let pValue: Double
        let drifted: Bool
        init(from decoder: any Decoder) throws {
            var values = try decoder.unkeyedContainer()
            pValue = try values.decode(Double.self)
            drifted = try values.decode(Bool.self)
        }
    }
    let cases: [String: [String: Column]]
}

private struct Golden: Decodable {
    /// Absent where the entry has other keys than those of a comparison.
    struct Feature: Decodable {
        let n: Int?
        let m: Int?
        let ks_D: Double?
        let ks_p_asymp: Double?
    }
    let drift: [String: [String: Feature]]
}

@Suite struct IndependentSamplesTests {
    @Test func `exact p-values of 3,000 against 380 values are scipy's down to the smallest`() throws {
        let golden = try JSONDecoder().decode(Evidently.self, from: SharedData.reference("drift/golden.json"))
        let reference = Columns(try SharedData.reference("drift/ref3000.csv"))
        let current = Columns(try SharedData.reference("drift/cur3000.csv"))
        var compared = 0
        for (name, column) in try #require(golden.cases["3000"]) {
            guard let expected = column.ks, let before = reference.values[name], let after = current.values[name]
            else { continue }
            let result = try KolmogorovSmirnov.test(reference: before, current: after)
            #expect(abs(result.pValue / expected.pValue - 1) < 1e-9, "\(name): \(result), \(expected)")
            compared += 1
        }
        #expect(compared == 36)
    }

    @Test func `statistics of two real seasons are the independent ones`() throws {
        let golden = try JSONDecoder().decode(Golden.self, from: SharedData.reference("golden.json"))
        let before = Columns(try SharedData.bytes("football-data.co.uk/mmz4281/2223/E0.csv"))
        let after = Columns(try SharedData.bytes("football-data.co.uk/mmz4281/2324/E0.csv"))
        let features = ["HS", "AS", "HST", "AST", "HC", "AC", "HF", "AF", "HY", "AY", "HR", "AR"]
        for name in features {
            let expected = try #require(golden.drift["2223->2324"]?[name])
            let result = try KolmogorovSmirnov.test(
                reference: try #require(before.values[name]), current: try #require(after.values[name]))
            #expect(expected.n == result.referenceCount)
            #expect(expected.m == result.currentCount)
            #expect(abs(result.statistic - (expected.ks_D ?? .nan)) < 1e-9, "\(name)")
            let asymptotic = KolmogorovSmirnov.asymptoticPValue(
                statistic: result.statistic, result.referenceCount, result.currentCount)
            #expect(abs(asymptotic / (expected.ks_p_asymp ?? .nan) - 1) < 1e-9, "\(name)")
        }
    }
}
