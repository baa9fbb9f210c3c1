/// Writes families line by line, as text 0.0.4 or as OpenMetrics.
///
/// Sources: Prometheus, "Exposition formats", text-based format; OpenMetrics 1.0, "Text format".
struct TextWriter: FamilyWriter {
    let isOpenMetrics: Bool

    var ending: StaticString { isOpenMetrics ? "# EOF\n" : "" }

    func writeHead(of descriptor: Descriptor, to cursor: inout ByteCursor) {
        let name = isOpenMetrics ? descriptor.familyName : descriptor.name
        var help: [UInt8] = []
        help.appendEscaped(descriptor.help, quotes: isOpenMetrics)
        cursor.write("# HELP \(name) ")
        cursor.write(help)
        cursor.write("\n# TYPE \(name) \(typeName(of: descriptor.kind))\n")
        if isOpenMetrics, let unit = descriptor.unit { cursor.write("# UNIT \(name) \(unit)\n") }
    }

    func write(_ rows: Range<Int>, of series: ArrangedSeries, to cursor: inout ByteCursor) {
        let layout = series.layout
        layout.text.withUnsafeBytes { text in
            if layout.isPlain {
                writeNumbers(rows, of: series, text, to: &cursor)
            } else {
                for row in rows {
                    let labels = UnsafeRawBufferPointer(rebasing: text[layout.range(of: row)])
                    write(row, of: series, labels, to: &cursor)
                }
            }
        }
    }

    func isLineByLine(_ series: ArrangedSeries) -> Bool {
        series.layout.isPlain && isBare(series)
    }

    /// Whether nothing follows the numbers.
    private func isBare(_ series: ArrangedSeries) -> Bool {
        series.layout.created.isEmpty && series.exemplars.isEmpty || !isOpenMetrics
    }

    private func writeNumbers(
        _ rows: Range<Int>, of series: ArrangedSeries, _ text: UnsafeRawBufferPointer, to cursor: inout ByteCursor
    ) {
        let layout = series.layout
        let isBare = isBare(series)
        var start = layout.range(of: rows.lowerBound).lowerBound
        for row in rows {
            let end = layout.ends[row]
            defer { start = end }
            let bits = series.cells[row]
            if bits == ArrangedSeries.absent { continue }
            cursor.write(UnsafeRawBufferPointer(rebasing: text[start..<end]))
            cursor.write(Double(bitPattern: bits))
            if isBare {
                cursor.write(UInt8(ascii: "\n"))
            } else {
                write(series.exemplars[row]?[0], to: &cursor)
                let name = layout.descriptor.name.utf8.count
                writeCreated(row, of: layout, to: &cursor) {
                    $0.write(UnsafeRawBufferPointer(rebasing: text[start + name..<end]))
                }
            }
        }
    }

    private func write(
        _ row: Int, of series: ArrangedSeries, _ labels: UnsafeRawBufferPointer, to cursor: inout ByteCursor
    ) {
        let lines = SeriesLines(
            name: series.layout.descriptor.name, labels: labels,
            tails: isOpenMetrics ? series.layout.tails.openMetrics : series.layout.tails.text)
        let numbers = series.numbers(row)
        let first = numbers.startIndex
        switch series.layout.descriptor.kind {
        case .counter, .gauge, .info, .unknown: return
        case .histogram, .nativeHistogram, .gaugeHistogram:
            writeHistogram(numbers, series.exemplars[row], of: series.layout.descriptor, lines, to: &cursor)
        case .summary:
            for (tail, bits) in zip(lines.tails, numbers.dropFirst(2)) {
                let value = Double(bitPattern: bits)
                // OpenMetrics forbids quantiles below 0, and reads a sum as a counter.
                if isOpenMetrics && value < 0 { continue }
                lines.begin("", tail, to: &cursor)
                cursor.writeLine(value)
            }
            let sum = Double(bitPattern: numbers[first + 1])
            if !isOpenMetrics || sum >= 0 { lines.write("_sum", sum, to: &cursor) }
            lines.begin("_count", to: &cursor)
            cursor.writeLine(numbers[first])
        case .stateSet:
            for (position, tail) in lines.tails.enumerated() {
                lines.begin("", tail, to: &cursor)
                cursor.writeLine(numbers[first] >> UInt64(position) & 1)
            }
        }
        if isOpenMetrics { writeCreated(row, of: series.layout, to: &cursor) { lines.writeLabels(to: &$0) } }
    }

    private func writeHistogram(
        _ numbers: ArraySlice<UInt64>, _ exemplars: [Int: Exemplar]?, of descriptor: Descriptor, _ lines: SeriesLines,
        to cursor: inout ByteCursor
    ) {
        var cumulative: UInt64 = 0
        for (position, (tail, count)) in zip(lines.tails, numbers).enumerated() {
            cumulative &+= count
            lines.begin("_bucket", tail, to: &cursor)
            cursor.write(cumulative)
            if isOpenMetrics { write(exemplars?[position], to: &cursor) } else { cursor.write(UInt8(ascii: "\n")) }
        }
        let sum = Double(bitPattern: numbers[numbers.endIndex - 1])
        var isGauge = false
        if case .gaugeHistogram = descriptor.kind { isGauge = true }
        if isOpenMetrics {
            // A histogram's sum is read as a counter, so one that could fall is forbidden, and a count without a sum;
            // a gauge histogram's may be negative only if a bound is.
            let hasNegativeBounds = descriptor.buckets.contains { $0 < 0 }
            guard isGauge ? sum >= 0 || sum < 0 && hasNegativeBounds : sum >= 0 && !hasNegativeBounds else { return }
        }
        let isGaugeName = isGauge && isOpenMetrics
        lines.write(isGaugeName ? "_gsum" : "_sum", sum, to: &cursor)
        lines.begin(isGaugeName ? "_gcount" : "_count", to: &cursor)
        cursor.writeLine(cumulative)
    }

    private func writeCreated(
        _ row: Int, of layout: SeriesLayout, to cursor: inout ByteCursor, labels: (inout ByteCursor) -> Void
    ) {
        guard !layout.created.isEmpty, let created = layout.created[row] else { return }
        cursor.write(layout.descriptor.familyName)
        cursor.write("_created" as StaticString)
        labels(&cursor)
        cursor.writeLine(created)
    }

    /// Ends a line, with an exemplar if there is one.
    private func write(_ exemplar: Exemplar?, to cursor: inout ByteCursor) {
        if let exemplar {
            var labels: [UInt8] = []
            for label in exemplar.labels {
                labels += (labels.isEmpty ? "\(label.name)=\"" : ",\(label.name)=\"").utf8
                labels.appendEscaped(label.value, quotes: true)
                labels.append(UInt8(ascii: "\""))
            }
            cursor.write(" # {" as StaticString)
            cursor.write(labels)
            cursor.write("} " as StaticString)
            cursor.write(exemplar.value)
            if let timestamp = exemplar.timestamp {
                cursor.write(UInt8(ascii: " "))
                cursor.write(timestamp)
            }
        }
        cursor.write(UInt8(ascii: "\n"))
    }

    private func typeName(of kind: Descriptor.Kind) -> String {
        if isOpenMetrics { return kind.name }
        return switch kind {
        case .counter, .gauge, .histogram, .nativeHistogram, .summary: kind.name
        case .info, .stateSet: "gauge"
        // Text has no gauge histograms; what reads it knows only one kind that has buckets.
        case .gaugeHistogram: "histogram"
        case .unknown: "untyped"
        }
    }
}
