/// One row of a tree's sample, with how often it was drawn, in eight bytes that move together.
struct Draw: BitwiseCopyable, Sendable {
    private let word: UInt64

    init(row: Int, label: UInt8, times: Int) {
        word = UInt64(truncatingIfNeeded: row) | UInt64(label) << 32 | UInt64(truncatingIfNeeded: times) << 40
    }

    var row: Int { Int(truncatingIfNeeded: word & 0xFFFF_FFFF) }
    /// The row's class, 0 where there are none.
    var label: UInt64 { word >> 32 & 0xFF }
    var times: UInt64 { word >> 40 }
}

/// The rows that one tree grows from.
struct Sample: Sendable {
    /// How often each row was drawn.
    let times: [UInt32]
    /// Number of distinct rows.
    let rows: Int

    init(rows count: Int, options: ForestOptions, stream: inout RandomStream) {
        let drawn = max(1, Int((Double(count) * options.sampleShare).rounded()))
        if !options.bootstrap && drawn == count {
            times = [UInt32](repeating: 1, count: count)
            rows = count
            return
        }
        var times = [UInt32](repeating: 0, count: count)
        if options.bootstrap {
            for _ in 0..<drawn { times[stream.next(below: count)] += 1 }
            rows = times.count { $0 > 0 }
        } else {
            // Floyd's way to draw without replacement (Bentley and Floyd, "A sample of brilliance", 1987).
            for last in count - drawn..<count {
                let row = stream.next(below: last + 1)
                times[times[row] == 0 ? row : last] = 1
            }
            rows = drawn
        }
        self.times = times
    }

    /// One bit for each row: whether it was drawn.
    var bits: [UInt64] {
        var bits = [UInt64](repeating: 0, count: (times.count + 63) / 64)
        for row in times.indices where times[row] > 0 { bits[row >> 6] |= 1 << UInt64(row & 63) }
        return bits
    }
}
