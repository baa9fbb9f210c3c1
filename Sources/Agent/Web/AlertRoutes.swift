internal import Exposition
internal import FoundationEssentials
internal import HTTPTypes
internal import History
internal import Hummingbird
internal import Logging

/// `/api/v1/alerts/webhook`: keeps what Alertmanager tells, and asks for a training where an alert is to lead to one.
///
/// Whatever is told twice counts once. While PostgreSQL is away it waits in the spool.
struct AlertWebhookRoute: Route {
    /// More than Alertmanager sends in one group; `max_alerts` of its webhook keeps it below.
    static let maximumBytes = 1 << 20

    let history: History
    let settings: SettingsStore
    let clock: LeagueClock
    let instruments: AlertInstruments
    let logger: Logger

    var methods: [HTTPRequest.Method] { [.post] }

    func answer(_ request: Request) async -> Response {
        let alerts = settings.current.alerts
        guard alerts.webhook else {
            return refuse("off", .forbidden, "the webhook is off; alerts.webhook turns it on")
        }
        guard let body = try? await request.body.collect(upTo: Self.maximumBytes) else {
            return refuse("too_large", .contentTooLarge, "the body has more than \(Self.maximumBytes) bytes")
        }
        do throws(AlertPayloadError) {
            let notifications = try AlertPayload.notifications(
                Array(buffer: body), at: clock.now, trainingAlerts: alerts.trainOn)
            do throws(HistoryError) {
                let kept = try await history.store(notifications)
                instruments.received(notifications)
                return Response(
                    .ok, "application/json", Array(#"{"received":\#(notifications.count),"new":\#(kept)}"#.utf8))
            } catch {
                logger.error("alerts not kept", metadata: ["error": "\(error)"])
                // Alertmanager sends it again.
                return refuse("database", .serviceUnavailable, "the alerts could not be kept: \(error)")
            }
        } catch {
            return refuse("malformed", .badRequest, error.why)
        }
    }

    private func refuse(_ reason: String, _ status: HTTPResponse.Status, _ detail: String) -> Response {
        instruments.refused(reason)
        return .problem(status, detail)
    }
}

/// `/api/v1/alerts`: what Alertmanager told, newest first, and what was done about it; `limit` says how many.
struct AlertsRoute: Route {
    private static let limits = 1...1_000

    let history: History

    func answer(_ request: Request) async -> Response {
        var limit = 100
        if let text = request.uri.queryParameters["limit"] {
            guard let number = Int(text), Self.limits.contains(number) else {
                return .problem(.badRequest, "limit must be a whole number from 1 to 1000")
            }
            limit = number
        }
        let alerts: [RecordedAlert]
        do throws(HistoryError) {
            alerts = try await history.alerts(limit: limit)
        } catch {
            return .problem(.serviceUnavailable, "the alerts could not be read: \(error)")
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .iso8601
        guard let body = try? encoder.encode(["alerts": alerts.map(Entry.init)]) else {
            return .problem(.internalServerError, "the alerts could not be encoded")
        }
        return Response(.ok, "application/json", Array(body))
    }

    private struct Entry: Encodable {
        let fingerprint: String
        let status: String
        let startsAt: Date
        let endsAt: Date?
        let labels: [String: String]
        let annotations: [String: String]
        let receiver: String
        let generatorURL: String?
        let receivedAt: Date
        /// `none`, `training_requested` or `training_decided`.
        let action: String
        let decidedAt: Date?
        let model: Int64?

        init(_ alert: RecordedAlert) {
            let told = alert.notification
            (fingerprint, status, startsAt, endsAt) = (
                told.fingerprint, told.status.rawValue, told.startsAt, told.endsAt
            )
            (labels, annotations, receiver) = (told.labels, told.annotations, told.receiver)
            (generatorURL, receivedAt) = (told.generatorURL, told.receivedAt)
            action =
                told.asksForTraining ? (alert.decidedAt == nil ? "training_requested" : "training_decided") : "none"
            (decidedAt, model) = (alert.decidedAt, alert.model)
        }
    }
}
