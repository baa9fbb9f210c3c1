/// Writes families as delimited messages of the type `io.prometheus.client.MetricFamily`.
///
/// Source: `io/prometheus/client/metrics.proto` of Prometheus' client model.
struct ProtobufWriter: FamilyWriter {
    var ending: StaticString { "" }
    var isIndivisible: Bool { true }

    func writeHead(of descriptor: Descriptor, to cursor: inout ByteCursor) {}

    func write(_ rows: Range<Int>, of series: ArrangedSeries, to cursor: inout ByteCursor) {
        let descriptor = series.descriptor
        cursor.writeDelimited { cursor in
            cursor.writeField(1, descriptor.name)
            cursor.writeField(2, descriptor.help)
            cursor.writeField(3, varint: descriptor.kind.protobufType)
            for row in rows where !series.isAbsent(row) {
                if case .stateSet(let states) = descriptor.kind {
                    let bits = series.cells[row]
                    for (position, state) in states.enumerated() {
                        cursor.writeField(4) { cursor in
                            write(series.layout.labels[row], of: descriptor, to: &cursor)
                            write(descriptor.name, state, to: &cursor)
                            let value: Double = bits >> UInt64(position) & 1 == 1 ? 1 : 0
                            cursor.writeField(2) { $0.writeField(1, bits: value.bitPattern) }
                        }
                    }
                } else {
                    cursor.writeField(4) { cursor in
                        write(series.layout.labels[row], of: descriptor, to: &cursor)
                        writePoint(row, of: series, to: &cursor)
                    }
                }
            }
            if let unit = descriptor.unit { cursor.writeField(5, unit) }
        }
    }

    private func write(_ values: [String], of descriptor: Descriptor, to cursor: inout ByteCursor) {
        for (name, value) in zip(descriptor.labels, values) { write(name, value, to: &cursor) }
    }

    private func write(_ label: String, _ value: String, to cursor: inout ByteCursor) {
        cursor.writeField(1) { cursor in
            cursor.writeField(1, label)
            cursor.writeField(2, value)
        }
    }

    @inline(__always)
    private func writePoint(_ row: Int, of series: ArrangedSeries, to cursor: inout ByteCursor) {
        let numbers = series.numbers(row)
        let first = numbers.startIndex
        let exemplars = series.exemplars.isEmpty ? nil : series.exemplars[row]
        let created = series.layout.created.isEmpty ? nil : series.layout.created[row]
        switch series.descriptor.kind {
        case .gauge, .info, .stateSet: cursor.writeField(2) { $0.writeField(1, bits: numbers[first]) }
        case .unknown: cursor.writeField(5) { $0.writeField(1, bits: numbers[first]) }
        case .counter:
            cursor.writeField(3) { cursor in
                cursor.writeField(1, bits: numbers[first])
                if let exemplar = exemplars?[0] { write(exemplar, in: 2, to: &cursor) }
                write(created, in: 3, to: &cursor)
            }
        case .summary(let quantiles):
            cursor.writeField(4) { cursor in
                cursor.writeField(1, varint: numbers[first])
                cursor.writeField(2, bits: numbers[first + 1])
                for (quantile, bits) in zip(quantiles, numbers.dropFirst(2)) {
                    cursor.writeField(3) { cursor in
                        cursor.writeField(1, bits: quantile.bitPattern)
                        cursor.writeField(2, bits: bits)
                    }
                }
                write(created, in: 4, to: &cursor)
            }
        case .histogram(let bounds), .gaugeHistogram(let bounds), .nativeHistogram(let bounds):
            cursor.writeField(7) { cursor in
                cursor.writeField(1, varint: numbers.dropLast().reduce(0, &+))
                cursor.writeField(2, bits: numbers[numbers.endIndex - 1])
                write(numbers, bounds, exemplars, to: &cursor)
                if series.natives.indices.contains(row) { write(series.natives[row], to: &cursor) }
                write(created, in: 15, to: &cursor)
            }
        }
    }

    private func write(
        _ numbers: ArraySlice<UInt64>, _ bounds: [Double], _ exemplars: [Int: Exemplar]?, to cursor: inout ByteCursor
    ) {
        var cumulative: UInt64 = 0
        for (position, count) in numbers.dropLast().enumerated() {
            cumulative &+= count
            let bound = position < bounds.count ? bounds[position] : .infinity
            cursor.writeField(3) { cursor in
                cursor.writeField(1, varint: cumulative)
                cursor.writeField(2, bits: bound.bitPattern)
                if let exemplar = exemplars?[position] { write(exemplar, in: 3, to: &cursor) }
            }
        }
    }

    private func write(_ exemplar: Exemplar, in field: UInt64, to cursor: inout ByteCursor) {
        cursor.writeField(field) { cursor in
            for label in exemplar.labels { write(label.name, label.value, to: &cursor) }
            cursor.writeField(2, bits: exemplar.value.bitPattern)
            write(exemplar.timestamp, in: 3, to: &cursor)
        }
    }

    /// Writes a Unix time as a `google.protobuf.Timestamp`, if there is one and it can be.
    private func write(_ time: Double?, in field: UInt64, to cursor: inout ByteCursor) {
        guard let time, time.magnitude < 0x1p40 else { return }
        let seconds = time.rounded(.down)
        cursor.writeField(field) { cursor in
            cursor.writeField(1, varint: UInt64(bitPattern: Int64(seconds)))
            cursor.writeField(2, varint: UInt64(((time - seconds) * 1e9).rounded(.down)))
        }
    }
}

extension Descriptor.Kind {
    /// The number of the `MetricType`.
    fileprivate var protobufType: UInt64 {
        switch self {
        case .counter: 0
        case .gauge, .info, .stateSet: 1
        case .summary: 2
        case .unknown: 3
        // There is a type of its own for gauge histograms, 5, but Prometheus 2.42 mixes up the series of one that has
        // classic buckets only; as a histogram every series is stored as it should be.
        case .histogram, .nativeHistogram, .gaugeHistogram: 4
        }
    }
}
