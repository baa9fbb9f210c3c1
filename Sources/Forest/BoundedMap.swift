/// Computes `transform(0)` to `transform(count - 1)`, at most `limit` of them at the same time.
///
/// The child tasks inherit the caller's task executor preference and never wait for one another.
///
/// - Parameters:
///   - count: How many values to compute.
///   - limit: Most child tasks at the same time, at least 1.
///   - finished: Is called after each value with the number of values computed so far.
///   - transform: Computes the value of one index; must depend on nothing else.
///   - take: Is called with each value, in the order of their indices whichever order they were finished in, and as
///     soon as all before it are there: its work is done beside the child tasks rather than after them.
/// - Throws: ``ForestError/cancelled`` if the calling task was cancelled; values not begun by then are not computed.
func boundedForEach<Value: Sendable>(
    _ count: Int, limit: Int, finished: (Int) -> Void = { _ in },
    _ transform: @escaping @Sendable (Int) -> Value, take: (Value) -> Void
) async throws(ForestError) {
    var taken = 0
    await withTaskGroup(of: (Int, Value)?.self) { group in
        var early: [Int: Value] = [:]
        var begun = 0
        var done = 0
        while true {
            while begun < count, begun - done < limit, !Task.isCancelled {
                let index = begun
                group.addTask { Task.isCancelled ? nil : (index, transform(index)) }
                begun += 1
            }
            while let value = early.removeValue(forKey: taken) {
                take(value)
                taken += 1
            }
            guard let result = await group.next() else { return }
            done += 1
            guard let (index, value) = result else { continue }
            early[index] = value
            finished(done)
        }
    }
    guard taken == count, !Task.isCancelled else { throw .cancelled }
}

/// Computes `transform(0)` to `transform(count - 1)` as ``boundedForEach(_:limit:finished:_:take:)`` does.
///
/// - Parameters:
///   - count: How many values to compute.
///   - limit: Most child tasks at the same time, at least 1.
///   - transform: Computes the value of one index; must depend on nothing else.
/// - Returns: The values in the order of their indices.
/// - Throws: ``ForestError/cancelled`` if the calling task was cancelled; values not begun by then are not computed.
func boundedMap<Value: Sendable>(
    _ count: Int, limit: Int, _ transform: @escaping @Sendable (Int) -> Value
) async throws(ForestError) -> [Value] {
    var values: [Value] = []
    values.reserveCapacity(count)
    try await boundedForEach(count, limit: limit, transform) { values.append($0) }
    return values
}
