/// Computes `transform(0)` to `transform(count - 1)`, at most `limit` of them at the same time.
///
/// The child tasks inherit the caller's task executor preference and never wait for one another.
///
/// - Parameters:
///   - count: How many values to compute.
///   - limit: Most child tasks at the same time, at least 1.
///   - finished: Is called after each value with the number of values computed so far.
///   - transform: Computes the value of one index; must depend on nothing else.
/// - Returns: The values in the order of their indices, whichever order they were finished in.
/// - Throws: ``ForestError/cancelled`` if the calling task was cancelled; values not begun by then are not computed.
func boundedMap<Value: Sendable>(
    _ count: Int, limit: Int, finished: (Int) -> Void = { _ in },
    _ transform: @escaping @Sendable (Int) -> Value
) async throws(ForestError) -> [Value] {
    var results = [Value?](repeating: nil, count: count)
    await withTaskGroup(of: (Int, Value)?.self) { group in
        var begun = 0
        var done = 0
        while true {
            while begun < count, begun - done < limit, !Task.isCancelled {
                let index = begun
                group.addTask { Task.isCancelled ? nil : (index, transform(index)) }
                begun += 1
            }
            guard let result = await group.next() else { return }
            done += 1
            guard let (index, value) = result else { continue }
            results[index] = value
            finished(done)
        }
    }
    let values = results.compactMap { $0 }
    guard values.count == count, !Task.isCancelled else { throw .cancelled }
    return values
}
