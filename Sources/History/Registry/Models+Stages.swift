import FoundationEssentials

extension History {
    /// Keeps a model as the candidate, with what it was judged to be; returns its number.
    ///
    /// The candidate before it is archived. All of it happens or nothing.
    ///
    /// - Parameters:
    ///   - model: The model.
    ///   - change: Why it was trained or imported.
    ///   - kind: `.registered` or `.imported`.
    ///   - verdict: What it was judged to be; nil if it waits for that.
    /// - Returns: Its number.
    /// - Throws: `HistoryError.mixedProvenance` if it learnt from the other kind of rows than the database holds.
    public func register(
        _ model: StoredModel, _ change: ModelChange, as kind: ModelEvent.Kind = .registered,
        verdict: ModelVerdict? = nil
    ) async throws(HistoryError) -> Int64 {
        try await stages { session throws(HistoryError) in
            try session.claim(synthetic: model.synthetic)
            let id = try session.insert(model)
            let superseded = try session.execute(
                "update models set state = 'archived' where state = 'candidate' returning id"
            )
            .map { row throws(HistoryError) in try row.next(Int64.self) }
            for old in superseded {
                try session.note(.archived, of: old, change.because("model \(id) is the candidate now"))
            }
            try session.execute("update models set state = 'candidate' where id = $1", [id])
            try session.note(kind, of: id, change)
            switch verdict {
            case .promoted(let change): try session.promote(id, as: .promoted, change)
            case .rejected(let change): try session.note(.rejected, of: id, change)
            case nil: break
            }
            return id
        }
    }

    /// Makes a model the champion, and archives the one before.
    ///
    /// Throws `HistoryError.model` if there is no such model, or it is the champion already.
    public func promote(_ id: Int64, _ change: ModelChange) async throws(HistoryError) {
        try await stages { session throws(HistoryError) in
            let stage = try session.execute("select state from models where id = $1", [id])
                .first { row throws(HistoryError) in try row.next(String.self) }
            guard let stage else {
                throw .model("there is no model \(id): 'touchline models list' shows those there are")
            }
            if stage == ModelStage.champion.rawValue { throw .model("model \(id) is the champion already") }
            try session.promote(id, as: .promoted, change)
        }
    }

    /// Notes that the candidate was judged and does not become the champion.
    public func reject(_ id: Int64, _ change: ModelChange) async throws(HistoryError) {
        try await stages { session throws(HistoryError) in try session.note(.rejected, of: id, change) }
    }

    /// Goes back from the champion to the one before it.
    ///
    /// - Parameters:
    ///   - target: The champion to go back to, one of ``formerChampions()``; nil for the latest of them.
    ///   - change: Why.
    /// - Returns: The numbers of the model that served and of the one that serves now.
    /// - Throws: `HistoryError.model` if there is none to go back to.
    public func rollBack(
        to target: Int64? = nil, _ change: ModelChange
    ) async throws(HistoryError) -> (from: Int64, to: Int64) {
        try await stages { session throws(HistoryError) in
            let champions = try session.championStack()
            guard let from = champions.last else { throw .model("there is no champion to roll back") }
            let former = champions.dropLast()
            guard let place = target.map({ former.lastIndex(of: $0) }) ?? former.indices.last else {
                throw .model(
                    target.map { "model \($0) is none of the champions before model \(from): promote it instead" }
                        ?? "model \(from) is the first champion: there is none to roll back to")
            }
            let to = champions[place]
            for model in champions[(place + 1)...].reversed() { try session.note(.rolledBack, of: model, change) }
            try session.promote(to, as: .restored, change.because("model \(from) was rolled back: \(change.reason)"))
            return (from, to)
        }
    }

    /// The champions before the present one that a rollback can go back to, latest first.
    public func formerChampions() async throws(HistoryError) -> [Int64] {
        try await run(.models) { session throws(HistoryError) in
            Array(try session.championStack().dropLast().reversed())
        }
    }

    /// Changes stages while nobody else does.
    private func stages<Result: Sendable>(
        _ body: @Sendable (Session) throws(HistoryError) -> Result
    ) async throws(HistoryError) -> Result {
        try await write(.models) { session throws(HistoryError) in
            try session.execute("lock table models in share row exclusive mode")
            return try body(session)
        }
    }
}

extension Session {
    /// Every champion in the order in which each took over, the present one last; those rolled back are left out.
    fileprivate func championStack() throws(HistoryError) -> [Int64] {
        let champion = try execute("select id from models where state = 'champion'")
            .first { row throws(HistoryError) in try row.next(Int64.self) }
        guard let champion else { return [] }
        let events = try execute(
            "select model_id, event from model_events where event in ('promoted', 'rolled_back') order by id"
        ).map { row throws(HistoryError) in (model: try row.next(Int64.self), event: try row.next(String.self)) }
        var stack: [Int64] = []
        for (model, event) in events {
            if event == ModelEvent.Kind.promoted.rawValue {
                stack.append(model)
            } else if let last = stack.lastIndex(of: model) {
                // What was promoted after it was promoted on a mistake too, or is the target of a longer way back.
                stack.removeSubrange(last...)
            }
        }
        if stack.last != champion { stack.append(champion) }
        return stack
    }

    fileprivate func promote(
        _ id: Int64, as kind: ModelEvent.Kind, _ change: ModelChange
    ) throws(HistoryError) {
        let former = try execute("update models set state = 'archived' where state = 'champion' returning id")
            .first { row throws(HistoryError) in try row.next(Int64.self) }
        if let former { try note(.archived, of: former, change.because("model \(id) is the champion now")) }
        try execute("update models set state = 'champion' where id = $1", [id])
        try note(kind, of: id, change)
    }
}

extension ModelChange {
    /// The same change for another model that it concerns.
    fileprivate func because(_ reason: String) -> ModelChange {
        ModelChange(reason: reason, requester: requester, at: at)
    }
}
