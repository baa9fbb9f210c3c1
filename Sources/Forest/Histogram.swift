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

    /// Counts the rows of a node into the empty histogram, and returns the tally of those without a value.
    mutating func count<Code: FixedWidthInteger & UnsignedInteger>(
        _ draws: borrowing Buffer<Draw>, _ range: Range<Int>, column: Span<Code>, evidence: Span<Count.Evidence>
    ) -> Count {
        // A node of many rows leaves few bins empty.
        if range.count < cells.count * 2 {
            for index in range {
                let draw = draws[index]
                let code = Int(truncatingIfNeeded: column[unchecked: draw.row])
                cells[code] += Count(draw, evidence)
                bits[code &>> 6] |= 1 &<< UInt64(truncatingIfNeeded: code & 63)
            }
        } else {
            for index in range {
                let draw = draws[index]
                cells[Int(truncatingIfNeeded: column[unchecked: draw.row])] += Count(draw, evidence)
            }
            for code in 0..<cells.count where cells[code].rows > 0 {
                bits[code &>> 6] |= 1 &<< UInt64(truncatingIfNeeded: code & 63)
            }
        }
        return listOccupied(missing: Int(Code.max))
    }

    /// Writes down which bins are occupied, and takes the missing values out.
    private mutating func listOccupied(missing: Int) -> Count {
        var found = 0
        for word in 0..<bits.count {
            var rest = bits[word]
            guard rest != 0 else { continue }
            bits[word] = 0
            while rest != 0 {
                occupied[found] = UInt16(truncatingIfNeeded: word &<< 6 | rest.trailingZeroBitCount)
                found += 1
                rest &= rest &- 1
            }
        }
        bins = found
        guard found > 0, Int(occupied[found - 1]) == missing else { return .zero }
        bins = found - 1
        let tally = cells[missing]
        cells[missing] = .zero
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
