import Synchronization

/// Counts observations into buckets.
public final class Histogram: Instrument {
    /// What is observed; its kind holds the bucket bounds.
    public let descriptor: Descriptor
    private let bounds: [Double]
    private let table: Mutex<SeriesTable<HistogramValue>>

    /// Makes a histogram.
    ///
    /// - Parameters:
    ///   - descriptor: What is observed.
    ///   - seed: Label values, a combination an element, that start empty; one without labels does so by itself.
    ///   - maximumSeries: How many series there can be; updates that would make another are refused and counted.
    public init(_ descriptor: Descriptor, seed: [[String]] = [], maximumSeries: Int = 2000) {
        self.descriptor = descriptor
        bounds = descriptor.buckets
        var table = SeriesTable<HistogramValue>(labels: descriptor.labels.count, maximum: maximumSeries)
        for key in descriptor.labels.isEmpty ? [[]] : seed {
            table.update(key, from: HistogramValue(bounds: descriptor.buckets.count)) { _ in }
        }
        self.table = Mutex(table)
    }

    /// Counts one observation; a value that is not finite is ignored, because it would spoil the sum for good.
    ///
    /// - Parameters:
    ///   - value: The observation in the unit that the descriptor's name ends in.
    ///   - labels: One value for each of the descriptor's labels, in their order.
    public func observe(_ value: Double, _ labels: [String] = []) {
        guard value.isFinite else { return }
        table.withLock { table in
            table.update(labels, from: HistogramValue(bounds: bounds.count)) { $0.observe(value, bounds: bounds) }
        }
    }

    /// The state of one series; nil if it does not exist.
    public func value(_ labels: [String] = []) -> HistogramValue? {
        table.withLock { $0.values[labels] }
    }

    /// The current series, in no particular order.
    public var family: Family {
        table.withLock { $0 }.family(of: descriptor) { $0.append($2, labels: $1) }
    }
}
