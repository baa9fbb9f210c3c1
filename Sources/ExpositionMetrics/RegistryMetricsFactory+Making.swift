public import CoreMetrics

extension RegistryMetricsFactory {
    /// A counter, whose name ends in `_total`.
    public func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        SeriesHandler(series(label, dimensions, .counter))
    }

    /// A counter of fractions, whose name ends in `_total`.
    public func makeFloatingPointCounter(label: String, dimensions: [(String, String)])
        -> any FloatingPointCounterHandler
    {
        SeriesHandler(series(label, dimensions, .counter))
    }

    /// A gauge.
    public func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        SeriesHandler(series(label, dimensions, .gauge))
    }

    /// A histogram if values are to be aggregated, or a gauge that holds the last one.
    public func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
        SeriesHandler(series(label, dimensions, aggregate ? .histogram : .gauge))
    }

    /// A histogram in seconds, whose name ends in `_seconds`.
    public func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        SeriesHandler(series(label, dimensions, .timer))
    }

    /// Does nothing: a total that vanished would look like a restart.
    public func destroyCounter(_ handler: any CounterHandler) {}

    /// Does nothing: a total that vanished would look like a restart.
    public func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) {}

    /// Does nothing: the last value stands.
    public func destroyMeter(_ handler: any MeterHandler) {}

    /// Does nothing: a total that vanished would look like a restart.
    public func destroyRecorder(_ handler: any RecorderHandler) {}

    /// Does nothing: a total that vanished would look like a restart.
    public func destroyTimer(_ handler: any TimerHandler) {}
}
