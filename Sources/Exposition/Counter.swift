import Synchronization

/// Counts things that happen.
///
/// Every known combination of label values should be seeded: `increase()` of a counter that is born at 1 is 0.
public final class Counter: Instrument {
    /// What is counted.
    public let descriptor: Descriptor
    private let table: Mutex<SeriesTable<Double>>

    /// Makes a counter.
    ///
    /// - Parameters:
    ///   - descriptor: What is counted.
    ///   - seed: Label values, a combination an element, that start at 0; a counter without labels does so by itself.
    ///   - maximumSeries: How many series there can be; updates that would make another are refused and counted.
    public init(_ descriptor: Descriptor, seed: [[String]] = [], maximumSeries: Int = 2000) {
        self.descriptor = descriptor
        var table = SeriesTable<Double>(labels: descriptor.labels.count, maximum: maximumSeries)
        for key in descriptor.labels.isEmpty ? [[]] : seed {
            table.update(key, from: 0) { _ in }
        }
        self.table = Mutex(table)
    }

    /// Adds to one series; an amount that is negative or not finite is ignored.
    ///
    /// - Parameters:
    ///   - labels: One value for each of the descriptor's labels, in their order.
    ///   - amount: How much, at least 0.
    public func increment(_ labels: [String] = [], by amount: Double = 1) {
        guard amount >= 0, amount.isFinite else { return }
        table.withLock { $0.update(labels, from: 0) { $0 += amount } }
    }

    /// The total of one series; nil if it does not exist.
    public func value(_ labels: [String] = []) -> Double? {
        table.withLock { $0.values[labels] }
    }

    /// The current series, in no particular order.
    public var family: Family {
        table.withLock { $0 }.family(of: descriptor) { $0.append($2, labels: $1) }
    }
}
