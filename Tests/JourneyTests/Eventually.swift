/// Asks again and again until there is an answer; real processes tell nobody when they are done.
///
/// - Parameters:
///   - what: What is waited for, for the error.
///   - patience: How long; far longer than it ever takes, for a machine that is busy with other things.
///   - probe: Returns the answer, or nil while there is none; a failure to ask counts as none.
/// - Returns: The first answer.
/// - Throws: ``OutOfPatience``.
@discardableResult
func eventually<Answer>(
    _ what: String, within patience: Duration = .seconds(120), _ probe: () async throws -> Answer?
) async throws -> Answer {
    let end = ContinuousClock.now + patience
    var lastError: (any Error)?
    repeat {
        do {
            if let answer = try await probe() { return answer }
            lastError = nil
        } catch {
            lastError = error
        }
        try await Task.sleep(for: .milliseconds(50))
    } while ContinuousClock.now < end
    throw OutOfPatience(what: what, patience: patience, lastError: lastError.map { "\($0)" })
}

/// The same for a condition.
func eventually(_ what: String, within patience: Duration = .seconds(120), _ holds: () async throws -> Bool)
    async throws
{
    try await eventually(what, within: patience) { try await holds() ? true : nil }
}

/// What was waited for did not come.
struct OutOfPatience: Error, CustomStringConvertible {
    let what: String
    let patience: Duration
    let lastError: String?

    var description: String { "not within \(patience): \(what)\(lastError.map { " (\($0))" } ?? "")" }
}
