/// Whether something that learns can tell two samples apart: the classifier two-sample test.
///
/// It learns on one half of the rows and scores the other, so that what it only memorised does not help it. Source:
/// Lopez-Paz and Oquab, "Revisiting classifier two-sample tests", ICLR 2017.
public enum TellingApart {
    /// What a scorer is given and what it returns.
    ///
    /// It learns from rows and whether each is of the current sample; then it returns, for each other row, a score that
    /// is the higher the more the row seems to be of the current sample.
    public typealias Scorer<Failure: Error> = (
        _ rows: [[Double]], _ isCurrent: [Bool], _ unseen: [[Double]]
    ) async throws(Failure) -> [Double]

    /// Judges two samples by a scorer.
    ///
    /// - Parameters:
    ///   - reference: Rows to compare with.
    ///   - current: Rows to judge.
    ///   - permutations: How often labels are exchanged at random; the p-value is at least 1 / (permutations + 1).
    ///   - draw: Given a bound above 0, returns a whole number from 0 to below it; the randomness of the halves and of
    ///     the permutations.
    ///   - scorer: Learns from one half and scores the other.
    /// - Returns: The area under the curve as the statistic, a half where nothing is told apart, and its one-sided
    ///   p-value; nil where a half would be without one of the samples.
    /// - Throws: What the scorer throws.
    public static func test<Failure: Error>(
        reference: [[Double]], current: [[Double]], permutations: Int, draw: (Int) -> Int,
        scorer: Scorer<Failure>
    ) async throws(Failure) -> TwoSampleResult? {
        guard reference.count > 3, current.count > 3 else { return nil }
        let (before, now) = (halves(reference, draw), halves(current, draw))
        let labels = before.learn.map { _ in false } + now.learn.map { _ in true }
        let scores = try await scorer(before.learn + now.learn, labels, before.judge + now.judge)
        let ranks = middleRanks(scores)
        let size = now.judge.count
        let observed = ranks.suffix(size).reduce(0, +)
        var order = Array(ranks.indices)
        var asExtreme = 0
        for _ in 0..<permutations {
            var sum = 0.0
            for place in 0..<size {
                order.swapAt(place, place + draw(order.count - place))
                sum += ranks[order[place]]
            }
            if sum >= observed { asExtreme += 1 }
        }
        let (m, n) = (Double(before.judge.count), Double(size))
        return TwoSampleResult(
            statistic: (observed - n * (n + 1) / 2) / (m * n),
            pValue: Double(asExtreme + 1) / Double(permutations + 1), referenceCount: reference.count,
            currentCount: current.count)
    }

    private static func halves(_ rows: [[Double]], _ draw: (Int) -> Int) -> (learn: [[Double]], judge: [[Double]]) {
        var rows = rows
        for place in rows.indices.dropLast() { rows.swapAt(place, place + draw(rows.count - place)) }
        return (Array(rows[..<(rows.count / 2)]), Array(rows[(rows.count / 2)...]))
    }

    /// The ranks of scores, from 1; equal scores share their middle.
    private static func middleRanks(_ scores: [Double]) -> [Double] {
        let order = scores.indices.sorted { scores[$0] < scores[$1] }
        var ranks = Array(repeating: 0.0, count: scores.count)
        var start = 0
        while start < order.count {
            var end = start + 1
            while end < order.count, scores[order[end]] == scores[order[start]] { end += 1 }
            for place in start..<end { ranks[order[place]] = Double(start + end + 1) / 2 }
            start = end
        }
        return ranks
    }
}
