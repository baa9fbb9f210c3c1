import Exposition
import Testing

struct NativeHistogramTests {
    @Test(
        arguments: [
            (0, 1.0, 0), (0, 1.0000001, 1), (0, 2, 1), (0, 2.5, 2), (0, 0.5, -1), (0, 0.51, 0), (3, 1, 0), (3, 2, 8),
            (3, 1.05, 1), (8, 4, 512), (-1, 4, 1), (-1, 4.1, 2), (-4, 65536, 1), (-4, 65537, 2), (-4, 1, 0), (-1, 3, 1),
            (0, Double.leastNonzeroMagnitude, -1074), (0, .greatestFiniteMagnitude, 1024),
        ] as [(Int, Double, Int)])
    func `A value falls into the bucket that ends at or above it`(schema: Int, value: Double, index: Int) {
        let histogram = NativeHistogram(.nativeHistogram("a", "A."), schema: schema, zeroThreshold: 0)
        histogram.observe(value)
        histogram.observe(-value)
        #expect(histogram.value()?.positive == [index: 1])
        #expect(histogram.value()?.negative == [index: 1])
        #expect(histogram.value()?.classic.count == 2)
    }

    @Test func `Values up to the threshold fall into the zero bucket`() {
        let histogram = NativeHistogram(.nativeHistogram("a", "A."), zeroThreshold: 0.25)
        for value in [0, 0.25, -0.25, 0.26] { histogram.observe(value) }
        #expect(histogram.value()?.zeroCount == 3)
        #expect(histogram.value()?.positive.count == 1)
    }

    @Test func `Above the cap the resolution is halved, and nothing is lost`() throws {
        let histogram = NativeHistogram(.nativeHistogram("a", "A."), schema: 8, maximumBuckets: 10)
        for step in 1...1000 { histogram.observe(Double(step)) }
        let value = try #require(histogram.value())
        #expect(value.schema < 8)
        #expect(value.positive.count <= 10)
        #expect(value.positive.values.reduce(0, +) == 1000)
        let direct = NativeHistogram(.nativeHistogram("a", "A."), schema: value.schema, maximumBuckets: 1000)
        for step in 1...1000 { direct.observe(Double(step)) }
        #expect(direct.value()?.positive == value.positive)
    }

    @Test(arguments: [Double.nan, .infinity, -.infinity])
    func `A value that would spoil the sum is ignored`(value: Double) {
        let histogram = NativeHistogram(.nativeHistogram("a", "A."))
        histogram.observe(value)
        #expect(histogram.value()?.classic.count == 0)
    }
}
