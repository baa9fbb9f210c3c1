import Football
import Testing

struct BlockTests {
    @Test func `blocks begin where the reference's do`() throws {
        for example in try Golden.read().blockStart {
            let day = try #require(Day(iso: example[0]))
            #expect(Block(containing: day).firstDay.description == example[1])
        }
    }

    @Test func `a block is Friday to Monday or Tuesday to Thursday`() throws {
        let friday = try #require(Day(iso: "2023-12-29"))
        let starts = (0..<14).map { Block(containing: friday.advanced(by: $0)).firstDay.weekday }
        #expect(starts == [4, 4, 4, 4, 1, 1, 1, 4, 4, 4, 4, 1, 1, 1])
    }
}
