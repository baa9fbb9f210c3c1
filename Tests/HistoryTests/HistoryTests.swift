import History
import Testing
import TestSupport

struct HistoryTests {
    @Test func `a server answers and names its version`() async throws {
        let history = try await TestDatabase.empty().history()
        try await history.ping()
        let version = try await history.serverVersion()
        #expect(try #require(version.split(separator: ".").first.flatMap { Int($0) }) >= 15)
    }
}
