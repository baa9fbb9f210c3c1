import FoundationEssentials
import History
import Testing

@testable import Agent

struct TrainingCaseTests {
    private let now = Example.instant

    /// A champion of yesterday, trained on what is known, with nothing to say against it.
    private func calm(_ change: (inout TrainingCase) -> Void = { _ in }) -> TrainingCase {
        var facts = TrainingCase(
            now: now, championTrainedAt: now.addingTimeInterval(-2 * 86_400), maximumAge: 7 * 86_400, matches: 4_000,
            minimumMatches: 380, lastTrainedAt: now.addingTimeInterval(-2 * 86_400), newMatches: 10,
            minimumScored: 100, pause: 86_400)
        change(&facts)
        return facts
    }

    private func score(_ matches: Int, _ lower: Double) -> TrainingCase.ScoreEvidence {
        TrainingCase.ScoreEvidence(matches: matches, mean: lower + 0.01, lower: lower, upper: lower + 0.02)
    }

    @Test func `nothing speaks for a training on a calm day`() {
        let decision = calm().decide()
        #expect(!decision.train && decision.reasons.isEmpty && decision.heldBack == nil)
    }

    @Test func `each reason alone is enough`() {
        let request = TrainingRequest(id: 4, source: .api, reason: "by hand", requestedAt: now)
        let cases: [(TrainingDecision.Reason, TrainingCase)] = [
            (.schedule, calm { $0.isScheduled = true }), (.drift, calm { $0.drifted = ["home_shots"] }),
            (.score, calm { $0.score = score(380, 0.001) }), (.request, calm { $0.requests = [request] }),
            (.age, calm { $0.championTrainedAt = now.addingTimeInterval(-8 * 86_400) }),
            (.age, calm { $0.championTrainedAt = nil }),
        ]
        for (reason, facts) in cases {
            let decision = facts.decide()
            #expect(decision.train && decision.reasons == [reason] && decision.mainReason == reason)
        }
        #expect(calm { $0.requests = [request] }.decide().requests == [4])
    }

    @Test func `the score counts with enough matches and a whole interval above zero`() {
        #expect(!calm { $0.score = score(99, 0.001) }.decide().train)
        #expect(!calm { $0.score = score(380, -0.001) }.decide().train)
        #expect(!calm { $0.score = score(380, 0) }.decide().train)
    }

    @Test func `shortly after a training only the schedule and people are obeyed`() {
        let early: (inout TrainingCase) -> Void = {
            $0.lastTrainedAt = now.addingTimeInterval(-3_600)
            $0.drifted = ["odds"]
        }
        let held = calm(early).decide()
        #expect(!held.train && held.reasons == [.drift] && held.heldBack == "a model was trained 1h ago")
        #expect(
            calm {
                early(&$0); $0.isScheduled = true
            }.decide().train)
        let request = TrainingRequest(id: 1, source: .command, reason: "x", requestedAt: now)
        let asked = calm {
            early(&$0); $0.requests = [request]
        }.decide()
        #expect(asked.train && asked.reasons == [.request, .drift] && asked.requester == .request)
    }

    @Test func `without new matches the same model would come again`() {
        let held = calm {
            $0.newMatches = 0; $0.drifted = ["odds"]
        }.decide()
        #expect(!held.train && held.heldBack == "no match finished since a model was trained")
    }

    @Test func `while no model serves a training does not wait for new matches`() {
        #expect(
            calm {
                $0.championTrainedAt = nil
                $0.newMatches = 0
            }.decide().train)
    }

    @Test func `too few matches hold back what nobody asked for`() {
        let held = calm {
            $0.matches = 12; $0.championTrainedAt = nil; $0.lastTrainedAt = nil
        }.decide()
        #expect(!held.train && held.reasons == [.age] && held.heldBack?.contains("12") == true)
    }

    @Test func `the evidence has the numbers`() {
        let decision = calm {
            $0.drifted = ["odds"]; $0.score = score(380, 0.5)
        }.decide()
        #expect(
            decision.evidence
                == #"{"champion_age_seconds":172800,"drifted":["odds"],"new_matches":10,"requests":[],"#
                + #""score":{"lower":0.5,"matches":380,"mean":0.51,"upper":0.52}}"#)
        #expect(decision.words == "trained on account of drift of the data, scores behind the market's")
    }
}
