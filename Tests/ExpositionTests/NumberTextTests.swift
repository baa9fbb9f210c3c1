import Testing

@testable import Exposition

struct NumberTextTests {
    @Test(arguments: [
        (0.0, "0"), (-0.0, "-0"), (1, "1"), (0.1, "0.1"), (1_700_000_000, "1700000000"), (1e-5, "1e-05"),
        (1e21, "1e+21"), (Double.leastNonzeroMagnitude, "5e-324"), (1.7976931348623157e308, "1.7976931348623157e+308"),
        (.infinity, "+Inf"), (-.infinity, "-Inf"), (.nan, "NaN"),
    ])
    func `A value is its shortest text`(value: Double, text: String) {
        #expect(written(value) == text)
    }

    @Test(arguments: [
        0.1 + 0.2, 1 / 3.0, 123_456_789.125, 9_007_199_254_740_991, -Double.leastNonzeroMagnitude, Double.pi * 1e40,
    ])
    func `A value reads back as itself`(value: Double) {
        #expect(Double(written(value)) == value)
    }

    @Test(arguments: [
        (0.0, "0.0"), (0.005, "0.005"), (0.0001, "0.0001"), (0.00001, "1e-05"), (1, "1.0"), (2.5, "2.5"),
        (100_000, "100000.0"), (123_456.75, "123456.75"), (1e6, "1e+06"), (1_048_576, "1.048576e+06"),
        (-2e6, "-2e+06"), (1e10, "1e+10"), (1_234_567.5, "1.2345675e+06"), (1e16, "1e+16"), (.infinity, "+Inf"),
    ])
    func `A bound is the canonical number of OpenMetrics`(bound: Double, text: String) {
        #expect(NumberText.bound(bound, fraction: true) == text)
    }

    @Test(arguments: [(1.0, "1"), (0.25, "0.25"), (100_000, "100000"), (1e6, "1e+06"), (.infinity, "+Inf")])
    func `A whole bound in text 0.0.4 has no fraction`(bound: Double, text: String) {
        #expect(NumberText.bound(bound, fraction: false) == text)
    }

    private func written(_ value: Double) -> String {
        let bytes = [UInt8](unsafeUninitializedCapacity: 32) { buffer, count in
            var cursor = ByteCursor(UnsafeMutableRawBufferPointer(buffer))
            cursor.write(value)
            count = cursor.count
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
