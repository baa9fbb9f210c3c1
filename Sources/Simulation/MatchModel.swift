import Football
import Glibc

/// How one simulated match comes about: expected goals, the probabilities they imply, and one outcome drawn.
struct MatchModel {
    /// Expected goals of each side.
    let rates: Sides<Double>

    /// Logarithms that give 1.55 home goals and 1.19 away goals on average, as in 19 Premier League seasons.
    private static let visitors = 0.12
    private static let homeAdvantage = 0.264

    /// Makes the match of two teams on a day, with a share of the usual home advantage.
    init(home: SimulatedTeam, away: SimulatedTeam, day: Day, homeAdvantage share: Double) {
        let advantage = MatchModel.homeAdvantage * share
        // Half of a lost advantage goes to the visitors, so that the league's total of goals hardly moves.
        let shift = (MatchModel.homeAdvantage - advantage) / 2
        rates = Sides(
            home: exp(MatchModel.visitors + advantage + shift + home.attack(on: day) - away.defence(on: day)),
            away: exp(MatchModel.visitors + shift + away.attack(on: day) - home.defence(on: day))
        )
    }

    /// How much likelier 0-0 and 1-1 are, and 1-0 and 0-1 less likely, than independent goals would have it.
    ///
    /// Source: M. Dixon and S. Coles, "Modelling Association Football Scores", Applied Statistics 46 (1997).
    private static let dependence = -0.06

    /// The factor on a score's probability; 1 but for the four lowest, and no change to either side's mean.
    private func correction(_ home: Int, _ away: Int) -> Double {
        switch (home, away) {
        case (0, 0): 1 - rates.home * rates.away * MatchModel.dependence
        case (0, 1): 1 + rates.home * MatchModel.dependence
        case (1, 0): 1 + rates.away * MatchModel.dependence
        case (1, 1): 1 - MatchModel.dependence
        default: 1
        }
    }

    /// Draws a score by rejection, from a stream of its own, so that later draws stay where they were.
    private func score(_ stream: inout RandomStream) -> Sides<Int> {
        var own = RandomStream(seed: stream.next())
        let most = (0...1).flatMap { home in (0...1).map { away in correction(home, away) } }.max() ?? 1
        while true {
            let goals = Sides(home: own.poisson(rates.home), away: own.poisson(rates.away))
            if own.uniform() * max(1, most) < correction(goals.home, goals.away) { return goals }
        }
    }

    /// The true probabilities: both sides' goals are Poisson, and independent but for the lowest scores.
    var probabilities: OutcomeProbabilities {
        let home = MatchModel.distribution(rates.home)
        let away = MatchModel.distribution(rates.away)
        var homeWins = 0.0
        var draws = 0.0
        var awayBelow = 0.0
        for goals in home.indices {
            homeWins += home[goals] * awayBelow
            draws += home[goals] * away[goals]
            awayBelow += away[goals]
        }
        homeWins += home[1] * away[0] * (correction(1, 0) - 1)
        draws += home[0] * away[0] * (correction(0, 0) - 1) + home[1] * away[1] * (correction(1, 1) - 1)
        return OutcomeProbabilities(home: homeWins, draw: draws, away: max(0, 1 - homeWins - draws))
    }

    /// Draws a result; means and spreads of the statistics are those of recent Premier League seasons.
    func result(_ stream: inout RandomStream, cards: Double) -> MatchResult {
        let goals = score(&stream)
        let halfTime = Sides(home: stream.part(of: goals.home), away: stream.part(of: goals.away))
        // Pressure is a contest: what one side has of it, the other lacks.
        let balance = 0.3 * stream.normal() + 0.35 * log(rates.home / rates.away) - 0.09
        let pressure = Sides(home: 0.96 * exp(balance), away: 0.96 * exp(-balance))
        func draw(_ home: Double, _ away: Double) -> Sides<Int> {
            Sides(home: stream.poisson(home), away: stream.poisson(away))
        }
        let saved = draw(3.3 * pressure.home, 2.9 * pressure.away)
        let wide = draw(9.0 * pressure.home, 7.5 * pressure.away)
        let onTarget = Sides(home: goals.home + saved.home, away: goals.away + saved.away)
        return MatchResult(
            goals: goals,
            halfTimeGoals: halfTime,
            statistics: [
                .shots: Sides(home: onTarget.home + wide.home, away: onTarget.away + wide.away),
                .shotsOnTarget: onTarget,
                .corners: draw(5.75 * pressure.home, 4.7 * pressure.away),
                .fouls: draw(10.7, 10.9),
                .yellowCards: draw(1.65 * cards, 1.85 * cards),
                .redCards: draw(0.05 * cards, 0.06 * cards),
            ]
        )
    }

    /// Poisson probabilities of 0 to 20.
    private static func distribution(_ mean: Double) -> [Double] {
        var probability = exp(-mean)
        return (0...20).map { count in
            if count > 0 { probability *= mean / Double(count) }
            return probability
        }
    }
}

extension RandomStream {
    /// How many of a side's goals fall before half-time, each with probability 0.44.
    fileprivate mutating func part(of goals: Int) -> Int {
        var early = 0
        for _ in 0..<goals where uniform() < 0.44 { early += 1 }
        return early
    }
}
