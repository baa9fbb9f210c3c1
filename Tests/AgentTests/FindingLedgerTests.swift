import Drift
import FoundationEssentials
import History
import Testing

@testable import Agent

@Suite struct FindingLedgerTests {
    private let start = Date(timeIntervalSince1970: 1_700_000_000)

    private func hours(_ count: Double) -> Date { start.addingTimeInterval(count * 3_600) }

    private func finding(_ subject: String, at hour: Double, cleared: Double? = nil) -> DriftFinding {
        DriftFinding(
            subject: subject, foundAt: hours(hour), statistic: 1, pValue: 0.001, matches: 190,
            clearedAt: cleared.map(hours))
    }

    private func report(
        _ drifted: [String] = [], streams: [StreamDetector] = [], margin: Bool = false, trainedAt: Date? = nil
    ) -> Snapshot.DriftReport {
        Snapshot.DriftReport(
            columns: ["shots", "goals"].map { name in
                FeatureDrift(
                    name: name, state: drifted.contains(name) ? .drifted : .ok, readings: [], pValue: 0.001,
                    adjustedPValue: 0.002, referenceCount: 380, currentCount: 190)
            }, referenceMatches: 380, windowMatches: 190,
            margin: MarginShift(shift: 0.02, pValue: 0, matches: 100, isDetected: margin),
            streams: StreamDetector.allCases.map { detector in
                StreamStanding(
                    detector: detector, statistic: 5, threshold: 3, isDetected: streams.contains(detector),
                    runLength: 9,
                    matches: 50)
            }, trainedAt: trainedAt)
    }

    @Test func `what is new is written with the instant, what lasts keeps its own, what is gone is cleared`() {
        let ledger = FindingLedger([finding("shots", at: 1), finding("overround", at: 2)])
        let report = report(["shots", "goals"])
        #expect(ledger.foundAt(in: report, now: hours(9)) == ["shots": hours(1), "goals": hours(9)])
        let changes = ledger.changes(to: report, now: hours(9))
        #expect(changes.new.map(\.subject) == ["goals"])
        #expect(changes.new.map(\.foundAt) == [hours(9)])
        #expect(changes.cleared == ["overround": hours(9)])
    }

    @Test func `the margin and the detectors that raise alarms are findings, the others are not`() {
        let report = report(streams: StreamDetector.allCases, margin: true)
        #expect(report.findings.map(\.subject) == ["overround", "e_process", "e_detector", "paired_cusum"])
    }

    @Test func `a drifted feature is unlearnt until a champion was trained after it was found`() {
        var report = report(["shots"])
        report.foundAt = ["shots": hours(5)]
        #expect(report.unlearnt(by: nil) == ["shots"])
        #expect(report.unlearnt(by: hours(4)) == ["shots"])
        #expect(report.unlearnt(by: hours(6)) == [])
    }

    @Test func `a champion that was trained after a detector's alarm answers it, and the detector begins anew`() {
        let ledger = FindingLedger([finding("paired_cusum", at: 5), finding("e_process", at: 2, cleared: 3)])
        #expect(ledger.restarts(trainedAt: hours(4)) == [.evidence: hours(3)])
        #expect(ledger.restarts(trainedAt: hours(6)) == [.pairedSum: hours(6), .evidence: hours(3)])
        let after = ledger.changes(to: report(trainedAt: hours(6)), now: hours(7))
        #expect(after.cleared == ["paired_cusum": hours(6)])
        #expect(after.new.isEmpty)
        // One that fails the new champion too has found something new.
        let again = report(streams: [.pairedSum], trainedAt: hours(6))
        #expect(ledger.changes(to: again, now: hours(7)).new.map(\.foundAt) == [hours(7)])
        #expect(ledger.foundAt(in: again, now: hours(7)) == ["paired_cusum": hours(7)])
    }

    @Test func `a feature that changes again after a champion learnt its change has been found another time`() {
        let ledger = FindingLedger([finding("shots", at: 1), finding("goals", at: 5)])
        #expect(ledger.answered(by: hours(4)) == ["shots": hours(1)])
        #expect(ledger.answered(by: nil).isEmpty)
        var again = report(["shots", "goals"], trainedAt: hours(4))
        again.changedAgain = ["shots", "goals"]
        let changes = ledger.changes(to: again, now: hours(9))
        #expect(changes.cleared == ["shots": hours(9)])
        #expect(changes.new.map(\.subject) == ["shots"])
        #expect(changes.new.map(\.foundAt) == [hours(9)])
        again.foundAt = ledger.foundAt(in: again, now: hours(9))
        #expect(again.foundAt == ["shots": hours(9), "goals": hours(5)])
        #expect(again.unlearnt(by: hours(4)) == ["shots", "goals"])
        #expect(again.unlearnt(by: hours(6)) == ["shots"])
    }

    @Test func `a drifted feature stays found when a champion is trained, however often`() {
        let ledger = FindingLedger([finding("shots", at: 1)])
        let changes = ledger.changes(to: report(["shots"], trainedAt: hours(6)), now: hours(7))
        #expect(changes.new.isEmpty && changes.cleared.isEmpty)
    }
}
