import Exposition
import Subprocess
import Testing

/// Prometheus' own linter as the referee.
struct PromtoolTests {
    @Test func `promtool finds nothing to say about a text page of every kind`() async throws {
        let page = ExpositionEncoder.encode(try ExamplePage.families(), as: .text)
        let result = try await run(
            .name("promtool"),
            arguments: ["check", "metrics"],
            input: .array(page),
            output: .string(limit: 65_536),
            error: .string(limit: 65_536)
        )
        #expect(result.terminationStatus == .exited(0))
        #expect(result.standardOutput == "")
        #expect(result.standardError == "")
    }
}
