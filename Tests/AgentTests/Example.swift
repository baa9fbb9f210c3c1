import Drift
import Football
import Forest
import FoundationEssentials
import History
import Logging
import TestSupport

@testable import Agent

/// What an agent could know, made up so that every value can be told from every other.
enum Example {
    static let instant = Date(timeIntervalSince1970: 1_700_000_000)

    static func settings(_ change: (inout Settings) -> Void = { _ in }) -> Settings {
        var settings = Settings(stateDirectory: "/nowhere/touchline")
        settings.web.listenAddresses = ["127.0.0.1:0"]
        change(&settings)
        return settings
    }

    /// An agent that is put together but not running: it opens nothing.
    static func agent(
        _ settings: Settings = settings(), isSynthetic: Bool = false, now: @escaping @Sendable () -> Date = { instant },
        load: (@Sendable () throws(SettingsError) -> Settings)? = nil
    ) throws -> Agent {
        try Agent(
            settings: settings, load: load ?? { () throws(SettingsError) in settings },
            clock: LeagueClock(wallNow: now, wallStart: instant, leagueStart: instant, speed: 1),
            isSynthetic: isSynthetic, environment: [:])
    }

    static func prediction(home: String = "Arsenal", away: String = "Chelsea") -> Prediction {
        Prediction(
            id: 1, modelID: 7, key: MatchKey(division: "E0", season: Season(startYear: 2023), home: home, away: away),
            deadline: instant.addingTimeInterval(86_400), madeAt: instant,
            probabilities: OutcomeProbabilities(home: 0.5, draw: 0.3, away: 0.2),
            market: OutcomeProbabilities(home: 0.45, draw: 0.25, away: 0.3))
    }

    /// A forecast of an invented fixture.
    static func standIn() -> FallbackForecast {
        FallbackForecast(
            modelID: 7, key: MatchKey(division: "E0", season: Season(startYear: 2023), home: "Leeds", away: "Hull"),
            kickOff: instant.addingTimeInterval(172_800), madeAt: instant,
            probabilities: OutcomeProbabilities(home: 0.625, draw: 0.25, away: 0.125),
            market: OutcomeProbabilities(home: 0.5, draw: 0.3, away: 0.2), tier: .market)
    }

    static func model() async throws -> ServingModel {
        let width = FeatureSet.market.names.count
        let set = try RegressionSet(
            features: (0..<60).map { row in (0..<width).map { Double((row + $0) % 7) } },
            targets: (0..<60).map { $0 % 2 == 0 ? [0.5, -0.25, -0.25] : [-0.5, 0.25, 0.25] },
            featureNames: FeatureSet.market.names)
        return ServingModel(
            offset: try await RegressionForest.train(set, options: ForestOptions(trees: 3, minimumLeaf: 5)),
            shrinkage: 400, noOdds: nil, prior: OutcomeProbabilities(home: 0.5, draw: 0.25, away: 0.25),
            calibration: .none)
    }

    /// Scored forecasts, newest first and ten to a week; the newest have odds.
    static func evaluations(count: Int, withOdds: Int) -> [Evaluation] {
        let market = OutcomeProbabilities(home: 0.4, draw: 0.3, away: 0.3)
        return scores(count: count).enumerated().map { place, score in
            let (says, outcome) = score
            return Evaluation(
                predictionID: Int64(place), modelID: 7,
                key: MatchKey(division: "E0", season: Season(startYear: 2023), home: "H\(place)", away: "A\(place)"),
                deadline: instant.addingTimeInterval(-Double(place / 10 + 1) * 7 * 86_400), outcome: outcome,
                probabilities: says, market: place < withOdds ? market : nil,
                baseRate: OutcomeProbabilities(home: 0.45, draw: 0.25, away: 0.3), hit: Score.hit(says, outcome),
                logLoss: Score.logLoss(says, outcome), rankedProbability: Score.rankedProbability(says, outcome),
                brier: Score.brier(says, outcome),
                marketLogLoss: place < withOdds ? Score.logLoss(market, outcome) : nil, evaluatedAt: instant)
        }
    }

    static func scores(count: Int) -> [(OutcomeProbabilities, Outcome)] {
        (0..<count).map { (OutcomeProbabilities(home: 0.5, draw: 0.3, away: 0.2), Outcome.allCases[$0 % 3]) }
    }

