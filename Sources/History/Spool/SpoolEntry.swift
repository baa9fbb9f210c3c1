import FoundationEssentials

/// A write that can wait in the spool: what happened, which no later reading could bring back.
enum PendingFact: Sendable, Codable, Hashable {
    case ingest(Ingest)
    case fetch(FetchRecord)
    case run(JobRun)
    case predictions([Prediction])
    case evaluations([Evaluation])
    case alerts([AlertNotification])

    /// The statement that writes it; nil if it takes several.
    var statement: Statement? {
        switch self {
        case .fetch(let fetch): fetch.statement
        case .run(let run): run.statement
        case .ingest, .predictions, .evaluations, .alerts: nil
        }
    }

    /// Writes it; the same as if it had not waited.
    func write(to session: Session) throws(HistoryError) {
        switch self {
        case .ingest(let ingest): _ = try session.keep(ingest)
        case .fetch(let fetch): try session.execute(fetch.statement)
        case .run(let run): try session.execute(run.statement)
        case .predictions(let predictions): _ = try session.keep(predictions)
        case .evaluations(let evaluations): _ = try session.keep(evaluations)
        case .alerts(let notifications): _ = try session.keep(notifications)
        }
    }
}

/// A fact with what makes it count once: its key, which the database remembers.
struct SpoolEntry: Sendable, Codable, Hashable {
    /// Made when the fact was first offered to the database, so that a commit whose answer was lost counts too.
    let key: UUID
    /// When it was offered.
    let at: Date
    /// The term of leadership in which it was made; nil outside of one.
    let term: Int64?
    let fact: PendingFact
}

extension SpoolEntry {
    /// The entry as the spool's file holds it: length and checksum of a JSON text, both big-endian, and the text.
    func record() throws(HistoryError) -> [UInt8] {
        let text: Data
        do {
            text = try JSONEncoder().encode(self)
        } catch {
            throw .unreadable("a fact for the spool: \(error)")
        }
        var record: [UInt8] = []
        record.reserveCapacity(text.count + 8)
        for number in [UInt32(text.count), CRC32.checksum(text)] {
            withUnsafeBytes(of: number.bigEndian) { record.append(contentsOf: $0) }
        }
        record.append(contentsOf: text)
        return record
    }

    /// Reads the text of a record.
    init(text: [UInt8]) throws(HistoryError) {
        do {
            self = try JSONDecoder().decode(SpoolEntry.self, from: Data(text))
        } catch {
            throw .unreadable("a fact in the spool: \(error)")
        }
    }
}
