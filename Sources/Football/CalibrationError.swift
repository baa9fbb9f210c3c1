/// How far forecasts are from what they promise.
public enum CalibrationError {
    /// The expected calibration error of the likeliest outcome: the gap between how sure forecasts were and how often
    /// they came true, in ten bins of equal width weighted by their matches; 0 to 1, and 0 without forecasts.
    public static func expected(_ pairs: [(OutcomeProbabilities, Outcome)]) -> Double {
        var gaps = Gaps()
        for (forecast, outcome) in pairs { gaps.add(forecast, outcome) }
        return gaps.error
    }

    /// The mean over the three outcomes of the same gap for each one's own probability; 0 without forecasts.
    ///
    /// Here a bin holds its lower bound, not its upper one.
    public static func classwise(_ pairs: [(OutcomeProbabilities, Outcome)]) -> Double {
        var gaps = Outcome.allCases.map { _ in Gaps() }
        for (forecast, outcome) in pairs {
            for candidate in Outcome.allCases {
                let probability = forecast[candidate]
                gaps[candidate.rawValue].add(
                    probability, hit: candidate == outcome, bin: min(9, max(0, Int(probability * 10))))
            }
        }
        return gaps.reduce(0) { $0 + $1.error } / Double(gaps.count)
    }

    /// The 95 % interval of ``expected(_:)`` by drawing days again; nil for fewer than two days.
    ///
    /// Drawing adds noise of its own, which can only open gaps: the interval lies a little higher than the truth.
    ///
    /// - Parameters:
    ///   - forecasts: The forecasts, what happened, and when.
    ///   - draws: How often as many days are drawn with replacement.
    ///   - seed: Where the draws come from; equal seeds give equal intervals.
    /// - Returns: The 2.5 % and 97.5 % quantiles of the drawn errors.
    public static func interval(
        _ forecasts: [(day: Day, forecast: OutcomeProbabilities, outcome: Outcome)], draws: Int = 2_000,
        seed: UInt64 = 0
    ) -> Interval? {
        var gaps: [Day: Gaps] = [:]
        for (day, forecast, outcome) in forecasts { gaps[day, default: Gaps()].add(forecast, outcome) }
        let days = gaps.sorted { $0.key < $1.key }.map(\.value)
        guard days.count > 1, draws > 1 else { return nil }
        var random = SplitMix(seed: seed)
        let errors = (0..<draws).map { _ in
            var drawn = Gaps()
            for _ in days.indices { drawn.add(days[random.below(days.count)]) }
            return drawn.error
        }.sorted()
        return Interval(lower: errors[draws * 25 / 1_000], upper: errors[draws * 975 / 1_000])
    }

    /// How far confidence exceeds hits, in ten bins of equal width; the last six lanes stay 0.
    private struct Gaps {
        private var bins = SIMD16<Double>.zero
        private var count = 0.0

        mutating func add(_ forecast: OutcomeProbabilities, _ outcome: Outcome) {
            let confidence = max(forecast.home, forecast.draw, forecast.away)
            let bin = min(9, max(0, Int((confidence * 10).rounded(.up)) - 1))
            add(confidence, hit: Score.hit(forecast, outcome), bin: bin)
        }

        mutating func add(_ confidence: Double, hit: Bool, bin: Int) {
            bins[bin] += confidence - (hit ? 1 : 0)
            count += 1
        }

        mutating func add(_ other: Gaps) {
            bins += other.bins
            count += other.count
        }

        var error: Double {
            var sum = 0.0
            for bin in 0..<10 { sum += abs(bins[bin]) }
            return sum / max(1, count)
        }
    }
}
