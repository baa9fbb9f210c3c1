import Football
import Testing

@testable import Agent

struct JudgementTests {
    private let market = OutcomeProbabilities(home: 0.46, draw: 0.27, away: 0.27)

    /// Matches whose outcomes come in the market's proportions, four days apart.
    private func matches(
        _ count: Int = 380, champion: OutcomeProbabilities? = OutcomeProbabilities(home: 0.46, draw: 0.27, away: 0.27),
        candidate: (Int, Outcome) -> OutcomeProbabilities
    ) -> [JudgedMatch] {
        (0..<count).map { number in
            let share = Double(number * 37 % 100) / 100
            let outcome: Outcome = share < 0.46 ? .home : share < 0.73 ? .draw : .away
            return JudgedMatch(
                day: Day(number: Int32(19_000 + number)), outcome: outcome, candidate: candidate(number, outcome),
                champion: champion.map { ($0, .refitted) }, market: market)
        }
    }

    @Test func `one that forecasts as the champion does is promoted, with the numbers in the reason`() {
        let judgement = Judgement(matches { _, _ in market }, hasChampion: true)
        #expect(judgement.promotes && judgement.basis == ["refitted": 380])
        #expect(judgement.logLoss == Judgement.Difference(matches: 380, mean: 0, lower: 0, upper: 0))
        #expect(
            judgement.reason == "not worse: log loss +0.0000 against the champion on 380 matches (+0.0000 to +0.0000)")
    }

    @Test func `the margin decides, by the mean of the paired differences`() {
        // A constant shift towards the draw costs about as much in every match.
        let shifted = OutcomeProbabilities(home: 0.43, draw: 0.30, away: 0.27)
        let loss =
            matches { _, _ in shifted }.reduce(0) {
                $0 + Score.logLoss(shifted, $1.outcome) - Score.logLoss(market, $1.outcome)
            } / 380
        #expect(loss > 0)
        let found = matches { _, _ in shifted }
        #expect(Judgement(found, hasChampion: true, policy: .init(margin: loss * 1.01)).findings == [])
        let rejected = Judgement(found, hasChampion: true, policy: .init(margin: loss * 0.99))
        #expect(rejected.findings == [.worse])
        #expect(rejected.reason.hasPrefix("it is worse than the champion by more than the margin: log loss +0.00"))
        #expect(abs((rejected.logLoss?.mean ?? 0) - loss) < 1e-12)
    }

    @Test func `the first sane candidate is promoted where there is no champion`() {
        let judgement = Judgement(matches(champion: nil) { _, _ in market }, hasChampion: false)
        #expect(judgement.promotes && judgement.logLoss == nil && judgement.basis.isEmpty)
        #expect(judgement.reason.contains("no champion"))
    }

    @Test func `a champion that cannot be compared with stays`() {
        let judgement = Judgement(matches(champion: nil) { _, _ in market }, hasChampion: true)
        #expect(judgement.findings == [.incomparable])
    }

    @Test(arguments: [Double.nan, .infinity, -0.1])
    func `probabilities that are none are refused`(home: Double) {
        let judgement = Judgement(
            matches { number, _ in
                number == 7 ? OutcomeProbabilities(home: home, draw: 0.3, away: 0.3) : market
            }, hasChampion: true)
        #expect(judgement.findings.contains(.insane) && !judgement.promotes)
        // Whatever they are, what is stored must be JSON.
        #expect(judgement.evidence.first == "{" && judgement.evidence.last == "}")
    }

    @Test func `one that never names an outcome is refused`() {
        let judgement = Judgement(
            matches { _, _ in OutcomeProbabilities(home: 0.6, draw: 0.002, away: 0.398) }, hasChampion: false)
        #expect(judgement.findings.contains(.insane))
    }

    @Test func `one whose mean is out of reach of what happened is refused`() {
        let judgement = Judgement(
            matches(champion: nil) { _, _ in OutcomeProbabilities(home: 0.2, draw: 0.3, away: 0.5) },
            hasChampion: false)
        #expect(judgement.findings == [.biased])
    }

    @Test func `one that is too good to be honest is refused, the more readily the more matches`() {
        func knowing(_ count: Int, _ tilt: Double) -> Judgement {
            Judgement(
                matches(count) { _, outcome in
                    OutcomeProbabilities(
                        normalising: zip(market.values, Outcome.allCases).map {
                            $0 * ($1 == outcome ? 1 + tilt : 1)
                        })
                }, hasChampion: true)
        }
        #expect(knowing(380, 0.1).findings == [.leak])
        #expect(knowing(380, 0.01).promotes)
        #expect(knowing(40, 0.02).promotes)
    }

    @Test func `one that is calibrated worse is refused although its log loss is within the margin`() {
        // Sure in turns: too sure in one week, too unsure in the other.
        let judgement = Judgement(
            matches { number, _ in
                number % 2 == 0
                    ? OutcomeProbabilities(home: 0.56, draw: 0.22, away: 0.22)
                    : OutcomeProbabilities(home: 0.36, draw: 0.32, away: 0.32)
            }, hasChampion: true, policy: .init(margin: 0.1))
        #expect(judgement.findings == [.miscalibrated])
        #expect((judgement.calibration?.lower ?? 0) > 0)
    }

    @Test func `the evidence reads back as the judgement`() {
        let judgement = Judgement(matches { _, _ in market }, hasChampion: true)
        #expect(Judgement(evidence: judgement.evidence) == judgement)
        #expect(Judgement(evidence: "{}") == nil)
    }
}
