internal import Football
internal import Glibc

/// Replays the detectors of the score stream over past seasons, with results as they were and drawn from the odds.
struct ScoreReplay: Sendable {
    /// A forecaster: how it is wrong, and from which match of the season on.
    struct Case: Sendable {
        let name: String
        let fault: Fault
        var onset = 0
    }

    /// How a forecaster is wrong.
    enum Fault: Sendable {
        /// It is the market itself.
        case none
        /// It is a healthy model that has no odds.
        case withoutOdds
        case swapped
        case wrongMatch
        case overconfident
        case oneThird
        /// The world changed and nobody knows: the outcomes' true weights.
        case world([Double])
    }

    static let cases = [
        Case(name: "the market itself", fault: .none), Case(name: "healthy model without odds", fault: .withoutOdds),
        Case(name: "home and away swapped", fault: .swapped),
        Case(name: "joined to the wrong matches", fault: .wrongMatch),
        Case(name: "overconfident (power 1.67)", fault: .overconfident),
        Case(name: "always one third", fault: .oneThird),
        Case(name: "home advantage gone, market unaware", fault: .world([exp(-0.2), 1, exp(0.2)])),
        Case(name: "more draws, market unaware", fault: .world([1, exp(0.3), 1])),
        Case(name: "swapped in mid-season", fault: .swapped, onset: 190),
        Case(name: "wrong matches in mid-season", fault: .wrongMatch, onset: 190),
        Case(name: "overconfident in mid-season", fault: .overconfident, onset: 190),
    ]

    private struct Played: Sendable {
        let season: Season
        let market: [Double]
        /// Nil where a rating is unknown.
        let withoutOdds: [Double]?
        let outcome: Int
        let match: Match
    }

    private var seasonsPlayed: [[Played]] = []
    private let seed: UInt64

    /// Forecasts every season without odds by a regression on the seasons before it.
    init(_ matches: [Match], seed: UInt64) {
        self.seed = seed
        let rows = ForecastDesk.rows(for: matches)
        let years = Set(rows.map(\.match.fixture.key.season)).sorted()
        for season in years.dropFirst(3) {
            let past = rows.filter { $0.match.fixture.key.season < season && $0.match.fixture.key.season > years[0] }
            let columns = FeatureSet.noOdds.columns
            let usable = past.filter { row in columns.allSatisfy { row.features[$0].isFinite } }
            let model = OutcomeRegression(
                usable.map { (FeatureSet.noOdds.values(of: $0.features), $0.match.result.outcome) })
            let played = rows.filter { $0.match.fixture.key.season == season }.compactMap { row -> Played? in
                guard let odds = row.match.fixture.forecastOdds else { return nil }
                let values = FeatureSet.noOdds.values(of: row.features)
                return Played(
                    season: season, market: odds.probabilities(.power).values,
                    withoutOdds: values.allSatisfy(\.isFinite) ? model?.probabilities(values).values : nil,
                    outcome: row.match.result.outcome.rawValue, match: row.match)
            }
            if played.count >= 300 { seasonsPlayed.append(played) }
        }
    }

    /// Draws seasons of results from the odds and counts what each detector finds in a forecaster.
    func rates(
        of kind: Case, _ seasons: Int, step: () throws(AgentError) -> Void
    ) throws(AgentError) -> [DriftCalibration.StreamRate] {
        var found: [StreamDetector: [Int]] = [:]
        var largest: [StreamDetector: [Double]] = [:]
        for number in 0..<seasons where !seasonsPlayed.isEmpty {
            var draws = SplitMix(seed: seed &+ 3 &+ UInt64(number) &* 15_485_863)
            let season = seasonsPlayed[number % seasonsPlayed.count]
            var streams = ScoreStreams()
            var first: [StreamDetector: Int] = [:]
            var most: [StreamDetector: Double] = [:]
            for (place, played) in season.enumerated() {
                let fault = place < kind.onset ? .none : kind.fault
                let (given, truth) = probabilities(played, fault, season, &draws)
                let outcome = Self.draw(truth, &draws)
                streams.update(item(played, given, outcome))
                for standing in streams.standings {
                    most[standing.detector] = max(most[standing.detector] ?? 0, standing.statistic)
                    if place >= kind.onset, standing.isDetected, first[standing.detector] == nil {
                        first[standing.detector] = place - kind.onset + 1
                    }
                }
            }
            for (detector, matches) in first { found[detector, default: []].append(matches) }
            for (detector, statistic) in most { largest[detector, default: []].append(statistic) }
            try step()
        }
        return StreamDetector.allCases.map { detector in
            let matches = (found[detector] ?? []).sorted()
            let statistics = (largest[detector] ?? []).sorted()
            return DriftCalibration.StreamRate(
                forecaster: kind.name, detector: detector.rawValue, seasons: seasons, found: matches.count,
                medianMatches: matches.isEmpty ? nil : matches[matches.count / 2],
                largestOfTwenty: statistics.isEmpty ? 0 : statistics[statistics.count * 19 / 20])
        }
    }

    /// What each detector finds in the past seasons as they were, in the market and in the model without odds.
    func seasons() -> [DriftCalibration.Season] {
        seasonsPlayed.compactMap { season in
            guard let first = season.first else { return nil }
            var found: [String: Int] = [:]
            for (name, fault) in [("market", Fault.none), ("without_odds", .withoutOdds)] {
                var (streams, draws) = (ScoreStreams(), SplitMix(seed: seed))
                for (place, played) in season.enumerated() {
                    let given = probabilities(played, fault, season, &draws).given
                    streams.update(item(played, given, played.outcome))
                    for standing in streams.standings where standing.isDetected {
                        let key = "\(name) \(standing.detector.rawValue)"
                        found[key] = found[key] ?? place + 1
                    }
                }
            }
            return DriftCalibration.Season(season: "\(first.season)", found: found)
        }
    }

    private func item(_ played: Played, _ given: [Double], _ outcome: Int) -> ScoreStreams.Item {
        ScoreStreams.Item(
            season: played.season, at: played.match.fixture.forecastDeadline, probabilities: given, outcome: outcome,
            marketLoss: -log(played.market[outcome]))
    }

    private func probabilities(
        _ played: Played, _ fault: Fault, _ season: [Played], _ draws: inout SplitMix
    ) -> (given: [Double], truth: [Double]) {
        let market = played.market
        switch fault {
        case .none: return (market, market)
        case .withoutOdds: return (played.withoutOdds ?? market, market)
        case .swapped: return (market.reversed(), market)
        case .wrongMatch: return (season[draws.below(season.count)].market, market)
        case .overconfident: return (Self.normal(market.map { pow($0, 1.67) }), market)
        case .oneThird: return ([1 / 3.0, 1 / 3.0, 1 / 3.0], market)
        case .world(let weights): return (market, Self.normal(zip(market, weights).map(*)))
        }
    }

    private static func normal(_ weights: [Double]) -> [Double] {
        let total = weights.reduce(0, +)
        return weights.map { $0 / total }
    }

    private static func draw(_ probabilities: [Double], _ draws: inout SplitMix) -> Int {
        let at = draws.unit()
        return at < probabilities[0] ? 0 : at < probabilities[0] + probabilities[1] ? 1 : 2
    }
}
