internal import Football

extension Judgement.Difference {
    /// The mean of paired differences; nil for none.
    init?(_ values: [(day: Day, value: Double)]) {
        guard !values.isEmpty else { return nil }
        let mean = values.reduce(0) { $0 + $1.value } / Double(values.count)
        let interval = Bootstrap(values.map { (Block(containing: $0.day).firstDay, $0.value) }).interval(draws: 2_000)
        self.init(
            matches: values.count, mean: mean, lower: interval?.lower ?? mean, upper: interval?.upper ?? mean)
    }

    /// The difference of two expected calibration errors on the same matches; nil for none.
    ///
    /// The error is no mean of values, so that whole half-weeks are drawn and both errors computed of each draw.
    init?(
        calibrationOf values: [(
            day: Day, outcome: Outcome, candidate: OutcomeProbabilities, champion: OutcomeProbabilities
        )], draws: Int = 400
    ) {
        guard !values.isEmpty else { return nil }
        let blocks = Dictionary(grouping: values) { Block(containing: $0.day) }.sorted { $0.key < $1.key }.map(\.value)
        func difference(_ blocks: [[(Day, Outcome, OutcomeProbabilities, OutcomeProbabilities)]]) -> Double {
            let all = blocks.joined()
            return CalibrationError.expected(all.map { ($0.2, $0.1) })
                - CalibrationError.expected(all.map { ($0.3, $0.1) })
        }
        var random = SplitMix(seed: 1)
        let drawn = (0..<draws).map { _ in difference(blocks.map { _ in blocks[random.below(blocks.count)] }) }
            .sorted()
        self.init(
            matches: values.count, mean: difference(blocks), lower: drawn[draws * 25 / 1_000],
            upper: drawn[draws * 975 / 1_000])
    }
}
