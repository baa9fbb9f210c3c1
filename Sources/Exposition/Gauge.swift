import Synchronization

/// Holds a value that can go up and down, and can be unknown.
public final class Gauge: Instrument {
    /// What is measured.
    public let descriptor: Descriptor
    private let table: Mutex<SeriesTable<Double>>

    /// Makes a gauge whose value is unknown.
    ///
    /// - Parameters:
    ///   - descriptor: What is measured.
    ///   - maximumSeries: How many series there can be; updates that would make another are refused and counted.
    public init(_ descriptor: Descriptor, maximumSeries: Int = 2000) {
        self.descriptor = descriptor
        table = Mutex(SeriesTable(labels: descriptor.labels.count, maximum: maximumSeries))
    }

    /// Sets one series; nil removes it, for a value that is no longer known.
    ///
    /// - Parameters:
    ///   - value: The value in the unit that the descriptor's name ends in.
    ///   - labels: One value for each of the descriptor's labels, in their order.
    public func set(_ value: Double?, _ labels: [String] = []) {
        table.withLock { table in
            if let value { table.update(labels, from: value) { $0 = value } } else { table.remove(labels) }
        }
    }

    /// Adds to one series; an unknown value counts as 0.
    ///
    /// - Parameters:
    ///   - delta: What to add; may be negative.
    ///   - labels: One value for each of the descriptor's labels, in their order.
    public func add(_ delta: Double, _ labels: [String] = []) {
        table.withLock { $0.update(labels, from: 0) { $0 += delta } }
    }

    /// The value of one series; nil if it is unknown.
    public func value(_ labels: [String] = []) -> Double? {
        table.withLock { $0.values[labels] }
    }

    /// The current series, in no particular order.
    public var family: Family {
        table.withLock { $0 }.family(of: descriptor) { $0.append($2, labels: $1) }
    }
}
