/// Appends families to a page, line by line.
struct PageWriter {
    private let isOpenMetrics: Bool
    private var bytes: [UInt8] = []

    init(format: ExpositionFormat) {
        isOpenMetrics = format != .text
    }

    /// Writes a family's HELP, TYPE and UNIT, then its samples.
    mutating func write(_ family: Family) {
        let descriptor = family.descriptor
        let name = isOpenMetrics ? descriptor.familyName : descriptor.name
        write("# HELP \(name) ")
        writeEscaped(descriptor.help, quotes: isOpenMetrics)
        write("\n# TYPE \(name) \(typeName(of: descriptor.kind))\n")
        if isOpenMetrics, let unit = descriptor.unit { write("# UNIT \(name) \(unit)\n") }
        for series in family.series {
            switch series.point {
            case .number(let value):
                writeSample(descriptor.name, descriptor.labels, series.labels, NumberText.value(value))
            case .histogram(let value):
                write(value, of: descriptor, labels: series.labels)
            }
        }
    }

    /// The whole page, with the end mark that OpenMetrics demands.
    consuming func finished() -> [UInt8] {
        if isOpenMetrics { write("# EOF\n") }
        return bytes
    }

    private func typeName(of kind: Descriptor.Kind) -> String {
        switch kind {
        case .counter: "counter"
        case .gauge: "gauge"
        case .info: isOpenMetrics ? "info" : "gauge"
        case .histogram: "histogram"
        }
    }

    private mutating func write(_ value: HistogramValue, of descriptor: Descriptor, labels: [String]) {
        let bounds = descriptor.buckets
        let names = descriptor.labels + ["le"]
        var cumulative: UInt64 = 0
        for (bound, count) in zip(bounds + [.infinity], value.counts) {
            cumulative &+= count
            let le = NumberText.bound(bound, fraction: isOpenMetrics)
            writeSample(descriptor.name + "_bucket", names, labels + [le], String(cumulative))
        }
        // OpenMetrics reads a sum as a counter, so it forbids one that could fall, and a count without a sum.
        if isOpenMetrics, !(value.sum >= 0) || bounds.contains(where: { $0 < 0 }) { return }
        writeSample(descriptor.name + "_sum", descriptor.labels, labels, NumberText.value(value.sum))
        writeSample(descriptor.name + "_count", descriptor.labels, labels, String(cumulative))
    }

    private mutating func writeSample(_ name: String, _ labels: [String], _ values: [String], _ number: String) {
        write(name)
        var separator = "{"
        for (label, value) in zip(labels, values) {
            write("\(separator)\(label)=\"")
            writeEscaped(value, quotes: true)
            write("\"")
            separator = ","
        }
        write(labels.isEmpty ? " \(number)\n" : "} \(number)\n")
    }

    private mutating func writeEscaped(_ text: String, quotes: Bool) {
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\\"): write("\\\\")
            case UInt8(ascii: "\n"): write("\\n")
            case UInt8(ascii: "\"") where quotes: write("\\\"")
            default: bytes.append(byte)
            }
        }
    }

    private mutating func write(_ text: String) {
        bytes.append(contentsOf: text.utf8)
    }
}
