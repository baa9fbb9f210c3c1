/// For one feature in one node: the tally of the rows in each bin.
struct Histogram<Count: Tally>: ~Copyable {
    private let cells: Buffer<Count>
    /// One bit for each bin that holds a row, so that small nodes neither scan nor clear all bins.
    private let bits: Buffer<UInt64>
    /// The bins that hold a row, ascending.
    private let occupied: Buffer<UInt16>
    /// Number of occupied bins, without that of missing values.
    private(set) var bins = 0

    /// Makes an empty histogram for codes below `codes`.
    init(codes: Int) {
        cells = Buffer(repeating: .zero, count: codes)
        bits = Buffer(repeating: 0, count: (codes + 63) / 64)
        occupied = Buffer(repeating: 0, count: codes)
    }

    /// Counts the rows of a node into the empty histogram.
    ///
    /// - Parameters:
    ///   - draws: The rows of the tree's sample.
    ///   - range: Where the node's rows are among them.
    ///   - column: The bin of every row of the training set.
    ///   - bins: Number of bins of the column.
    ///   - evidence: What every row of the training set brings.
    /// - Returns: The tally of the rows without a value, which are not in the histogram.
    mutating func count<Code: FixedWidthInteger & UnsignedInteger>(
        _ draws: borrowing Buffer<Draw>, _ range: Range<Int>, column: Span<Code>, bins: Int,
        evidence: Span<Count.Evidence>
    ) -> Count {
        // A node of many rows leaves few bins empty, and few bins are quickly looked through.
        if range.count < bins {
            for index in range {
                let draw = draws[index]
                let code = Int(truncatingIfNeeded: column[unchecked: draw.row])
                cells[code] += Count(draw, evidence)
                bits[code &>> 6] |= 1 &<< UInt64(truncatingIfNeeded: code & 63)
            }
            return listMarked(missing: Int(Code.max))
        }
        for index in range {
            let draw = draws[index]
            cells[Int(truncatingIfNeeded: column[unchecked: draw.row])] += Count(draw, evidence)
        }
        var found = 0
        for bin in 0..<bins {
            occupied[found] = UInt16(truncatingIfNeeded: bin)
            found &+= cells[bin].rows.signum()
        }
        self.bins = found
        return takeMissing(Int(Code.max))
    }

    /// Writes down which bins are occupied by their bits, and takes the missing values out.
    private mutating func listMarked(missing: Int) -> Count {
        var found = 0
        for word in 0..<bits.count {
            var rest = bits[word]
            guard rest != 0 else { continue }
            bits[word] = 0
            while rest != 0 {
                occupied[found] = UInt16(truncatingIfNeeded: word &<< 6 | rest.trailingZeroBitCount)
                found &+= 1
                rest &= rest &- 1
            }
        }
        if found > 0 && Int(occupied[found - 1]) == missing { found -= 1 }
        bins = found
        return takeMissing(missing)
    }

    private mutating func takeMissing(_ missing: Int) -> Count {
        let tally = cells[missing]
        if tally.rows > 0 { cells[missing] = .zero }
        return tally
    }

    /// The number of an occupied bin.
    @inline(__always)
    func bin(_ position: Int) -> Int { Int(occupied[position]) }

    /// Takes the tally out of an occupied bin, which is empty afterwards.
    @inline(__always)
    mutating func take(_ position: Int) -> Count {
        let bin = Int(occupied[position])
        let tally = cells[bin]
        cells[bin] = .zero
        return tally
    }
}
