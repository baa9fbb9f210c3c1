import Exposition
import Testing

/// The referee itself sees faults.
struct RefereeTests {
    @Test func `A wrong value, a missing series, one too many and a broken page are all told`() async throws {
        let registry = Registry(namespace: "own")
        let gauge = Gauge(.gauge("a", "A.", labels: ["l"]))
        try registry.register(gauge)
        gauge.set(1, ["x"])
        let page = registry.page(as: .openMetrics1)
        let own = registry.gather().filter { $0.descriptor.name != "a" }.flatMap {
            ExpectedSample.all(of: $0, as: .openMetrics1)
        }
        func judge(_ samples: [ExpectedSample], _ page: Page) async throws -> [String] {
            try await Referee.judge([Referee.Case("case", page, own + samples)]).faults
        }
        #expect(try await judge([ExpectedSample("a", ["l": "x"], 1)], page) == [])
        #expect(try await judge([ExpectedSample("a", ["l": "x"], 1.0.nextUp)], page).count == 2)
        #expect(try await judge([ExpectedSample("a", ["l": "y"], 1)], page).count == 2)
        #expect(try await judge([], page).count == 2)
        let text = registry.page(as: .text)
        let broken = Referee.Case("case", as: "openmetrics", text, [])
        #expect(try await Referee.judge([broken]).faults.first?.hasPrefix("case: refused") == true)
    }
}
