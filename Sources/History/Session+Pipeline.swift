import Clibpq

/// A statement with its parameters.
package struct Statement: Sendable {
    let sql: String
    let parameters: [(any WireValue)?]

    /// Makes a statement; values are its parameters and never meet its text.
    package init(_ sql: String, _ parameters: [(any WireValue)?] = []) {
        self.sql = sql
        self.parameters = parameters
    }
}

extension Session {
    /// Runs a statement by itself.
    package func execute(_ statement: Statement) throws(HistoryError) {
        try execute(statement.sql, statement.parameters)
    }

    /// Runs statements in one round trip to the server, and returns how many rows each answered or changed.
    ///
    /// The server skips what follows a statement that fails, and its error is thrown.
    @discardableResult
    package func pipeline(_ statements: [Statement]) throws(HistoryError) -> [Int] {
        var names: [String?] = []
        // What has to be parsed takes a round trip of its own, the third time that it is asked.
        for statement in statements { names.append(try prepare(statement.sql, Session.types(statement.parameters))) }
        beginStatement()
        guard PQenterPipelineMode(pointer) == 1 else { throw .unavailable(lastMessage) }
        for (statement, name) in zip(statements, names) {
            guard send(statement.sql, statement.parameters, as: name) == 1 else {
                throw given(up: .unavailable(lastMessage))
            }
        }
        guard PQpipelineSync(pointer) == 1 else { throw given(up: .unavailable(lastMessage)) }
        var results: [Int] = []
        var failure: HistoryError?
        for _ in statements {
            beginStatement()
            do throws(HistoryError) {
                // What was skipped after a failure says nothing.
                let rows = try check(result())
                if failure == nil { results.append(rows.changed) }
            } catch {
                guard !isBroken else { throw given(up: error) }
                failure = failure ?? error
            }
        }
        guard let end = try result(), PQresultStatus(end) == PGRES_PIPELINE_SYNC else {
            throw given(up: failure ?? .unreadable("the end of a pipeline"))
        }
        PQclear(end)
        guard PQexitPipelineMode(pointer) == 1 else { throw given(up: .unavailable(lastMessage)) }
        if let failure { throw failure }
        return results
    }

    /// Runs the body in a transaction, whose beginning and first statements are one round trip; an error rolls it back.
    func transaction<Result>(
        opening statements: [Statement],
        _ body: ([Int]) throws(HistoryError) -> Result
    ) throws(HistoryError) -> Result {
        let result: Result
        do {
            let opened = try pipeline([Statement("begin")] + statements)
            result = try body(Array(opened.dropFirst()))
        } catch {
            if !isBroken { _ = try? execute("rollback") }
            throw error
        }
        try execute("commit")
        return result
    }

    /// A connection that is left in the middle of a pipeline serves nobody any more.
    private func given(up error: HistoryError) -> HistoryError {
        abandon()
        return error
    }
}
