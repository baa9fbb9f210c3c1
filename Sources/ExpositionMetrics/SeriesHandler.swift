internal import CoreMetrics
internal import Exposition

/// Where a library's measurements go.
enum MeasuredSeries: Sendable {
    case counter(Exposition.Counter.Child)
    case gauge(Exposition.Gauge.Child)
    case histogram(Histogram.Child)
    /// A metric that cannot be exposed.
    case nowhere

    /// Counts, sets or observes, as the series is.
    func record(_ value: Double) {
        switch self {
        case .counter(let child): child.increment(by: value)
        case .gauge(let child): child.set(value)
        case .histogram(let child): child.observe(value)
        case .nowhere: break
        }
    }

    /// Adds to a gauge.
    func add(_ delta: Double) {
        if case .gauge(let child) = self { child.add(delta) }
    }
}

/// swift-metrics' side of a series.
final class SeriesHandler: CounterHandler, FloatingPointCounterHandler, MeterHandler, RecorderHandler, TimerHandler {
    private let series: MeasuredSeries

    init(_ series: MeasuredSeries) {
        self.series = series
    }

    func increment(by amount: Int64) { series.record(Double(amount)) }
    // A meter adds where a counter counts; both call it increment.
    func increment(by amount: Double) {
        if case .gauge = series { series.add(amount) } else { series.record(amount) }
    }
    func decrement(by amount: Double) { series.add(-amount) }
    func reset() {}
    func set(_ value: Int64) { series.record(Double(value)) }
    func set(_ value: Double) { series.record(value) }
    func record(_ value: Int64) { series.record(Double(value)) }
    func record(_ value: Double) { series.record(value) }
    func recordNanoseconds(_ duration: Int64) { series.record(Double(duration) / 1e9) }
}
