internal import Synchronization

/// A number that any thread may change at any time, without a lock.
///
/// All threads see changes of it and of a ``ChangeMark`` in one order.
struct AtomicDouble: ~Copyable, Sendable {
    private let bits: Atomic<UInt64>

    init(bitPattern: UInt64) {
        bits = Atomic(bitPattern)
    }

    @inline(__always)
    var bitPattern: UInt64 { bits.load(ordering: .sequentiallyConsistent) }

    func store(bitPattern: UInt64) { bits.store(bitPattern, ordering: .sequentiallyConsistent) }

    /// Adds; `change` says what a bit pattern becomes.
    @inline(__always)
    func update(_ change: (UInt64) -> UInt64) {
        var current = bits.load(ordering: .relaxed)
        while true {
            let (exchanged, original) = bits.weakCompareExchange(
                expected: current, desired: change(current), ordering: .sequentiallyConsistent)
            if exchanged { return }
            current = original
        }
    }
}
