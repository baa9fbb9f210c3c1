import Football
import Testing

struct ScorecardTests {
    private static let season = Season(startYear: 2023)

    private func forecasts(_ example: Golden.Metrics) throws -> [SettledForecast] {
        try zip(zip(example.p, example.odds), example.y).enumerated().map { place, row in
            let ((p, odds), y) = row
            return SettledForecast(
                season: Self.season, day: Self.season.lastDay.advanced(by: -place / 3),
                outcome: try #require(Outcome(rawValue: y)),
                model: OutcomeProbabilities(home: p[0], draw: p[1], away: p[2]),
                market: Odds(home: odds[0], draw: odds[1], away: odds[2]).impliedProbabilities, baseRate: nil)
        }
    }

    @Test func `means, reliability and accuracy agree with the reference`() throws {
        for example in try Golden.read().metrics {
            let all = try forecasts(example)
            let scores = try #require(WindowScores(.last(380), of: all))
            let card = try #require(scores.cards[.model])
            #expect(card.matches == example.y.count)
            #expect(agree(card.accuracy.value, example.acc))
            #expect(agree(card.logLoss.value, example.logloss))
            #expect(agree(card.rankedProbability.value, example.rps))
            #expect(agree(card.brier.value, example.brier))
            #expect(agree(try #require(card.reliability.expectedError), example.ece))
            #expect(agree(try #require(card.reliability.classwiseError), example.classwise))
            #expect(card.reliability.matches.reduce(0, +) == example.y.count)
            let hits = Double(card.reliability.hits.reduce(0, +))
            #expect(agree(hits, card.accuracy.value * Double(card.matches)))
            #expect(scores.cards[.baseRate] == nil)
            let market = try #require(scores.cards[.market])
            let difference = try #require(scores.difference)
            let apart = card.logLoss.value - market.logLoss.value
            #expect(abs(difference.logLoss.value - apart) < 1e-12)
            #expect(difference.matches == example.y.count)
        }
    }

    @Test func `intervals hold their means, and are the same each time for a seed`() throws {
        let all = try forecasts(try #require(Golden.read().metrics.last))
        let one = try #require(WindowScores(.last(100), of: all, seed: 7))
        #expect(one == WindowScores(.last(100), of: all, seed: 7))
        #expect(one != WindowScores(.last(100), of: all, seed: 8))
        let card = try #require(one.cards[.model])
        for estimate in [card.accuracy, card.logLoss, card.rankedProbability, card.brier] {
            let interval = try #require(estimate.interval)
            #expect(interval.lower < estimate.value && estimate.value < interval.upper)
        }
    }

    /// A perfect and a useless forecaster, and one without a match of some outcome.
    @Test func `measures of an outcome are what they are defined to be, and unknown where they are not`() {
        let home = OutcomeProbabilities(home: 0.5, draw: 0.3, away: 0.2)
        let away = OutcomeProbabilities(home: 0.2, draw: 0.3, away: 0.5)
        let pairs: [(OutcomeProbabilities, Outcome)] = [(home, .home), (home, .draw), (home, .home), (away, .home)]
        let scores = OutcomeScores(.home, pairs)
        let share = 2.0 / 3
        #expect([scores.precision, scores.recall, scores.f1].allSatisfy { $0 == share })
        // Of the three pairs of a home win with the draw: two equals and one worse.
        let area: Double = 1 / 3
        #expect(scores.areaUnderCurve == area)
        let none = OutcomeScores(.away, pairs)
        #expect(none.precision == 0 && none.f1 == 0)
        #expect(none.recall == nil && none.areaUnderCurve == nil)
        #expect(OutcomeScores(.draw, pairs).precision == nil)
        #expect(OutcomeScores(.draw, []).f1 == nil)
    }

    @Test func `windows are the newest matches, or the newest season`() {
        let uniform = OutcomeProbabilities(home: 1.0 / 3, draw: 1.0 / 3, away: 1.0 / 3)
        let forecasts = (0..<30).map { place in
            let season = Season(startYear: place < 12 ? 2023 : 2022)
            return SettledForecast(
                season: season, day: season.lastDay, outcome: .home, model: uniform, market: nil, baseRate: uniform)
        }
        #expect(ScoreWindow.last(10).forecasts(of: forecasts).count == 10)
        #expect(ScoreWindow.season.forecasts(of: forecasts).count == 12)
        #expect(
            ScoreWindow.all(watched: 120).map(\.name) == ["10", "50", "100", "120", "190", "380", "season"])
        #expect(WindowScores(.season, of: []) == nil)
        let scores = WindowScores(.last(50), of: forecasts)
        #expect(scores?.difference == nil)
        #expect(scores?.cards[.market] == nil)
        #expect(scores?.cards[.baseRate]?.matches == 30)
        // All on one day of each season: two matchweeks, of equal means.
        let brier = scores?.cards[.model]?.brier.interval
        let width = brier.map { $0.upper - $0.lower } ?? 1
        #expect(abs(width) < 1e-12)
        #expect(WindowScores(.last(10), of: forecasts)?.cards[.model]?.brier.interval == nil)
    }

    /// Simulated weeks that share a shift: drawing weeks holds its promise where drawing matches would not.
    @Test func `an interval drawn by matchweek covers the truth about as often as it says`() {
        var state: UInt64 = 1
        func uniform() -> Double {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Double(state >> 11) / Double(1 << 53)
        }
        let home = OutcomeProbabilities(home: 0.5, draw: 0.25, away: 0.25)
        // Each week is one of home wins with probability 0.8 or 0.2: 0.5 on the whole.
        let truth = (0.375 + 0.875) / 2
        let trials = 120
        let covered = (0..<trials).count { _ in
            let forecasts = (0..<30).flatMap { week -> [SettledForecast] in
                let share = uniform() < 0.5 ? 0.8 : 0.2
                return (0..<10).map { _ in
                    SettledForecast(
                        season: Self.season, day: Self.season.firstDay.advanced(by: 7 * week),
                        outcome: uniform() < share ? .home : .draw, model: home, market: nil, baseRate: nil)
                }
            }
            guard let brier = WindowScores(.last(380), of: forecasts)?.cards[.model]?.brier.interval else {
                return false
            }
            return brier.lower <= truth && truth <= brier.upper
        }
        #expect((104...118).contains(covered), "\(covered) of \(trials)")
    }
}
