import Football
import Simulation
import Testing

struct InjectedDriftTests {
    private let before = (2018...2020).map(Season.init(startYear:))
    private let after = (2021...2023).map(Season.init(startYear:))

    private func league(_ drift: (Day) -> InjectedDrift) -> SimulatedLeague {
        SimulatedLeague(seed: 3, drift: drift(after[0].firstDay))
    }

    private func played(_ seasons: [Season], _ league: SimulatedLeague) -> [Match] { seasons.flatMap(league.season) }

    @Test func `until its day the world is the one without drift`() {
        let drifting = league { InjectedDrift(from: $0, homeAdvantage: 0, cards: 2, margin: 0.1) }
        #expect(played(before, drifting) == played(before, SimulatedLeague(seed: 3)))
        #expect(played(after, drifting) != played(after, SimulatedLeague(seed: 3)))
    }

    @Test func `without home advantage both sides win alike, and the odds do not know`() {
        let matches = played(after, league { InjectedDrift(from: $0, homeAdvantage: 0) })
        let averages = Averages(matches)
        #expect(abs(averages.homeWins - averages.awayWins) < 0.06)
        let usual = played(after, SimulatedLeague(seed: 3))
        #expect(matches.map(\.fixture) == usual.map(\.fixture))
        #expect(Averages(usual).homeWins - Averages(usual).awayWins > 0.08)
        let priced = played(after, league { InjectedDrift(from: $0, homeAdvantage: 0, isPricedIn: true) })
        #expect(priced.map(\.result) == matches.map(\.result))
        #expect(priced.map(\.fixture) != usual.map(\.fixture))
    }

    @Test func `cards are inflated and nothing else`() throws {
        let drifted = Averages(played(after, league { InjectedDrift(from: $0, cards: 2) }))
        let usual = Averages(played(after, SimulatedLeague(seed: 3)))
        let (yellow, usualYellow) = (drifted.statistics[.yellowCards], usual.statistics[.yellowCards])
        #expect(abs(try #require(yellow) / #require(usualYellow) - 2) < 0.15)
        #expect(drifted.statistics[.fouls] == usual.statistics[.fouls])
        #expect(drifted.homeGoals == usual.homeGoals)
    }

    @Test func `the bookmakers' margin changes`() {
        let matches = played(after, league { InjectedDrift(from: $0, margin: 0.1) })
        let overrounds = matches.compactMap(\.fixture.marketOdds?.overround)
        #expect(abs(overrounds.reduce(0, +) / Double(overrounds.count) - 0.1) < 0.002)
    }
}
