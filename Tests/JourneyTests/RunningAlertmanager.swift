import FoundationEssentials
import TestSupport
import Testing

/// Alertmanager, running.
struct RunningAlertmanager: Sendable {
    let port: Int

    /// Tells it of alerts, as Prometheus does: a JSON list.
    func post(_ alerts: String) async throws {
        let reply = try await RawExchange.send(
            "POST", "/api/v2/alerts", port: port, headers: ["Content-Type: application/json"], body: alerts)
        #expect(reply.status == 200, "\(reply.text)")
    }
}

/// Runs Debian's Alertmanager for as long as the body takes.
///
/// - Parameters:
///   - folder: Where its file, its data and its log go.
///   - configuration: The file's text.
///   - body: Works with it.
/// - Throws: What the body throws, or that it does not come to listen.
func withAlertmanager(
    in folder: String, _ configuration: String, body: (RunningAlertmanager) async throws -> Void
) async throws {
    try Data(configuration.utf8).write(to: URL(filePath: "\(folder)/alertmanager.yml"))
    try await withProcess(
        "prometheus-alertmanager",
        [
            "--config.file=\(folder)/alertmanager.yml", "--storage.path=\(folder)/alertmanager",
            "--web.listen-address=127.0.0.1:0", "--cluster.listen-address=",
        ], log: "\(folder)/alertmanager.log"
    ) { alertmanager in
        try await body(
            RunningAlertmanager(port: try await alertmanager.port(after: #"msg="Listening on" address="#)))
    }
}