    /// A snapshot in which nothing is unknown.
    static func snapshot() async throws -> Snapshot {
        var snapshot = Snapshot()
        let model = try await model()
        snapshot.champion = Snapshot.Champion(
            id: 7, model: model, trainedAt: instant.addingTimeInterval(-3_600), featureSet: "form-3", matches: 3_040,
            trainingSeconds: 12.5, bytes: 54_321,
            holdout: Holdout(
                matches: 380, model: try scores(3), market: try scores(4), baseRate: try scores(5)),
            lastDay: Day(containing: instant))
        snapshot.candidate = Snapshot.Champion(
            id: 8, model: model, trainedAt: instant, featureSet: "form-3", matches: 3_050, trainingSeconds: 9,
            bytes: 54_322, holdout: nil, lastDay: Day(containing: instant))
        snapshot.registry = Snapshot.RegistryState(
            standing: ModelStanding(champion: 7, candidate: 8, lastEvent: 5, openRequests: 1), rejections: 2,
            promotedAt: instant.addingTimeInterval(-1_800), judgement: judgement())
        snapshot.forecasts = [prediction(), prediction(home: "Everton", away: "Fulham")]
        snapshot.missingForecasts = 3
        snapshot.fallback = Snapshot.Fallback(since: instant.addingTimeInterval(-90_000), forecasts: [standIn()])
        snapshot.scores = Snapshot.LiveScores(evaluations(count: 120, withOdds: 90), window: 380)
        snapshot.betting = ["flat", "kelly"].reduce(into: [:]) { records, strategy in
            let bets = (0..<8).map { place in
                PlacedBet(
                    day: Day(containing: instant).advanced(by: 7 * place), state: place % 2 == 0 ? .won : .lost,
                    stake: 10, odds: 2.5, closingOdds: place % 4 == 0 ? 2 : 2.5)
            }
            records[strategy] = BettingRecord(openingBalance: 1_000, bets: bets)
        }
        let digits = (0..<200).map { Double($0 % 10) }
        snapshot.drift = Snapshot.DriftReport(
            columns: compareFeatures(
                names: ["steady", "moved", "sparse"], reference: [digits, digits, [1, 1, 1, 1, 1]],
                current: [digits, digits.map { $0 + 6 }, digits],
                rule: ComparisonRule(significance: 0.01, minimumSample: 100)),
            referenceMatches: 200, windowMatches: 190,
            margin: MarginShift(shift: 0.025, pValue: 1e-9, matches: 100, isDetected: true),
            toldApart: TwoSampleResult(statistic: 0.75, pValue: 0.001, referenceCount: 200, currentCount: 190),
            streams: StreamDetector.allCases.map {
                StreamStanding(
                    detector: $0, statistic: 4.5, threshold: $0 == .adaptiveWindow ? nil : 3, isDetected: true,
                    runLength: 12, matches: 40)
            },
            foundAt: ["moved": instant.addingTimeInterval(60), "overround": instant, "paired_cusum": instant],
            trainedAt: instant.addingTimeInterval(-3_600), replay: DriftReplay(seasons: 40, alarms: 1))
        let season = Season(containing: Day(containing: instant))
        let matches = (0..<600).map { number in
            Match(
                fixture: Fixture(
                    key: MatchKey(division: "E0", season: season, home: "H\(number)", away: "A\(number)"),
                    day: Day(containing: instant).advanced(by: -1), kickOff: instant.addingTimeInterval(-86_400),
                    odds: [Quote(.bet365): Odds(home: 2, draw: 3, away: 4)]),
                result: MatchResult(
                    goals: Sides(home: number % 3, away: number % 2), halfTimeGoals: nil, statistics: [:]))
        }
        snapshot.quality = Snapshot.Quality(matches, settings: Settings(stateDirectory: "/state"), at: instant)
        snapshot.agenda = [-86_400.0, 86_400].map { seconds in
            let kickOff = instant.addingTimeInterval(seconds)
            return AgendaItem(
                key: MatchKey(division: "E0", season: season, home: "Leeds", away: seconds < 0 ? "Hull" : "Derby"),
                day: Day(containing: kickOff), kickOff: kickOff, isOff: false, hasResult: seconds < 0,
                hasOdds: seconds < 0)
        }
        for (number, job) in JobName.allCases.enumerated() {
            snapshot.jobs[job] = JobSchedule.Record(
                lastSuccess: instant.addingTimeInterval(Double(-60 * (number + 1))), lastEnd: instant, failures: number)
        }
        return snapshot
    }

    /// A candidate that is worse than the champion in every match but the first.
    static func judgement() -> Judgement {
        Judgement(
            (0..<120).map { number in
                let sure = OutcomeProbabilities(home: 0.5, draw: 0.3, away: 0.2)
                return JudgedMatch(
                    day: Day(containing: instant).advanced(by: number), outcome: Outcome.allCases[number % 3],
                    candidate: OutcomeProbabilities(home: 0.3, draw: 0.4, away: 0.3), champion: (sure, .own),
                    market: sure)
            }, hasChampion: true)
    }

    private static func scores(_ count: Int) throws -> Holdout.Scores {
        guard let scores = Holdout.Scores(ScoreSummary(scores(count: count))) else { throw NoScores() }
        return scores
    }

    private struct NoScores: Error {}
}
