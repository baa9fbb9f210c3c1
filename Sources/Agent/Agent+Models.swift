internal import FoundationEssentials
internal import History

extension Agent {
    /// Every model of the registry, newest first.
    ///
    /// - Returns: What is known of each.
    /// - Throws: ``AgentError`` that says what went wrong.
    public func models() async throws(AgentError) -> [ModelSummary] {
        try await withRegistry { () throws(HistoryError) in try await history.models().map(ModelSummary.init) }
    }

    /// A model and what became of it.
    ///
    /// - Parameter id: Its number.
    /// - Returns: What is known of it.
    /// - Throws: ``AgentError`` if there is no such model, or the database fails.
    public func model(_ id: Int64) async throws(AgentError) -> ModelStory {
        try await withRegistry { () throws(HistoryError) in
            guard let record = try await history.models().first(where: { $0.model.id == id }) else {
                throw .noModel(id)
            }
            return ModelStory(
                summary: ModelSummary(record), events: try await history.modelEvents(of: id).map(ModelStory.Event.init))
        }
    }

    /// Writes a model into a single file, which must not exist.
    ///
    /// - Parameters:
    ///   - id: Its number; nil for the champion.
    ///   - path: The file.
    /// - Returns: The model's number and the file's size in bytes.
    /// - Throws: ``AgentError`` if there is no such model, its bytes are refused, or the file cannot be written.
    public func exportModel(_ id: Int64?, to path: String) async throws(AgentError) -> (model: Int64, bytes: Int) {
        let file = try await withRegistry { () throws(HistoryError) in
            var found: StoredModel?
            if let id {
                found = try await history.model(id)
                if found == nil { throw .noModel(id) }
            } else {
                found = try await history.champion()
            }
            guard let model = found else { throw .model("there is no champion yet: train a model first") }
            return ModelFile(model, bytesChecksum: try await history.digest(of: model.bytes))
        }
        let bytes = file.bytes
        do {
            // What a later import would refuse is better refused while the original is at hand.
            _ = try ModelFile(bytes: bytes)
            try Data(bytes).write(to: URL(filePath: path), options: .withoutOverwriting)
        } catch let error as ModelFileError {
            throw .job("model \(file.model.id ?? 0) is not exported: \(error)")
        } catch {
            throw .job("cannot write \(path): it exists already, or its folder cannot be written to")
        }
        return (file.model.id ?? 0, bytes.count)
    }

    /// Reads a model's file into the registry, as the candidate; the champion stays.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - reason: Why, in words.
    /// - Returns: The model's number here.
    /// - Throws: ``AgentError`` that says why the file is refused.
    public func importModel(from path: String, reason: String) async throws(AgentError) -> Int64 {
        let file: ModelFile
        do {
            file = try ModelFile(bytes: Array(Data(contentsOf: URL(filePath: path))))
        } catch let error as ModelFileError {
            throw .job("\(path) is refused: \(error)")
        } catch {
            throw .job("cannot read \(path)")
        }
        let change = change(reason)
        return try await withRegistry { () throws(HistoryError) in
            guard try await history.digest(of: file.model.bytes) == file.bytesChecksum else {
                throw .model("\(path) is refused: its bytes are not those that were exported")
            }
            var model = file.model
            model.id = nil
            return try await history.register(model, change, as: .imported)
        }
    }

    /// Makes a model the champion; a running agent follows within a second.
    ///
    /// - Parameters:
    ///   - id: The model's number.
    ///   - reason: Why, in words.
    /// - Throws: ``AgentError`` if there is no such model, or this program cannot serve it.
    public func promote(_ id: Int64, reason: String) async throws(AgentError) {
        let change = change(reason)
        try await withRegistry { () throws(HistoryError) in
            try await canServe(id)
            try await history.promote(id, change)
        }
    }

    /// Goes back to the champion before the present one; a running agent follows within a second.
    ///
    /// - Parameters:
    ///   - target: A former champion; nil for the latest.
    ///   - reason: Why, in words.
    /// - Returns: The model that served and the one that serves now.
    /// - Throws: ``AgentError`` if there is none to go back to, or this program cannot serve it.
    public func rollBack(to target: Int64?, reason: String) async throws(AgentError) -> (from: Int64, to: Int64) {
        let change = change(reason)
        return try await withRegistry { () throws(HistoryError) in
            let former = try await history.formerChampions().first
            if let id = target ?? former { try await canServe(id) }
            return try await history.rollBack(to: target, change)
        }
    }

    private func change(_ reason: String) -> ModelChange {
        ModelChange(reason: reason, requester: .operator, at: clock.now)
    }

    /// Throws if there is no such model or its bytes are refused.
    private func canServe(_ id: Int64) async throws(HistoryError) {
        guard let model = try await history.model(id) else { throw .noModel(id) }
        do throws(ModelBytesError) {
            _ = try ServingModel(bytes: model.bytes)
        } catch {
            throw .model("model \(id) cannot serve: \(error); the champion stays")
        }
    }

    /// Runs the body on a database with the current schema, which is opened for it if need be.
    private func withRegistry<Result: Sendable>(
        _ body: () async throws(HistoryError) -> Result
    ) async throws(AgentError) -> Result {
        let wasRunning = await cluster?.isRunning() ?? true
        var result: Swift.Result<Result, HistoryError>
        do throws(HistoryError) {
            try await cluster?.start()
            _ = try await history.migrate()
            result = .success(try await body())
        } catch {
            result = .failure(error)
        }
        await history.close()
        if !wasRunning { try? await cluster?.stop() }
        do throws(HistoryError) {
            return try result.get()
        } catch {
            throw .database("\(error)")
        }
    }
}

extension HistoryError {
    /// There is no model with this number.
    fileprivate static func noModel(_ id: Int64) -> HistoryError {
        .model("there is no model \(id): 'touchline models list' shows those there are")
    }
}
