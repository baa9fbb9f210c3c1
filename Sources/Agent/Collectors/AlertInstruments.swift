internal import Exposition
internal import History

/// What Alertmanager told this process.
struct AlertInstruments: Collector {
    /// Why a request to the webhook can be refused.
    static let reasons = ["off", "too_large", "malformed", "database"]

    static let received = Descriptor.counter(
        "touchline_alert_notifications_total",
        "Alerts that Alertmanager told of through the webhook, each time that it did.", labels: ["status"])
    static let refused = Descriptor.counter(
        "touchline_alert_webhook_refusals_total", "Requests to the webhook that were refused, by reason.",
        labels: ["reason"])
    static let descriptors = [received, refused]

    let name = "alerts"
    private let received = Counter(
        received, seed: AlertNotification.Status.allCases.map { [$0.rawValue] })
    private let refused = Counter(refused, seed: reasons.map { [$0] })

    /// Counts alerts that were told of.
    func received(_ notifications: [AlertNotification]) {
        for notification in notifications { received.increment([notification.status.rawValue]) }
    }

    /// Counts a request that was refused.
    func refused(_ reason: String) { refused.increment([reason]) }

    func collect() -> [Family] { [received.family, refused.family] }
}
