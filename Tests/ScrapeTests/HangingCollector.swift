import Dispatch
import Exposition

/// Does not return from ``collect()`` until it is let go, and then never waits again.
final class HangingCollector: Collector {
    static let descriptors = [Descriptor.gauge("hung", "Hung.")]
    let name = "hanging"
    private let gate = DispatchSemaphore(value: 0)

    func release() { gate.signal() }

    func collect() -> [Family] {
        gate.wait()
        gate.signal()
        return [Family(Self.descriptors[0], 1)]
    }
}

/// Always fails.
struct ThrowingCollector: Collector {
    struct Fault: Error, CustomStringConvertible {
        let description = "out of order"
    }

    static let descriptors = [Descriptor.gauge("thrown", "Thrown.")]
    let name = "throwing"

    func collect() throws -> [Family] { throw Fault() }
}

/// Many series of one family.
struct SeriesCollector: Collector {
    static let descriptors = [Descriptor.gauge("series", "Series.", labels: ["row"])]
    let name = "series"
    var rows = 1000

    func collect() -> [Family] {
        var family = Family(Self.descriptors[0])
        for row in 0..<rows { family.append(Double(row) / 7, labels: ["\(row)"]) }
        return [family]
    }
}
