import TestSupport

extension MonitoringStack {
    /// Does something, and waits until an alert that was not there has arrived; says how long that took.
    func provokes(
        _ what: String, _ alert: String, in receiver: String, job: String? = nil,
        since started: ContinuousClock.Instant = .now, _ act: () throws -> Void
    ) async throws -> String {
        let before = try notifications(alert, receiver, job).count { $0.status == "firing" }
        try act()
        try await eventually("\(alert) after: \(what)", within: .seconds(150)) {
            try notifications(alert, receiver, job).count { $0.status == "firing" } > (job == nil ? before : 0)
        }
        return "\(what): \(alert) fired after \(ContinuousClock.now - started)"
    }

    /// Puts it right, and waits until the alert's end has arrived.
    func cures(
        _ what: String, _ alert: String, in receiver: String, job: String? = nil,
        since cured: ContinuousClock.Instant = .now, _ act: () throws -> Void
    ) async throws -> String {
        let before = job == nil ? try notifications(alert, receiver, job).count { $0.status == "resolved" } : 0
        try act()
        try await eventually("the end of \(alert) after: \(what)", within: .seconds(200)) {
            try notifications(alert, receiver, job).count { $0.status == "resolved" } > before
        }
        return "\(what): \(alert) ended after \(ContinuousClock.now - cured)"
    }

    private func notifications(_ alert: String, _ receiver: String, _ job: String?) throws -> [Notification.Alert] {
        try notified(receiver).flatMap(\.alerts).filter {
            $0.labels["alertname"] == alert && (job == nil || $0.labels["job_name"] == job)
        }
    }
}
