extension ProtobufWriter {
    /// Writes the exponential buckets: runs of neighbours, and the differences between their counts.
    func write(_ value: NativeHistogramValue, to cursor: inout ByteCursor) {
        cursor.writeField(5, zigzag: Int64(value.schema))
        cursor.writeField(6, bits: value.zeroThreshold.bitPattern)
        cursor.writeField(7, varint: value.zeroCount)
        write(value.negative, spans: 9, deltas: 10, to: &cursor)
        write(value.positive, spans: 12, deltas: 13, to: &cursor)
        if value.zeroThreshold == 0 && value.negative.isEmpty && value.positive.isEmpty {
            // An empty run: without it nothing would tell an empty native histogram from a classic one.
            cursor.writeField(12) { cursor in
                cursor.writeField(1, zigzag: 0)
                cursor.writeField(2, varint: 0)
            }
        }
    }

    private func write(
        _ buckets: NativeHistogramValue.Buckets, spans: UInt64, deltas: UInt64, to cursor: inout ByteCursor
    ) {
        let sorted = buckets.filter { $0.value > 0 }.sorted { $0.key < $1.key }
        var runs: [(start: Int, length: Int)] = []
        for (index, _) in sorted {
            if let last = runs.last, last.start + last.length == index {
                runs[runs.count - 1].length += 1
            } else {
                runs.append((index, 1))
            }
        }
        var end = 0
        for run in runs {
            // The first run's offset counts from bucket 0, the others' from the end of the run before.
            cursor.writeField(spans) { cursor in
                cursor.writeField(1, zigzag: Int64(run.start - end))
                cursor.writeField(2, varint: UInt64(run.length))
            }
            end = run.start + run.length
        }
        var former: UInt64 = 0
        for (_, count) in sorted {
            cursor.writeField(deltas, zigzag: Int64(bitPattern: count &- former))
            former = count
        }
    }
}
