import Exposition
import FoundationEssentials
import Subprocess
import SystemPackage
import Testing

/// Pages of processes that hash with different seeds, so that sets and dictionaries have different orders in them.
struct SeparateProcessTests {
    /// Names the file into which this test, run as a process of its own, writes its pages.
    private static let variable: Environment.Key = "TOUCHLINE_PAGES_FILE"

    @Test func `Two processes that hash differently make the same pages, byte by byte`() async throws {
        if let file = ProcessInfo.processInfo.environment["TOUCHLINE_PAGES_FILE"] {
            return try Data(Self.pages()).write(to: URL(filePath: file))
        }
        let one = try await Self.pagesOfOtherProcess()
        let other = try await Self.pagesOfOtherProcess()
        #expect(one.order != other.order)
        #expect(one.pages == other.pages)
        #expect(one.pages.count > 50_000)
    }

    /// A thousand words in a set's own order, a line end, and pages of many families in every format.
    private static func pages() throws -> [UInt8] {
        var pages = Array(Set((0..<1000).map { "\($0)" }).joined(separator: " ").utf8) + [UInt8(ascii: "\n")]
        for number in UInt64(0)..<60 {
            let registry = try RandomRegistry(number: number).registry
            for format in ExpositionFormat.allCases {
                pages += registry.page(as: format).bytes + registry.page(as: format, coding: .gzip).bytes
            }
        }
        let registry = Registry()
        let counter = Counter(.counter("words_total", "Words.", labels: ["word"]))
        try registry.register(counter)
        for word in Set((0..<500).map { "\($0)" }) { counter.increment([word], by: Double(word.utf8.count)) }
        return pages + registry.page(as: .openMetrics1).bytes
    }

    /// Runs this test in a process of its own.
    private static func pagesOfOtherProcess() async throws -> (order: [UInt8], pages: [UInt8]) {
        let file = FileManager.default.temporaryDirectory.appending(path: "pages-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: file) }
        let result = try await run(
            .path("/proc/self/exe"),
            arguments: ["--testing-library", "swift-testing", "--filter", "SeparateProcessTests"],
            environment: .inherit.updating([variable: file.path]), output: .discarded, error: .discarded)
        try #require(result.terminationStatus == .exited(0))
        let parts = try Data(contentsOf: file).split(separator: UInt8(ascii: "\n"), maxSplits: 1)
        try #require(parts.count == 2)
        return (Array(parts[0]), Array(parts[1]))
    }
}
