internal import Synchronization

/// A value that one thread at a time may touch, for the few nanoseconds that an update takes.
///
/// A lock on Linux hands itself over through the kernel as soon as two threads meet, which costs microseconds; so this
/// tries again for a while before it waits.
package struct Guarded<Value: Sendable>: ~Copyable, Sendable {
    private static var attempts: Int { 64 }

    private let mutex: Mutex<Value>
    // Orders accesses a second time, where the thread sanitizer sees it: it cannot look into the standard library's lock.
    private let order = Atomic<UInt8>(0)

    /// Guards a first value.
    package init(_ value: consuming sending Value) {
        mutex = Mutex(value)
    }

    /// Calls `body` with the value, alone.
    package borrowing func withLock<Result: Sendable, Failure: Error>(
        _ body: (inout Value) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        for _ in 0..<Self.attempts {
            let result = try mutex.withLockIfAvailable { (value) throws(Failure) -> Result in
                _ = order.load(ordering: .acquiring)
                defer { order.store(0, ordering: .releasing) }
                return try body(&value)
            }
            if let result { return result }
        }
        return try mutex.withLock { (value) throws(Failure) -> Result in
            _ = order.load(ordering: .acquiring)
            defer { order.store(0, ordering: .releasing) }
            return try body(&value)
        }
    }
}
