import Drift
import Testing

/// The detectors agree with river on thousands of streams in `Tests/Benchmarks/drift`; here is what they promise.
@Suite struct ChangeDetectorTests {
    private func stream(_ count: Int, change: Int, by shift: Double, seed: UInt64) -> [Double] {
        var numbers = Numbers(seed)
        return (0..<count).map { place in
            let noise = (0..<4).reduce(0.0) { sum, _ in sum + numbers.next() } / 4
            return noise + (place >= change ? shift : 0)
        }
    }

    private func detections(_ detector: some ChangeDetector, _ values: [Double]) -> [Int] {
        var detector = detector
        return values.indices.filter { detector.update(values[$0]) }
    }

    private var detectors: [(name: String, detector: any ChangeDetector)] {
        var hinkley = PageHinkley()
        hinkley.threshold = 10
        return [
            ("Page-Hinkley", hinkley), ("ADWIN", AdaptiveWindow()),
            ("CUSUM", CumulativeSum(allowance: 0.6, threshold: 5)),
        ]
    }

    @Test func `a shift is found within a hundred values, and nothing before it`() {
        for (name, detector) in detectors {
            let found = detections(detector, stream(600, change: 400, by: 0.4, seed: 3))
            #expect(found.first.map { (400..<500).contains($0) } == true, "\(name): \(found)")
        }
    }

    @Test func `nothing is found where nothing changes`() {
        for (name, detector) in detectors {
            for seed in 0..<10 as Range<UInt64> {
                #expect(detections(detector, stream(600, change: 600, by: 0, seed: seed)) == [], "\(name)")
            }
        }
    }

    @Test func `errors that become frequent are detected, after a warning`() {
        var detector = DriftDetectionMethod()
        var (warning, found): (Int?, Int?) = (nil, nil)
        for place in 0..<400 {
            // One miss in five, then four in five.
            let isMiss = place < 200 ? place % 5 == 0 : place % 5 != 0
            let isFound = detector.update(isMiss ? 1 : 0)
            if detector.isWarning, warning == nil { warning = place }
            if isFound, found == nil { found = place }
        }
        #expect(warning.map { (200..<220).contains($0) } == true)
        #expect((found ?? 0) > (warning ?? 1000))
    }

    @Test func `a window of newest values is compared with what was drawn from before them`() {
        let values = stream(300, change: 200, by: 0.5, seed: 9)
        var window = KolmogorovSmirnovWindow()
        let found = values.indices.filter { window.update(values[$0]) { from, count in Array((from - count)..<from) } }
        #expect(found.first.map { (200..<240).contains($0) } == true, "\(found)")
    }

    @Test func `a sum says for how long it has been rising`() {
        var sum = CumulativeSum(allowance: 0.5, threshold: 3)
        for value in [1.0, 1, 1] {
            let isFound = sum.update(value)
            #expect(!isFound)
        }
        #expect((sum.value, sum.runLength) == (1.5, 3))
        let (afterRest, afterJump) = (sum.update(-4), sum)
        #expect(!afterRest)
        #expect((afterJump.value, afterJump.runLength) == (0, 0))
        let isFound = sum.update(4)
        #expect(isFound)
    }

    @Test func `an adaptive window forgets what came before the change`() {
        var window = AdaptiveWindow()
        var widths: [Int] = []
        for value in stream(900, change: 450, by: 0.6, seed: 4) {
            _ = window.update(value)
            widths.append(window.width)
        }
        #expect(widths[447] == 448)
        #expect(widths[899] <= 450)
        #expect((1.0...1.2).contains(window.mean))
    }
}
