internal import Football
internal import Glibc

/// Replays the detectors of the score stream over past seasons, with results as they were and drawn from the odds.
struct ScoreReplay: Sendable {
    /// A forecaster: how it is wrong, and from which match of the season on.
    struct Case: Sendable {
        let name: String
        let fault: ForecastFault
        var onset = 0
    }

    static let healthy = [
        Case(name: "the market itself", fault: .none), Case(name: "healthy model without odds", fault: .withoutOdds),
    ]
    static let faulty = [
        Case(name: "home and away swapped", fault: .swapped),
        Case(name: "joined to the wrong matches", fault: .wrongMatch),
        Case(name: "overconfident (power 1.67)", fault: .overconfident),
        Case(name: "always one third", fault: .oneThird), Case(name: "the seed's serving path", fault: .seed),
        Case(name: "home advantage gone, market unaware", fault: .world([exp(-0.2), 1, exp(0.2)])),
        Case(name: "more draws, market unaware", fault: .world([1, exp(0.3), 1])),
        Case(name: "swapped in mid-season", fault: .swapped, onset: 190),
        Case(name: "wrong matches in mid-season", fault: .wrongMatch, onset: 190),
        Case(name: "overconfident in mid-season", fault: .overconfident, onset: 190),
        Case(name: "the seed's serving path in mid-season", fault: .seed, onset: 190),
    ]
    /// How many more seasons are drawn of a healthy forecaster: its alarms are few.
    static let healthyFactor = 5

    /// How many seasons are drawn in all, with so many for each faulty forecaster.
    static func all(_ seasons: Int) -> Int { seasons * (faulty.count + healthyFactor * healthy.count) }

    private let past: PlayedSeasons
    private let seed: UInt64

    init(_ past: PlayedSeasons, seed: UInt64) {
        self.past = past
        self.seed = seed
    }

    /// Draws seasons of results from the odds and counts what each detector finds in every forecaster.
    func rates(
        _ seasons: Int, step: () throws(AgentError) -> Void
    ) throws(AgentError) -> [DriftCalibration.StreamRate] {
        var tallies: [(name: String, tally: StreamTally)] = []
        for kind in Self.healthy {
            tallies.append((kind.name, try drawn(kind, seasons * Self.healthyFactor, limits: [:], step: step)))
        }
        // The paired sum never alarms at the market itself; a model that has no odds is what it has to bear.
        var limits = tallies[0].tally.limits
        limits[.pairedSum] = tallies[1].tally.limits[.pairedSum]
        for kind in Self.faulty {
            tallies.append((kind.name, try drawn(kind, seasons, limits: limits, step: step)))
        }
        return tallies.flatMap { $0.tally.rates(of: $0.name, limits: limits) }
    }

    private func drawn(
        _ kind: Case, _ seasons: Int, limits: [StreamDetector: Double], step: () throws(AgentError) -> Void
    ) throws(AgentError) -> StreamTally {
        var tally = StreamTally()
        for number in 0..<seasons where !past.seasons.isEmpty {
            var draws = SplitMix(seed: seed &+ 3 &+ UInt64(number) &* 15_485_863)
            let season = past.seasons[number % past.seasons.count]
            var streams = ScoreStreams()
            for (place, played) in season.enumerated() {
                let fault = place < kind.onset ? .none : kind.fault
                let (given, truth) = probabilities(played, fault, season, &draws)
                streams.update(item(played, given, ForecastFault.draw(truth, &draws)))
                tally.note(streams.standings, matches: place + 1 - kind.onset, limits: limits)
            }
            tally.endSeason()
            try step()
        }
        return tally
    }

    /// What each detector finds in the past seasons as they were, in the market and in the model without odds.
    func seasons() -> [DriftCalibration.Season] {
        past.seasons.compactMap { season in
            guard let first = season.first else { return nil }
            var found: [String: Int] = [:]
            for (name, fault) in [("market", ForecastFault.none), ("without_odds", .withoutOdds)] {
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

    private func item(_ played: PlayedSeasons.Played, _ given: [Double], _ outcome: Int) -> ScoreStreams.Item {
        ScoreStreams.Item(
            season: played.season, at: played.match.fixture.forecastDeadline, probabilities: given, outcome: outcome,
            marketLoss: -log(played.market[outcome]))
    }

    private func probabilities(
        _ played: PlayedSeasons.Played, _ fault: ForecastFault, _ season: [PlayedSeasons.Played],
        _ draws: inout SplitMix
    ) -> (given: [Double], truth: [Double]) {
        fault.probabilities(played.market, other: { season[draws.below(season.count)].market }) {
            guard case .seed = fault else { return played.withoutOdds }
            return past.seedForecast(played, &draws) ?? played.market
        }
    }
}
