public import FoundationEssentials

/// What Alertmanager told of one alert: that it fires, or that it no longer does.
public struct AlertNotification: Sendable, Hashable, Codable {
    /// Whether an alert fires.
    public enum Status: String, Sendable, Codable, CaseIterable {
        /// It fires.
        case firing
        /// It no longer does.
        case resolved
    }

    /// What identifies the alert: Alertmanager's hash of its labels.
    public var fingerprint: String
    /// When it began to fire, by the wall clock.
    public var startsAt: Date
    /// Whether it fires.
    public var status: Status
    /// When it was resolved, by the wall clock; nil while it fires.
    public var endsAt: Date?
    /// All labels; `alertname` is among them.
    public var labels: [String: String]
    /// All annotations.
    public var annotations: [String: String]
    /// The receiver that Alertmanager sent it to.
    public var receiver: String
    /// Where the alert comes from, for instance the expression in Prometheus.
    public var generatorURL: String?
    /// When it was received, in league time.
    public var receivedAt: Date
    /// Whether a model is to be trained because of it.
    public var asksForTraining: Bool

    /// Makes a notification.
    public init(
        fingerprint: String, startsAt: Date, status: Status, endsAt: Date?, labels: [String: String],
        annotations: [String: String], receiver: String, generatorURL: String?, receivedAt: Date,
        asksForTraining: Bool
    ) {
        self.fingerprint = fingerprint
        self.startsAt = startsAt
        self.status = status
        self.endsAt = endsAt
        self.labels = labels
        self.annotations = annotations
        self.receiver = receiver
        self.generatorURL = generatorURL
        self.receivedAt = receivedAt
        self.asksForTraining = asksForTraining
    }

    /// The alert's name.
    public var name: String { labels["alertname"] ?? "" }
}

/// A notification, and what the agent did about it.
public struct RecordedAlert: Sendable, Hashable {
    /// What was told.
    public var notification: AlertNotification
    /// When the decision was made that answers it, in league time; nil if it asked for nothing or waits for an answer.
    public var decidedAt: Date?
    /// The model that was trained because of it.
    public var model: Int64?
}

extension History {
    /// Keeps notifications, and returns how many were new: each alert is kept once firing and once resolved.
    ///
    /// One that asks for a training becomes a request for it, once for each time that the alert fires.
    public func store(_ notifications: [AlertNotification]) async throws(HistoryError) -> Int {
        if notifications.isEmpty { return 0 }
        return try await keep(.alerts(notifications), in: .alerts, instead: 0) {
            session throws(HistoryError) in try session.keep(notifications)
        }
    }

    /// The notifications that were received last, newest first, at most `limit` of them.
    public func alerts(limit: Int) async throws(HistoryError) -> [RecordedAlert] {
        try await run(.alerts) { session throws(HistoryError) in
            try session.execute(
                """
                select n.fingerprint, n.starts_at, n.status, n.ends_at, n.labels, n.annotations, n.receiver,
                    n.generator_url, n.received_at, n.request_key is not null, d.decided_at, d.model_id
                from alert_notifications n left join training_requests r on r.key = n.request_key
                left join training_decisions d on d.id = r.decision_id
                order by n.received_at desc, n.id desc limit $1
                """,
                [max(0, limit)]
            ).map { row throws(HistoryError) in try row.alert() }
        }
    }
}

extension Session {
    func keep(_ notifications: [AlertNotification]) throws(HistoryError) -> Int {
        var kept = 0
        for notification in notifications {
            let microseconds = (notification.startsAt.timeIntervalSince1970 * 1e6).rounded()
            let asks = notification.asksForTraining && notification.status == .firing
            let key = asks ? "alert \(notification.fingerprint) \(Int64(microseconds))" : nil
            let isNew = try execute(
                """
                insert into alert_notifications (
                    fingerprint, starts_at, status, ends_at, name, severity, receiver, labels, annotations,
                    generator_url, received_at, request_key
                ) values ($1, $2, $3, $4, $5, $6, $7, $8::text::json, $9::text::json, $10, $11, $12)
                on conflict (fingerprint, starts_at, status) do nothing
                """,
                [
                    notification.fingerprint, notification.startsAt, notification.status.rawValue,
                    notification.endsAt, notification.name, notification.labels["severity"], notification.receiver,
                    try json(notification.labels), try json(notification.annotations), notification.generatorURL,
                    notification.receivedAt, key,
                ]
            ).changed
            kept += isNew
            guard isNew > 0, let key else { continue }
            _ = try keep(
                TrainingRequest(
                    source: .alert, reason: "\(notification.name) fires", key: key,
                    requestedAt: notification.receivedAt))
        }
        return kept
    }

    private func json(_ texts: [String: String]) throws(HistoryError) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(texts) else { throw .unreadable("the labels of an alert") }
        return String(decoding: data, as: UTF8.self)
    }
}

extension Row {
    fileprivate mutating func alert() throws(HistoryError) -> RecordedAlert {
        let fingerprint = try next(String.self)
        let startsAt = try next(Date.self)
        let status = try next(String.self)
        guard let known = AlertNotification.Status(rawValue: status) else {
            throw .unreadable("the status of an alert: \(status)")
        }
        let notification = AlertNotification(
            fingerprint: fingerprint, startsAt: startsAt, status: known, endsAt: try optional(),
            labels: try texts(), annotations: try texts(), receiver: try next(), generatorURL: try optional(),
            receivedAt: try next(), asksForTraining: try next())
        return RecordedAlert(notification: notification, decidedAt: try optional(), model: try optional())
    }

    private mutating func texts() throws(HistoryError) -> [String: String] {
        let text = try next(String.self)
        guard let texts = try? JSONDecoder().decode([String: String].self, from: Data(text.utf8)) else {
            throw .unreadable("the labels of an alert: \(text)")
        }
        return texts
    }
}
