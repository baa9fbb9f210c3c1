import Football
import Testing

@Suite struct SeedColumnsTests {
    @Test func `what the seed served is the odds, and whole numbers drawn evenly from its ranges`() {
        #expect(SeedColumns.drawn.count == SeedColumns.names.count - 3)
        var draws = SplitMix(seed: 1)
        var seen = Array(repeating: Set<Double>(), count: SeedColumns.drawn.count)
        for _ in 0..<400 {
            let values = SeedColumns.served(Odds(home: 1.5, draw: 4, away: 6.5), &draws)
            #expect(values.count == SeedColumns.names.count && Array(values.prefix(3)) == [1.5, 4, 6.5])
            for (column, value) in values.dropFirst(3).enumerated() { seen[column].insert(value) }
        }
        #expect(seen == SeedColumns.drawn.map { Set($0.map(Double.init)) })
    }
}
