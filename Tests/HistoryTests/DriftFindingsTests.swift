import FoundationEssentials
import History
import Testing
import TestSupport

struct DriftFindingsTests {
    private func finding(_ subject: String, at instant: Date) -> DriftFinding {
        DriftFinding(subject: subject, foundAt: instant, statistic: 21.5, pValue: 0.0004, matches: 190)
    }

    @Test func `a finding stays as it was found until it is cleared, and may then be found again`() async throws {
        let history = try await TestDatabase.migrated().history()
        let (one, two) = (newYear, newYear.addingTimeInterval(86_400))
        try await history.keep([finding("home_shots", at: one), finding("overround", at: one)], clearing: [:])
        try await history.keep([finding("home_shots", at: two)], clearing: [:])
        #expect(try await history.driftFindings().count == 2)
        #expect(try await history.driftFindings().allSatisfy { $0.foundAt == one && $0.clearedAt == nil })
        try await history.keep([finding("home_shots", at: two)], clearing: ["home_shots": two])
        let findings = try await history.driftFindings()
        #expect(findings.count == 3)
        // What is open comes first, the newest of it before the others.
        #expect(findings.map(\.subject) == ["home_shots", "overround", "home_shots"])
        #expect(findings.map(\.clearedAt) == [nil, nil, two])
        #expect(findings[0].statistic == 21.5 && findings[0].pValue == 0.0004 && findings[0].matches == 190)
    }

    @Test func `nothing is cleared before it was found, and what is not open cannot be`() async throws {
        let history = try await TestDatabase.migrated().history()
        try await history.keep([finding("overround", at: newYear)], clearing: [:])
        try await history.keep([], clearing: ["overround": newYear.addingTimeInterval(-60), "goals": newYear])
        #expect(try await history.driftFindings().map(\.clearedAt) == [newYear])
    }

    @Test func `a statistic and a p-value may be missing`() async throws {
        let history = try await TestDatabase.migrated().history()
        let bare = DriftFinding(subject: "e_process", foundAt: newYear, statistic: nil, pValue: nil, matches: 0)
        try await history.keep([bare], clearing: [:])
        #expect(try await history.driftFindings() == [bare])
    }
}
