import FoundationEssentials
import Glibc
import Testing

struct TopLevelTests {
    private static let allowed: Set<String> = [
        "Package.swift", "README.md", "Sources", "Tests", "alerts", "dashboards", "prometheus", ".ci", ".editorconfig",
        ".git", ".github", ".gitignore", ".swift-format",
    ]

    @Test func `nothing but the plan's folders stands at the top`() throws {
        let ignored = try String(contentsOfFile: "\(SourceTree.root)/.gitignore", encoding: .utf8)
            .split(separator: "\n").map { $0.hasSuffix("/") ? String($0.dropLast()) : String($0) }
        for name in try SourceTree.names(in: "") where !TopLevelTests.allowed.contains(name) {
            #expect(ignored.contains { fnmatch($0, name, 0) == 0 }, "\(name)")
        }
    }
}
