import Exposition
import Football
import FoundationEssentials
import History
import Testing

@testable import Agent

struct TrainJobTests {
    @Test func `the first candidate becomes the champion, with all that is known of it`() async throws {
        let shop = try await Workshop()
        let result = try await shop.train.run(shop.context())
        let champion = try #require(try await shop.history.champion())
        #expect(result.snapshot.champion?.id == champion.id && result.snapshot.candidate == nil)
        #expect(champion.matches == 760 && champion.stage == .champion && champion.synthetic)
        #expect(champion.features == FeatureSet.market.names && champion.dataChecksum?.count == 64)
        #expect(
            champion.firstDay == shop.matches.first?.fixture.day && champion.lastDay == shop.matches.last?.fixture.day)
        #expect(RecipeText.decode(champion.options, featureSet: "market", seed: 1)?.trees == 5)
        let id = try #require(champion.id)
        let events = try await shop.history.modelEvents(of: id)
        #expect(events.map(\.kind) == [.registered, .promoted])
        #expect(events.map(\.change.requester) == [.age, .age], "there was no champion")
        #expect(Judgement(evidence: events[1].change.evidence)?.matches ?? 0 >= 253)
        let decisions = try await shop.history.trainingDecisions()
        #expect(decisions.map(\.reasons) == [[.age, .schedule]] && decisions.allSatisfy(\.train))
        #expect(try await shop.history.trainingDecisions(open: true).isEmpty)
        #expect(shop.instruments.value("touchline_model_promotions_total", ["promoted"]) == 1)
        #expect(shop.instruments.value("touchline_retrain_decisions_total", ["age"]) == 1)
    }

    @Test func `the next is compared on the same matches: refitted before the champion's last day, itself after`()
        async throws
    {
        let shop = try await Workshop(kept: 660)
        let first = try await shop.train.run(shop.context())
        try await shop.keep(shop.matches)
        let second = try await shop.train.run(shop.context(first.snapshot, day: 1))
        let judgement = try #require(second.snapshot.registry.judgement)
        #expect(judgement.logLoss?.matches == judgement.matches)
        #expect(judgement.basis[JudgedMatch.Basis.own.rawValue] == 100)
        #expect(judgement.basis[JudgedMatch.Basis.refitted.rawValue] == judgement.matches - 100)
        #expect(second.snapshot.champion?.id == 2, "\(judgement)")
        #expect(try await shop.history.formerChampions() == [1])
        #expect(try await shop.history.model(1)?.dataChecksum != shop.history.model(2)?.dataChecksum)
    }

    @Test func `the same matches give the same model, checksum and judgement, in whatever order they came`()
        async throws
    {
        let shop = try await Workshop()
        let other = try await Workshop(kept: 0)
        try await other.keep(other.matches.suffix(380))
        try await other.keep(other.matches.prefix(380))
        _ = try await shop.train.run(shop.context())
        _ = try await other.train.run(other.context())
        let (one, two) = (try await shop.history.champion(), try await other.history.champion())
        #expect(one?.bytes == two?.bytes && one?.dataChecksum == two?.dataChecksum && one?.holdout == two?.holdout)
    }

    @Test func `one that is worse is rejected, shadows, and the champion serves on`() async throws {
        let shop = try await Workshop()
        let first = try await shop.train.run(shop.context())
        // One deep tree with leaves of a single match, which nothing shrinks enough to be harmless.
        let worse: (inout Settings) -> Void = {
            ($0.model.trees, $0.model.minimumLeaf, $0.model.maximumDepth) = (1, 1, 60)
            $0.model.promotionMargin = 1e-9
        }
        let second = try await shop.train.run(shop.context(first.snapshot, day: 1, worse))
        let judgement = try #require(second.snapshot.registry.judgement)
        #expect(judgement.findings == [.worse], "\(judgement)")
        #expect(second.snapshot.champion?.id == 1 && second.snapshot.candidate?.id == 2)
        #expect(second.snapshot.registry.rejections == 1)
        let third = try await shop.train.run(shop.context(second.snapshot, day: 2, worse))
        #expect(third.snapshot.registry.rejections == 2 && third.snapshot.candidate?.id == 3)
        #expect(try await shop.history.model(2)?.stage == .archived)
        #expect(try await shop.history.modelEvents(of: 3).last?.change.reason.hasPrefix("it is worse") == true)
        #expect(shop.instruments.value("touchline_model_promotions_total", ["rejected"]) == 2)
    }

    @Test func `too few matches are an error that says how many there are`() async throws {
        let shop = try await Workshop(kept: 100)
        let error = await #expect(throws: JobError.self) { try await shop.train.run(shop.context()) }
        #expect(error?.reason == "too_few_matches")
        #expect(try await shop.history.models().isEmpty)
    }
}

extension RegistryCollector {
    /// The value of a series as a scrape would return it.
    func value(_ name: String, _ labels: [String]) -> Double? {
        collect().first { $0.descriptor.name == name }?.value(labels)
    }
}
