/// How well a forecaster tells one outcome from the other two; each measure is nil where it is not defined.
public struct OutcomeScores: Hashable, Sendable {
    /// Of the matches for which the outcome was said to be the likeliest, the share in which it happened.
    public let precision: Double?
    /// Of the matches in which the outcome happened, the share for which it was said to be the likeliest.
    public let recall: Double?
    /// The harmonic mean of precision and recall.
    public let f1: Double?
    /// The probability that a match with the outcome was given a higher probability of it than one without; 0.5 is chance.
    ///
    /// Source: J. A. Hanley and B. J. McNeil, Radiology 143 (1982); ties count half.
    public let areaUnderCurve: Double?

    /// Scores forecasts of one outcome.
    public init(_ outcome: Outcome, _ pairs: [(OutcomeProbabilities, Outcome)]) {
        let said = pairs.count { Score.hit($0.0, outcome) }
        let happened = pairs.count { $0.1 == outcome }
        let both = pairs.count { Score.hit($0.0, outcome) && $0.1 == outcome }
        precision = said == 0 ? nil : Double(both) / Double(said)
        recall = happened == 0 ? nil : Double(both) / Double(happened)
        f1 = said + happened == 0 ? nil : 2 * Double(both) / Double(said + happened)
        areaUnderCurve = OutcomeScores.area(pairs.map { ($0.0[outcome], $0.1 == outcome) })
    }

    /// The Mann-Whitney statistic over the number of pairs, from the ranks of the positives.
    private static func area(_ values: [(probability: Double, isPositive: Bool)]) -> Double? {
        let positives = values.count { $0.isPositive }
        let negatives = values.count - positives
        guard positives > 0, negatives > 0 else { return nil }
        let sorted = values.sorted { $0.probability < $1.probability }
        var (ranks, start) = (0.0, 0)
        while start < sorted.count {
            var end = start
            while end < sorted.count, sorted[end].probability == sorted[start].probability { end += 1 }
            // Ranks count from 1; equals share the mean of theirs.
            let rank = Double(start + 1 + end) / 2
            ranks += rank * Double(sorted[start..<end].count { $0.isPositive })
            start = end
        }
        let count = Double(positives)
        return (ranks - count * (count + 1) / 2) / (count * Double(negatives))
    }
}
