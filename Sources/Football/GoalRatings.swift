import Glibc

/// The two goal models of a league, on goals and on goals mixed with shots on target, fitted day by day.
struct GoalRatings: Sendable {
    /// Matches before the first fit.
    static let minimumMatches = 200
    /// With fewer matches than this before a day, that day's own help to tell what a shot on target is worth.
    private static let fewMatches = 50
    /// Matches older than this many days are left out.
    static let memory = 2_200

    private struct Kept: Sendable {
        let day: Day
        let home: Int
        let away: Int
        let goals: Sides<Int>
        let mixed: Sides<Double>
    }

    private var matches: [Kept] = []
    private var numbers: [String: Int] = [:]
    private var recent = Recent<(goals: Int, onTarget: Int)>(limit: 380)
    private var promoted: Set<String> = []
    private var fittedOn: Day?
    private(set) var onGoals = GoalModel(halfLife: 400, strength: 14)
    private(set) var onShots = GoalModel(halfLife: 250, strength: 10)
    private(set) var correlation = 0.0

    /// Whether there are strengths to forecast with.
    var isFitted: Bool { fittedOn != nil }

    /// Tells who has come up and who was here before; a team that is neither keeps the prior it had.
    mutating func settle(promoted new: Set<String>, established: Set<String>) {
        let updated = promoted.subtracting(established).union(new)
        guard updated != promoted else { return }
        promoted = updated
        fittedOn = nil
    }

    /// Takes in the matches of one day.
    ///
    /// What a shot on target is worth in goals is the rate of the last 380 matches before that day.
    mutating func add(_ results: [Match]) {
        let before = recent
        for match in results {
            guard let onTarget = match.result.statistics[.shotsOnTarget] else { continue }
            let goals = match.result.goals
            recent.append((goals.home + goals.away, onTarget.home + onTarget.away))
        }
        let rate = rate(of: before.count < GoalRatings.fewMatches ? recent : before)
        for match in results {
            let key = match.fixture.key
            let goals = match.result.goals
            let onTarget = match.result.statistics[.shotsOnTarget]
            let mixed = { (goals: Int, onTarget: Int?) in
                guard let onTarget, let rate else { return Double(goals) }
                return (Double(goals) + rate * Double(onTarget)) / 2
            }
            matches.append(
                Kept(
                    day: match.fixture.day, home: number(of: key.home), away: number(of: key.away), goals: goals,
                    mixed: Sides(home: mixed(goals.home, onTarget?.home), away: mixed(goals.away, onTarget?.away))))
        }
        fittedOn = nil
    }

    private func rate(of matches: Recent<(goals: Int, onTarget: Int)>) -> Double? {
        let sums = matches.reduce((goals: 0, onTarget: 0)) { ($0.goals + $1.goals, $0.onTarget + $1.onTarget) }
        return sums.onTarget > 0 ? Double(sums.goals) / Double(sums.onTarget) : nil
    }

    /// Fits both models as of a day; nothing happens if that was done.
    mutating func fit(on day: Day, teams: Set<String>) {
        guard fittedOn != day, matches.count >= GoalRatings.minimumMatches else { return }
        for team in teams.sorted() { _ = number(of: team) }
        matches.removeFirst(matches.prefix { Int(day.number - $0.day.number) >= GoalRatings.memory }.count)
        var priors = [(attack: Double, defence: Double)](repeating: (1, 1), count: numbers.count)
        for team in promoted { if let number = numbers[team] { priors[number] = (0.85, 1.15) } }
        onGoals.fit(
            matches.map {
                GoalModel.Observation(
                    day: $0.day, home: $0.home, away: $0.away, homeGoals: Double($0.goals.home),
                    awayGoals: Double($0.goals.away))
            }, on: day, priors: priors)
        onShots.fit(
            matches.map {
                GoalModel.Observation(
                    day: $0.day, home: $0.home, away: $0.away, homeGoals: $0.mixed.home, awayGoals: $0.mixed.away)
            }, on: day, priors: priors)
        correlation = likeliestCorrelation(on: day)
        fittedOn = day
    }

    /// A team's number in both models; nil if it is not known.
    func known(_ team: String) -> Int? {
        numbers[team].flatMap { $0 < onGoals.attack.count ? $0 : nil }
    }

    private mutating func number(of team: String) -> Int {
        if let number = numbers[team] { return number }
        numbers[team] = numbers.count
        return numbers.count - 1
    }

    /// The likeliest rho among the hundredths from -0.20 to 0.10, given the strengths on goals.
    ///
    /// The likelihood is concave in rho, so climbing from the last one finds the highest.
    private func likeliestCorrelation(on day: Day) -> Double {
        var low: [(weight: Double, slope: Double)] = []
        for match in matches where match.goals.home <= 1 && match.goals.away <= 1 {
            let goals = onGoals.goals(home: match.home, away: match.away)
            let slope = ScoreGrid.correction(match.goals.home, match.goals.away, goals.home, goals.away, 1) - 1
            low.append((exp2(-Double(day.number - match.day.number) / onGoals.halfLife), slope))
        }
        func likelihood(_ step: Int) -> Double {
            let rho = Double(step) / 100
            return low.reduce(0) { $0 + $1.weight * log(max(1e-9, 1 + rho * $1.slope)) }
        }
        var best = (step: Int((correlation * 100).rounded()), value: 0.0)
        best.value = likelihood(best.step)
        for direction in [1, -1] {
            while (-20...10).contains(best.step + direction) {
                let value = likelihood(best.step + direction)
                guard value > best.value else { break }
                best = (best.step + direction, value)
            }
        }
        return Double(best.step) / 100
    }
}
