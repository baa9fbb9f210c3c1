internal import Glibc
internal import Synchronization

/// Adds up processor time.
final class Milliseconds: Sendable {
    private let sum = Mutex(0.0)

    var total: Double { sum.withLock { $0 } }

    func add(_ amount: Double) { sum.withLock { $0 += amount } }

    /// What a clock of the kernel shows.
    static func used(_ clock: clockid_t) -> Double {
        var time = timespec()
        clock_gettime(clock, &time)
        return Double(time.tv_sec) * 1e3 + Double(time.tv_nsec) / 1e6
    }
}
