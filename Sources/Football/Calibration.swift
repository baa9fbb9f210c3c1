import Glibc

/// A correction of forecasts, learnt from past forecasts and their outcomes.
public enum Calibration: Sendable, Hashable, Codable {
    /// Leaves forecasts as they are.
    case none
    /// Raises probabilities to the power `1 / temperature`; above 1 makes forecasts less sure.
    case temperature(Double)
    /// One rising curve for each outcome, after which the three are made to sum to 1.
    case isotonic([IsotonicCurve])
    /// The weighted geometric mean of the forecast, with this weight, and of the market.
    case pool(Double)

    /// Its name where it is reported.
    public var name: String {
        switch self {
        case .none: "none"
        case .temperature: "temperature"
        case .isotonic: "isotonic"
        case .pool: "pool"
        }
    }

    /// A past forecast, what the market said of the same match, and what happened.
    public typealias Past = (forecast: OutcomeProbabilities, market: OutcomeProbabilities?, outcome: Outcome)

    /// The corrected forecast; without a market a pool leaves it as it is.
    public func apply(_ forecast: OutcomeProbabilities, market: OutcomeProbabilities?) -> OutcomeProbabilities {
        switch self {
        case .none: return forecast
        case .temperature(let temperature):
            return OutcomeProbabilities(normalising: forecast.values.map { pow(max($0, 1e-9), 1 / temperature) })
        case .isotonic(let curves):
            return OutcomeProbabilities(normalising: zip(curves, forecast.values).map { $0.value(at: $1) })
        case .pool(let weight):
            guard let market else { return forecast }
            return OutcomeProbabilities(
                normalising: zip(forecast.values, market.values).map { pow($0, weight) * pow($1, 1 - weight) })
        }
    }

    /// The correction that does best on forecasts it has not seen, or none.
    ///
    /// Each is fitted to the older half and judged by log loss on the newer one; the winner must gain more than a
    /// standard error over doing nothing, and is then fitted to all. Half of few is noise: below 380 forecasts it is none.
    ///
    /// - Parameter past: Forecasts in the order of their matches, each made without knowledge of its outcome.
    /// - Returns: The correction, fitted to all of `past`.
    public static func best(for past: [Past]) -> Calibration {
        guard past.count >= 380 else { return .none }
        let older = Array(past.prefix(past.count / 2))
        let newer = past.suffix(past.count - older.count)
        let plain = newer.map { Score.logLoss($0.forecast, $0.outcome) }
        var best: (fit: ([Past]) -> Calibration, gain: Double)?
        for fit in [fitTemperature, fitIsotonic, fitPool] {
            let candidate = fit(older)
            let gains = zip(newer, plain).map {
                $1 - Score.logLoss(candidate.apply($0.forecast, market: $0.market), $0.outcome)
            }
            guard let interval = Interval(meanOf: gains) else { continue }
            let mean = (interval.lower + interval.upper) / 2
            let error = (interval.upper - mean) / Interval.quantile
            if mean > error, mean > best?.gain ?? 0 { best = (fit, mean) }
        }
        return best?.fit(past) ?? .none
    }

    /// The temperature from 0.5 to 2 of least log loss.
    public static func fitTemperature(_ past: [Past]) -> Calibration {
        .temperature(exp(least(from: log(0.5), to: log(2)) { loss(of: .temperature(exp($0)), past) }))
    }

    /// The forecast's weight against the market from 0 to 1 of least log loss.
    public static func fitPool(_ past: [Past]) -> Calibration {
        .pool(least(from: 0, to: 1) { loss(of: .pool($0), past) })
    }

    /// A rising curve for each outcome.
    public static func fitIsotonic(_ past: [Past]) -> Calibration {
        .isotonic(
            Outcome.allCases.map { outcome in
                IsotonicCurve(past.map { ($0.forecast[outcome], $0.outcome == outcome ? 1 : 0) })
            })
    }

    private static func loss(of calibration: Calibration, _ past: [Past]) -> Double {
        past.reduce(0) { $0 + Score.logLoss(calibration.apply($1.forecast, market: $1.market), $1.outcome) }
    }

    /// Where a function with one valley is lowest, by golden sections.
    private static func least(from low: Double, to high: Double, _ function: (Double) -> Double) -> Double {
        let ratio = (5.0.squareRoot() - 1) / 2
        var (low, high) = (low, high)
        var (left, right) = (high - ratio * (high - low), low + ratio * (high - low))
        var (atLeft, atRight) = (function(left), function(right))
        while high - low > 1e-4 {
            if atLeft < atRight {
                (high, right, atRight) = (right, left, atLeft)
                left = high - ratio * (high - low)
                atLeft = function(left)
            } else {
                (low, left, atLeft) = (left, right, atRight)
                right = low + ratio * (high - low)
                atRight = function(right)
            }
        }
        return (low + high) / 2
    }
}
