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
        _ observations: [Observation], on day: Day, priors: [(attack: Double, defence: Double)]
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
        // Expected goals at home and away but for the team's own attack and the two means.
        let faced = sums.faced(defence)
        var (homeExpected, awayExpected) = (0.0, 0.0)
        for team in priors.indices {
            homeExpected += attack[team] * faced.atHome[team]
            awayExpected += attack[team] * faced.away[team]
        }
        base = sums.away / awayExpected
        homeFactor = sums.home / (base * homeExpected)
        var change = 0.0
        for (team, prior) in priors.enumerated() {
            let expected = base * (faced.atHome[team] * homeFactor + faced.away[team])
            let updated = (sums.scored[team] + strength * prior.attack) / (expected + strength)
            change = max(change, abs(updated - attack[team]))
            attack[team] = updated
        }
        let suffered = sums.faced(attack)
        for (team, prior) in priors.enumerated() {
            let expected = base * (suffered.atHome[team] + suffered.away[team] * homeFactor)
            let updated = (sums.conceded[team] + strength * prior.defence) / (expected + strength)
            change = max(change, abs(updated - defence[team]))
            defence[team] = updated
        }
        return change
    }
}

/// What a fit needs to know of the matches: weighted goals by team, and how often each pair met.
struct WeightedGoals {
    private(set) var scored: [Double]
    private(set) var conceded: [Double]
    private(set) var home = 0.0
    private(set) var away = 0.0
    /// Where each team's meetings begin in the three columns below, and where the last team's end.
    private var starts = [0]
    private var opponents: [Int] = []
    private var atHome: [Double] = []
    private var onTheRoad: [Double] = []

    init(_ observations: [GoalModel.Observation], teams: Int, on day: Day, halfLife: Double) {
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
        for team in 0..<teams {
            for opponent in 0..<teams {
                let (here, there) = (weights[team * teams + opponent], weights[opponent * teams + team])
                guard here + there > 0 else { continue }
                opponents.append(opponent)
                atHome.append(here)
                onTheRoad.append(there)
            }
            starts.append(opponents.count)
        }
    }

    /// Each team's sums of a strength over its opponents, by how often it met them at home and away.
    ///
    /// Nearly all of the time of a fit is spent here, and the tests' builds do not optimise: hence the pointers.
    func faced(_ strength: [Double]) -> (atHome: [Double], away: [Double]) {
        let teams = starts.count - 1
        var homeSums = [Double](repeating: 0, count: teams)
        var awaySums = homeSums
        strength.withUnsafeBufferPointer { strength in
            opponents.withUnsafeBufferPointer { opponents in
                atHome.withUnsafeBufferPointer { atHome in
                    onTheRoad.withUnsafeBufferPointer { onTheRoad in
                        guard let strength = strength.baseAddress, let opponents = opponents.baseAddress,
                            let atHome = atHome.baseAddress, let onTheRoad = onTheRoad.baseAddress
                        else { return }
                        var meeting = 0
                        for team in 0..<teams {
                            let end = starts[team + 1]
                            var (homeSum, awaySum) = (0.0, 0.0)
                            while meeting < end {
                                let opponent = strength[opponents[meeting]]
                                homeSum += atHome[meeting] * opponent
                                awaySum += onTheRoad[meeting] * opponent
                                meeting += 1
                            }
                            homeSums[team] = homeSum
                            awaySums[team] = awaySum
                        }
                    }
                }
            }
        }
        return (homeSums, awaySums)
    }
}
