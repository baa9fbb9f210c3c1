internal import Football

/// One match as a candidate and the champion forecast it, neither having learnt from it.
struct JudgedMatch: Sendable {
    /// Where the champion's forecast comes from.
    enum Basis: String, Sendable, Codable, CaseIterable {
        /// The champion itself: the match is later than all it learnt from.
        case own
        /// The champion's recipe, trained on what was before the match.
        case refitted
        /// What the champion forecast at the time.
        case recorded
    }

    let day: Day
    let outcome: Outcome
    let candidate: OutcomeProbabilities
    /// Nil where the champion has no honest forecast of the match.
    let champion: (forecast: OutcomeProbabilities, basis: Basis)?
    /// Nil without odds.
    let market: OutcomeProbabilities?
}

/// What a candidate was found to be on the newest matches, and whether it may serve.
struct Judgement: Sendable, Equatable, Codable {
    /// A mean difference with its 95 % interval, from drawing half-weeks of matches again.
    struct Difference: Sendable, Equatable, Codable {
        let matches: Int
        let mean: Double
        let lower: Double
        let upper: Double
    }

    /// What can speak against a candidate.
    enum Finding: String, Sendable, Codable, CaseIterable {
        /// Its probabilities are none, or never name an outcome.
        case insane
        /// Its mean forecast is out of reach of what happened.
        case biased
        /// It is better than the market by more than is possible before a match.
        case leak
        /// There is a champion, but too few matches that it forecast honestly.
        case incomparable
        /// It is worse than the champion by more than the margin.
        case worse
        /// It is calibrated worse than the champion.
        case miscalibrated
    }

    /// How many matches the candidate forecast.
    let matches: Int
    /// On how many of them it was compared with the champion, by where the champion's forecasts come from.
    let basis: [String: Int]
    /// Log loss, candidate less champion; nil without a champion.
    let logLoss: Difference?
    /// Expected calibration error, candidate less champion; nil without a champion.
    let calibration: Difference?
    /// Ranked probability score, candidate less market; nil without odds.
    let market: Difference?
    /// The candidate's mean forecast of home, draw and away.
    let meanForecast: [Double]
    /// How often each happened.
    let frequencies: [Double]
    /// What speaks against it; empty for one that is promoted.
    let findings: [Finding]

    /// Whether it becomes the champion.
    var promotes: Bool { findings.isEmpty }
}

extension Judgement {
    /// What a candidate must keep to.
    struct Policy: Sendable {
        /// By how much its log loss may be above the champion's.
        var margin = 0.002
        /// By how much its ranked probability score may be below the market's on ``leakMatches`` matches.
        ///
        /// The forecasts that are known to have seen the match are better by 0.024 and more; honest ones never were by
        /// this much. On fewer matches luck reaches further, as one over the square root of their number.
        var leakMargin = 0.004
        var leakMatches = 380
        /// The least mean probability of an outcome.
        var leastMean = 0.005
        /// How many standard errors its mean forecast may be from what happened.
        var reach = 4.0
        /// By how much its calibration error may be above the champion's, where the interval excludes 0.
        var calibrationMargin = 0.01
        /// The fewest matches on which it is compared with the champion; fewer only if it forecast no more.
        var leastCompared = 38
    }

    /// Judges a candidate.
    ///
    /// - Parameters:
    ///   - matches: Forecasts of matches that it had not seen.
    ///   - hasChampion: Whether there is a champion to be compared with.
    ///   - policy: What it must keep to.
    init(_ matches: [JudgedMatch], hasChampion: Bool, policy: Policy = Policy()) {
        let count = Double(max(1, matches.count))
        let mean = Outcome.allCases.map { outcome in matches.reduce(0) { $0 + $1.candidate[outcome] } / count }
        let shares = Outcome.allCases.map { outcome in Double(matches.count { $0.outcome == outcome }) / count }
        let areForecasts = matches.allSatisfy { match in
            let values = match.candidate.values
            return values.allSatisfy { $0.isFinite && (0...1).contains($0) } && abs(values.reduce(0, +) - 1) < 1e-6
        }
        // What is no probability has no score that could be compared.
        let scored = areForecasts ? matches : []
        let compared = scored.compactMap { match in match.champion.map { (match, $0) } }
        let logLoss = Difference(
            compared.map { match, champion in
                (
                    match.day,
                    Score.logLoss(match.candidate, match.outcome) - Score.logLoss(champion.forecast, match.outcome)
                )
            })
        let market = Difference(
            scored.compactMap { match in
                match.market.map {
                    (
                        match.day,
                        Score.rankedProbability(match.candidate, match.outcome)
                            - Score.rankedProbability($0, match.outcome)
                    )
                }
            })
        let calibration = Difference(
            calibrationOf: compared.map { ($0.day, $0.outcome, $0.candidate, $1.forecast) })
        var findings: [Finding] = []
        if !areForecasts || mean.contains(where: { $0 < policy.leastMean }) { findings.append(.insane) }
        let isBiased = zip(mean, shares).contains { mean, share in
            // As if one more of each had happened: of ten matches none may be drawn.
            let smoothed = (share * count + 1) / (count + 3)
            return !(abs(mean - share) <= policy.reach * (smoothed * (1 - smoothed) / count).squareRoot())
        }
        if isBiased { findings.append(.biased) }
        if let market {
            let luck = (Double(policy.leakMatches) / Double(min(policy.leakMatches, market.matches))).squareRoot()
            if market.mean <= -policy.leakMargin * luck { findings.append(.leak) }
        }
        if hasChampion, areForecasts, compared.count < min(policy.leastCompared, matches.count) {
            findings.append(.incomparable)
        }
        if let logLoss, !(logLoss.mean <= policy.margin) { findings.append(.worse) }
        if let calibration, calibration.lower > 0, calibration.mean > policy.calibrationMargin {
            findings.append(.miscalibrated)
        }
        self.matches = matches.count
        basis = compared.reduce(into: [:]) { $0[$1.1.basis.rawValue, default: 0] += 1 }
        self.logLoss = logLoss
        self.calibration = calibration
        self.market = market
        meanForecast = mean
        frequencies = shares
        self.findings = findings
    }
}
