import Football
import Testing

struct CalibrationTests {
    @Test func `an isotonic fit agrees with the reference`() throws {
        let example = try Golden.read().isotonic
        let curve = IsotonicCurve(zip(example.x, example.y).map { ($0, $1) })
        for (place, expected) in zip(example.query, example.pred) {
            #expect(agree(curve.value(at: place), expected), "at \(place): \(curve.value(at: place)), not \(expected)")
        }
    }

    @Test func `the calibration error agrees with the reference`() throws {
        for example in try Golden.read().metrics {
            let pairs = try zip(example.p, example.y).map { p, y in
                (OutcomeProbabilities(home: p[0], draw: p[1], away: p[2]), try #require(Outcome(rawValue: y)))
            }
            #expect(agree(CalibrationError.expected(pairs), example.ece))
        }
    }

    @Test func `forecasts that are too sure are cooled, and honest ones left alone`() {
        let sure = Self.past(confidence: 0.9, hitEvery: [true, true, true, false])
        guard case .temperature(let temperature) = Calibration.fitTemperature(sure) else {
            Issue.record("not a temperature")
            return
        }
        #expect(temperature > 1.5)
        #expect(Calibration.best(for: sure) != .none)
        let honest = Self.past(confidence: 0.75, hitEvery: [true, true, true, false])
        #expect(Calibration.best(for: honest) == .none)
        #expect(Calibration.best(for: Array(sure.prefix(379))) == .none)
    }

    @Test func `every correction gives probabilities`() {
        let past = Self.past(confidence: 0.8, hitEvery: [true, false, true])
        let market = OutcomeProbabilities(home: 0.5, draw: 0.3, away: 0.2)
        for calibration in [Calibration.none, .fitTemperature(past), .fitIsotonic(past), .fitPool(past)] {
            let values = calibration.apply(past[0].forecast, market: market).values
            #expect(agree(values.reduce(0, +), 1) && values.allSatisfy { $0 > 0 && $0 < 1 })
        }
    }

    @Test func `a pool gives the market its due`() {
        let forecast = OutcomeProbabilities(home: 0.6, draw: 0.2, away: 0.2)
        let market = OutcomeProbabilities(home: 0.2, draw: 0.2, away: 0.6)
        #expect(zip(Calibration.pool(1).apply(forecast, market: market).values, forecast.values).allSatisfy(agree))
        #expect(zip(Calibration.pool(0).apply(forecast, market: market).values, market.values).allSatisfy(agree))
        let middle = Calibration.pool(0.5).apply(forecast, market: market)
        #expect(agree(middle.home, middle.away))
    }

    /// Forecasts of a home win, all equally sure, that come true in a fixed rhythm.
    private static func past(confidence: Double, hitEvery: [Bool]) -> [Calibration.Past] {
        let rest = (1 - confidence) / 2
        let forecast = OutcomeProbabilities(home: confidence, draw: rest, away: rest)
        let misses: [Outcome] = [.draw, .away]
        return (0..<800).map { index in
            (forecast, nil, hitEvery[index % hitEvery.count] ? .home : misses[index / hitEvery.count % 2])
        }
    }
}
