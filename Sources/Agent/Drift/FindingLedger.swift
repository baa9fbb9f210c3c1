internal import Drift
internal import FoundationEssentials
internal import History

/// What was found before and what of it is still there.
struct FindingLedger: Sendable {
    /// What the odds' margin is called.
    static let margin = "overround"
    /// What rows that a forest tells apart are called.
    static let rows = "all_features"

    private var open: [String: DriftFinding] = [:]
    private var lastCleared: [String: Date] = [:]

    init(_ findings: [DriftFinding]) {
        for finding in findings {
            if let clearedAt = finding.clearedAt {
                lastCleared[finding.subject] = max(lastCleared[finding.subject] ?? clearedAt, clearedAt)
            } else {
                open[finding.subject] = finding
            }
        }
    }

    /// From when on each detector counts: since a champion was trained after its alarm, which answered it.
    func restarts(trainedAt: Date?) -> [StreamDetector: Date] {
        var restarts: [StreamDetector: Date] = [:]
        for detector in StreamDetector.allCases where detector.raisesAlarm {
            restarts[detector] = lastCleared[detector.rawValue]
            if let trainedAt, let finding = open[detector.rawValue], trainedAt > finding.foundAt {
                restarts[detector] = trainedAt
            }
        }
        return restarts
    }

    /// When each thing was found that is still there, and that a champion has learnt since.
    func answered(by trainedAt: Date?) -> [String: Date] {
        open.filter { isAnswered($0.value, trainedAt) }.mapValues(\.foundAt)
    }

    /// The instants from which what a report shows has been found.
    func foundAt(in report: Snapshot.DriftReport, now: Date) -> [String: Date] {
        var foundAt: [String: Date] = [:]
        for finding in report.findings {
            // A detector that was restarted for a new champion and found it wanting again has found something new, as
            // has a feature that changed another time.
            let known = open[finding.subject].flatMap { open in
                let isRestarted = StreamDetector(rawValue: finding.subject) != nil && isAnswered(open, report.trainedAt)
                return isRestarted || isAgain(finding.subject, report) ? nil : open
            }
            foundAt[finding.subject] = known?.foundAt ?? now
        }
        return foundAt
    }

    /// What must be written: findings that are new, and the subjects of those that are over with the instant.
    func changes(to report: Snapshot.DriftReport, now: Date) -> (new: [DriftFinding], cleared: [String: Date]) {
        let found = report.findings
        var cleared: [String: Date] = [:]
        for (subject, finding) in open {
            let isStream = StreamDetector(rawValue: subject) != nil
            if isStream, let trainedAt = report.trainedAt, isAnswered(finding, trainedAt) {
                cleared[subject] = trainedAt
            } else if !found.contains(where: { $0.subject == subject }) || isAgain(subject, report) {
                cleared[subject] = max(now, finding.foundAt)
            }
        }
        let new = found.filter { open[$0.subject] == nil || cleared[$0.subject] != nil }
        return (
            new.map { finding in
                var finding = finding
                finding.foundAt = now
                return finding
            }, cleared
        )
    }

    private func isAgain(_ subject: String, _ report: Snapshot.DriftReport) -> Bool {
        report.changedAgain.contains(subject) && answered(by: report.trainedAt)[subject] != nil
    }

    private func isAnswered(_ finding: DriftFinding, _ trainedAt: Date?) -> Bool {
        trainedAt.map { $0 > finding.foundAt } ?? false
    }
}

extension Snapshot.DriftReport {
    /// Everything that is changed, by what it is called; the instants are filled in by the ledger.
    var findings: [DriftFinding] {
        var findings = columns.filter { $0.state == .drifted }.map {
            DriftFinding(
                subject: $0.name, foundAt: .distantPast, statistic: $0[.chiSquared]?.statistic,
                pValue: $0.adjustedPValue, matches: $0.currentCount)
        }
        if let margin, margin.isDetected {
            findings.append(
                DriftFinding(
                    subject: FindingLedger.margin, foundAt: .distantPast, statistic: margin.shift,
                    pValue: margin.pValue, matches: margin.matches))
        }
        for stream in streams where stream.isDetected && stream.detector.raisesAlarm {
            findings.append(
                DriftFinding(
                    subject: stream.detector.rawValue, foundAt: .distantPast, statistic: stream.statistic,
                    pValue: nil, matches: stream.matches))
        }
        return findings
    }
}
