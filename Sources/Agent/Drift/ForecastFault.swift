internal import Football
internal import Glibc

/// How a forecaster is wrong in a simulated season.
enum ForecastFault: Sendable {
    /// It is the market itself.
    case none
    /// It is a healthy model that has no odds.
    case withoutOdds
    case swapped
    case wrongMatch
    case overconfident
    case oneThird
    /// It is the seed's, with random numbers for what is not known before a match.
    case seed
    /// The world changed and nobody knows: the outcomes' odds are so many times what the market thinks.
    case world([Double])

    /// What is said of a match, and what is true of it.
    ///
    /// - Parameters:
    ///   - market: The market's probabilities, true unless the world changed.
    ///   - other: Those of another match of the season.
    ///   - own: What the model without odds says, or the seed's.
    /// - Returns: Both, for home, draw and away.
    func probabilities(
        _ market: [Double], other: () -> [Double], own: () throws -> [Double]
    ) rethrows -> (given: [Double], truth: [Double]) {
        switch self {
        case .none: (market, market)
        case .withoutOdds, .seed: (try own(), market)
        case .swapped: (market.reversed(), market)
        case .wrongMatch: (other(), market)
        case .overconfident: (Self.normal(market.map { pow($0, 1.67) }), market)
        case .oneThird: ([1 / 3.0, 1 / 3.0, 1 / 3.0], market)
        case .world(let weights): (market, Self.normal(zip(market, weights).map(*)))
        }
    }

    /// Weights as probabilities.
    static func normal(_ weights: [Double]) -> [Double] {
        let total = weights.reduce(0, +)
        return weights.map { $0 / total }
    }

    /// An outcome, drawn from its probabilities.
    static func draw(_ probabilities: [Double], _ draws: inout SplitMix) -> Int {
        let at = draws.unit()
        return at < probabilities[0] ? 0 : at < probabilities[0] + probabilities[1] ? 1 : 2
    }
}
