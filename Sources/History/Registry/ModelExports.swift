public import FoundationEssentials

/// A model that a tracking server has not been sent yet.
public struct ModelToExport: Sendable, Hashable {
    /// The model with its bytes.
    public var model: StoredModel
    /// When the registry got it, in wall time.
    public var registeredAt: Date
    /// The SHA-256 of its bytes, in hexadecimal.
    public var bytesChecksum: String

    /// Makes one.
    public init(model: StoredModel, registeredAt: Date, bytesChecksum: String) {
        self.model = model
        self.registeredAt = registeredAt
        self.bytesChecksum = bytesChecksum
    }
}

/// How many models wait to be sent to a tracking server.
public struct ExportBacklog: Sendable, Hashable {
    /// How many.
    public var models: Int
    /// When the registry got the first of them, in wall time; nil if none waits.
    public var oldest: Date?
    /// The model whose turn it is; nil if none waits.
    public var next: Int64?

    /// Makes a backlog.
    public init(models: Int, oldest: Date? = nil, next: Int64? = nil) {
        self.models = models
        self.oldest = oldest
        self.next = next
    }
}

extension History {
    /// The models that were trained here and that a destination has not been sent, as far as they still have bytes.
    ///
    /// - Parameters:
    ///   - destination: Where they are sent to.
    ///   - last: The model that was tried last: the next one has its turn, and then those before it again.
    /// - Returns: How many wait, and whose turn it is.
    /// - Throws: `HistoryError` if PostgreSQL does not do its part.
    public func exportBacklog(
        of destination: String, after last: Int64 = 0
    ) async throws(HistoryError) -> ExportBacklog {
        try await run(.models) { session throws(HistoryError) in
            let backlog = try session.execute(
                """
                select count(*), min(m.registered_at), coalesce(min(m.id) filter (where m.id > $2), min(m.id))
                from models m
                where m.bytes is not null
                    and exists (select from model_events e where e.model_id = m.id and e.event = 'registered')
                    and not exists (select from model_exports x where x.destination = $1 and x.model_id = m.id)
                """,
                [destination, last]
            ).first { row throws(HistoryError) in
                ExportBacklog(models: try row.next(), oldest: try row.optional(), next: try row.optional())
            }
            guard let backlog else { throw .unreadable("the models to export") }
            return backlog
        }
    }

    /// A model as it is sent to a tracking server; nil if there is none with this number.
    public func modelToExport(_ id: Int64) async throws(HistoryError) -> ModelToExport? {
        guard let model = try await model(id) else { return nil }
        return try await run(.models) { session throws(HistoryError) in
            try session.execute("select registered_at, bytes_checksum from models where id = $1", [id])
                .first { row throws(HistoryError) in
                    ModelToExport(model: model, registeredAt: try row.next(), bytesChecksum: try row.next())
                }
        }
    }

    /// Notes that a destination has a model, and the run there that tells of it.
    public func exported(_ model: Int64, to destination: String, as run: String) async throws(HistoryError) {
        try await write(.models) { session throws(HistoryError) in
            _ = try session.execute(
                """
                insert into model_exports (model_id, destination, run) values ($1, $2, $3)
                on conflict (destination, model_id) do nothing
                """, [model, destination, run])
        }
    }
}
