import Football
import Testing

struct FeatureSetTests {
    @Test(arguments: FeatureSet.allCases)
    func `every feature of a set is one that the book knows before the match`(set: FeatureSet) {
        #expect(Set(set.names).isSubset(of: LeagueBook.names) && set.columns.count == set.names.count)
        #expect(Set(set.names).count == set.names.count)
    }

    @Test func `the sets have the sizes that they are known by`() {
        #expect(FeatureSet.market.names.count == 40)
        #expect(FeatureSet.seed15.names.count == 15 && SeedColumns.names.count == 15)
    }

    @Test func `the set for fixtures without odds has nothing of theirs`() {
        #expect(
            FeatureSet.noOdds.names.allSatisfy {
                !["market_home", "market_draw", "market_away", "overround"].contains($0)
            })
    }

    @Test func `no set that can serve has a column of the match itself`() {
        #expect(FeatureSet(rawValue: "seed15-post") == nil)
        #expect(FeatureSet.allCases.allSatisfy { Set($0.names).isDisjoint(with: SeedColumns.names) })
    }
}
