import Glibc

/// Attack and defence strengths of every team, fitted to weighted goals.
///
/// Home goals are Poisson with mean `base * homeFactor * attack(home) * defence(away)`, away goals with mean
/// `base * attack(away) * defence(home)`. Strengths are maximum a posteriori under gamma priors worth `strength` goals.
/// Source: M. Maher, Statistica Neerlandica 36 (1982); weights by age after Dixon and Coles (1997).
public struct GoalModel: Sendable {
    /// A match as the fit sees it.
    public struct Observation: Sendable {
        let day: Day
        let home: Int
        let away: Int
        let homeGoals: Double
        let awayGoals: Double

        /// Makes an observation of two teams, by number, and what each scored: goals, or something like them.
        public init(day: Day, home: Int, away: Int, homeGoals: Double, awayGoals: Double) {
            self.day = day
            self.home = home
            self.away = away
            self.homeGoals = homeGoals
            self.awayGoals = awayGoals
        }
    }

    /// Days after which a match weighs half.
    public let halfLife: Double
    /// How many goals' worth of evidence the priors are.
    public let strength: Double
    /// Goals an average team scores away against an average team.
    public private(set) var base = 1.0
    /// What playing at home multiplies goals by.
    public private(set) var homeFactor = 1.0
    /// Each team's attack, by its number; 1 is average.
    public private(set) var attack: [Double] = []
    /// Each team's defence, by its number: what it multiplies its opponents' goals by.
    public private(set) var defence: [Double] = []

    /// Makes a model in which all teams are equal.
    public init(halfLife: Double, strength: Double) {
        self.halfLife = halfLife
        self.strength = strength
    }

    /// Expected goals of both sides.
    public func goals(home: Int, away: Int) -> (home: Double, away: Double) {
        (base * homeFactor * attack[home] * defence[away], base * attack[away] * defence[home])
    }

    /// Fits the strengths as of a day, starting from those of the last fit.
    ///
    /// - Parameters:
    ///   - observations: Matches before the day.
    ///   - day: The day from which ages are counted.
    ///   - priors: Each team's prior attack and defence, by its number.
    public mutating func fit(
        _ observations: some Sequence<Observation>, on day: Day, priors: [(attack: Double, defence: Double)]
    ) {
        let teams = priors.count
        for team in attack.count..<max(teams, attack.count) {
            attack.append(priors[team].attack)
            defence.append(priors[team].defence)
        }
        let sums = WeightedGoals(observations, teams: teams, on: day, halfLife: halfLife)
        guard sums.home > 0, sums.away > 0 else { return }
        for _ in 0..<60 where step(sums, priors) < 1e-9 { break }
    }

    /// One round over all parameters; returns the greatest change of a strength.
    private mutating func step(_ sums: WeightedGoals, _ priors: [(attack: Double, defence: Double)]) -> Double {
        moments(sums)
        var change = 0.0
        for (team, prior) in priors.enumerated() {
            var faced = 0.0
            for pair in sums.meetings[team] {
                faced += (pair.atHome * homeFactor + pair.away) * defence[pair.opponent]
            }
            let updated = (sums.scored[team] + strength * prior.attack) / (base * faced + strength)
            change = max(change, abs(updated - attack[team]))
            attack[team] = updated
        }
        for (team, prior) in priors.enumerated() {
            var faced = 0.0
            for pair in sums.meetings[team] {
                faced += (pair.atHome + pair.away * homeFactor) * attack[pair.opponent]
            }
            let updated = (sums.conceded[team] + strength * prior.defence) / (base * faced + strength)
            change = max(change, abs(updated - defence[team]))
            defence[team] = updated
        }
        return change
    }

    /// Sets the means so that expected goals add up to those scored, at home and away.
    private mutating func moments(_ sums: WeightedGoals) {
        var (homeExpected, awayExpected) = (0.0, 0.0)
        for team in sums.meetings.indices {
            for pair in sums.meetings[team] {
                homeExpected += pair.atHome * attack[team] * defence[pair.opponent]
                awayExpected += pair.away * attack[team] * defence[pair.opponent]
            }
        }
        base = sums.away / awayExpected
        homeFactor = sums.home / (base * homeExpected)
    }
}

/// What a fit needs to know of the matches: weighted goals by team, and how often each pair met.
struct WeightedGoals {
    struct Meetings {
        let opponent: Int
        var atHome = 0.0
        var away = 0.0
    }

    private(set) var scored: [Double]
    private(set) var conceded: [Double]
    private(set) var meetings: [[Meetings]]
    private(set) var home = 0.0
    private(set) var away = 0.0

    init(_ observations: some Sequence<GoalModel.Observation>, teams: Int, on day: Day, halfLife: Double) {
        scored = [Double](repeating: 0, count: teams)
        conceded = scored
        var weights = [Double](repeating: 0, count: teams * teams)
        for match in observations {
            let weight = exp2(-Double(day.number - match.day.number) / halfLife)
            weights[match.home * teams + match.away] += weight
            scored[match.home] += weight * match.homeGoals
            conceded[match.home] += weight * match.awayGoals
            scored[match.away] += weight * match.awayGoals
            conceded[match.away] += weight * match.homeGoals
            home += weight * match.homeGoals
            away += weight * match.awayGoals
        }
        meetings = (0..<teams).map { team in
            (0..<teams).compactMap { opponent in
                let pair = Meetings(
                    opponent: opponent, atHome: weights[team * teams + opponent],
                    away: weights[opponent * teams + team])
                return pair.atHome + pair.away > 0 ? pair : nil
            }
        }
    }
}
