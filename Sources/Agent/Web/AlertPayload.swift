internal import Football
internal import FoundationEssentials
internal import History

/// What Alertmanager posts to a webhook, version 4; members that are not known are left alone, for later versions of it
/// may add some.
struct AlertPayload: Decodable {
    struct Alert: Decodable {
        let status: AlertNotification.Status
        let labels: [String: String]
        let annotations: [String: String]?
        let startsAt: String
        let endsAt: String?
        let generatorURL: String?
        let fingerprint: String
    }

    let version: String
    let receiver: String
    let alerts: [Alert]

    /// Reads and checks a payload.
    ///
    /// - Parameters:
    ///   - body: JSON.
    ///   - instant: The league's present.
    ///   - trainingAlerts: Names of the alerts because of which a model is trained.
    /// - Returns: A notification for each alert.
    /// - Throws: ``AlertPayloadError`` that names what does not fit.
    static func notifications(
        _ body: [UInt8], at instant: Date, trainingAlerts: [String]
    ) throws(AlertPayloadError) -> [AlertNotification] {
        let payload: AlertPayload
        do {
            payload = try JSONDecoder().decode(AlertPayload.self, from: Data(body))
        } catch let error as DecodingError {
            throw AlertPayloadError(error)
        } catch {
            throw AlertPayloadError(why: "the body is no JSON")
        }
        guard payload.version == "4" else {
            throw AlertPayloadError(why: "version is \"\(payload.version)\"; only \"4\" is understood")
        }
        var notifications: [AlertNotification] = []
        for (place, alert) in payload.alerts.enumerated() {
            notifications.append(
                try alert.notification(
                    "alerts[\(place)]", receiver: payload.receiver, at: instant, trainingAlerts: trainingAlerts))
        }
        return notifications
    }
}

extension AlertPayload.Alert {
    fileprivate func notification(
        _ place: String, receiver: String, at instant: Date, trainingAlerts: [String]
    ) throws(AlertPayloadError) -> AlertNotification {
        guard !fingerprint.isEmpty, fingerprint.utf8.count <= 128 else {
            throw AlertPayloadError(why: "\(place).fingerprint must have 1 to 128 bytes")
        }
        guard let name = labels["alertname"], !name.isEmpty else {
            throw AlertPayloadError(why: "\(place).labels has no alertname")
        }
        guard let startsAt = Timestamp.instant(startsAt) else {
            throw AlertPayloadError(why: "\(place).startsAt is no RFC 3339 time: \(startsAt)")
        }
        let ended = try endsAt.map { text throws(AlertPayloadError) in
            guard let end = Timestamp.instant(text) else {
                throw AlertPayloadError(why: "\(place).endsAt is no RFC 3339 time: \(text)")
            }
            return end
        }
        // PostgreSQL's text can hold any character but this one.
        let texts =
            [fingerprint, generatorURL ?? "", receiver] + labels.flatMap { [$0.key, $0.value] }
            + (annotations ?? [:]).flatMap { [$0.key, $0.value] }
        guard !texts.contains(where: { $0.utf8.contains(0) }) else {
            throw AlertPayloadError(why: "\(place) has a text with the character U+0000")
        }
        return AlertNotification(
            fingerprint: fingerprint, startsAt: startsAt, status: status, endsAt: status == .resolved ? ended : nil,
            labels: labels, annotations: annotations ?? [:], receiver: receiver,
            generatorURL: generatorURL?.isEmpty == true ? nil : generatorURL, receivedAt: instant,
            asksForTraining: trainingAlerts.contains(name))
    }
}

/// Why a payload was refused: one line.
struct AlertPayloadError: Error {
    let why: String

    init(why: String) { self.why = why }

    init(_ error: DecodingError) {
        func place(_ path: [any CodingKey]) -> String {
            let text = path.reduce("") {
                $0 + ($1.intValue.map { "[\($0)]" } ?? ($0.isEmpty ? "" : ".") + $1.stringValue)
            }
            return text.isEmpty ? "the body" : text
        }
        switch error {
        case .keyNotFound(let key, let context): why = "\(place(context.codingPath + [key])) is missing"
        case .typeMismatch(_, let context): why = "\(place(context.codingPath)) is of the wrong type"
        case .valueNotFound(_, let context): why = "\(place(context.codingPath)) is null"
        case .dataCorrupted(let context):
            why = context.codingPath.isEmpty ? "the body is no JSON" : "\(place(context.codingPath)) is not understood"
        @unknown default: why = "the body is not understood"
        }
    }
}

/// Times as RFC 3339 writes them.
enum Timestamp {
    /// Reads a time with any number of decimals; nil for anything else.
    static func instant(_ text: String) -> Date? {
        guard
            let match = text.wholeMatch(
                of: /(\d{4}-\d\d-\d\d)[Tt](\d\d):(\d\d):(\d\d)(\.\d{1,9})?(?:[Zz]|([+-])(\d\d):(\d\d))/)
        else { return nil }
        let (_, date, hour, minute, second, fraction, sign, zoneHour, zoneMinute) = match.output
        guard let day = Day(iso: date), let hours = Double(hour), hours < 24, let minutes = Double(minute),
            minutes < 60,
            let seconds = Double(second), seconds <= 60
        else { return nil }
        let offset = (Double(zoneHour ?? "0") ?? 0) * 3600 + (Double(zoneMinute ?? "0") ?? 0) * 60
        let decimals = fraction.flatMap { Double("0\($0)") } ?? 0
        return day.start.addingTimeInterval(
            hours * 3600 + minutes * 60 + seconds + decimals + (sign == "-" ? offset : -offset))
    }
}
