import Football
import Testing

struct ScoreTests {
    @Test func `implied probabilities agree with the reference`() throws {
        for example in try Golden.read().margin {
            let odds = Odds(home: example.odds[0], draw: example.odds[1], away: example.odds[2])
            let implied = odds.impliedProbabilities
            #expect(agree(odds.overround, example.overround))
            for outcome in Outcome.allCases { #expect(agree(implied[outcome], example.proportional[outcome.rawValue])) }
        }
    }

    @Test func `scores agree with the reference, one by one and together`() throws {
        let golden = try Golden.read().metrics
        #expect(golden.count == 2)
        for example in golden {
            let pairs = try zip(example.p, example.y).map { p, y in
                (OutcomeProbabilities(home: p[0], draw: p[1], away: p[2]), try #require(Outcome(rawValue: y)))
            }
            let summary = try #require(ScoreSummary(pairs))
            #expect(summary.matches == example.y.count)
            #expect(agree(summary.accuracy, example.acc))
            #expect(agree(summary.logLoss, example.logloss))
            #expect(agree(summary.rankedProbability, example.rps))
            #expect(agree(summary.brier, example.brier))
            for (pair, expected) in zip(pairs, example.rpsEach) {
                #expect(agree(Score.rankedProbability(pair.0, pair.1), expected))
            }
        }
    }

    @Test func `a uniform forecast has the textbook scores`() {
        let uniform = OutcomeProbabilities(home: 1.0 / 3, draw: 1.0 / 3, away: 1.0 / 3)
        #expect(agree(Score.logLoss(uniform, .away), 1.0986122886681098))
        #expect(agree(Score.brier(uniform, .draw), 2.0 / 3))
        #expect(agree(Score.rankedProbability(uniform, .draw), 1.0 / 9))
        #expect(agree(Score.rankedProbability(uniform, .home), 5.0 / 18))
        #expect(Score.hit(uniform, .home) && !Score.hit(uniform, .draw))
    }

    @Test func `a certain forecast is perfect or as wrong as can be`() {
        let certain = OutcomeProbabilities(home: 1, draw: 0, away: 0)
        #expect(Score.rankedProbability(certain, .home) == 0 && Score.rankedProbability(certain, .away) == 1)
        #expect(Score.brier(certain, .home) == 0 && Score.brier(certain, .away) == 2)
        #expect(Score.logLoss(certain, .home) == 0)
        #expect(Score.logLoss(certain, .draw).isFinite && Score.logLoss(certain, .draw) > 34)
    }

    @Test func `the accuracy's interval is Wilson's`() throws {
        // 376 of 608; the ends solve |p - 376/608| = z sqrt(p (1 - p) / 608).
        let home = OutcomeProbabilities(home: 0.5, draw: 0.3, away: 0.2)
        let summary = try #require(ScoreSummary((0..<608).map { (home, $0 < 376 ? .home : .away) }))
        let interval = summary.accuracyInterval
        for end in [interval.lower, interval.upper] {
            let z = abs(end - summary.accuracy) / (end * (1 - end) / 608).squareRoot()
            #expect(agree(z, 1.959963984540054))
        }
        #expect(interval.lower < summary.accuracy && summary.accuracy < interval.upper)
    }

    @Test func `without matches there is no summary, and one match has no spread`() throws {
        #expect(ScoreSummary([]) == nil)
        let one = try #require(ScoreSummary([(OutcomeProbabilities(home: 0.5, draw: 0.3, away: 0.2), .home)]))
        #expect(one.logLossInterval == nil && one.brierInterval == nil && one.rankedProbabilityInterval == nil)
        #expect(one.accuracyInterval.upper == 1)
    }

    @Test func `a paired difference has the normal interval of its mean`() throws {
        let difference = try #require(PairedDifference([1, 2, 3, 4, 5]))
        #expect(difference.n == 5 && difference.mean == 3)
        let half = 1.959963984540054 * (2.5 / 5.0).squareRoot()
        #expect(agree(difference.lower, 3 - half) && agree(difference.upper, 3 + half))
        #expect(PairedDifference([]) == nil && PairedDifference([1]) == nil)
    }
}
