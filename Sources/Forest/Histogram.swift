/// For one feature in one node: the weight of each class and the number of distinct rows in each bin.
struct Histogram: Sendable {
    /// Classes plus one: the last lane of a bin counts distinct rows.
    let stride: Int
    private(set) var lanes: [UInt32]
    /// The bins that hold a row, so that a small node neither scans nor clears all 256.
    private(set) var occupied = BinSet()

    init(classes: Int) {
        stride = classes + 1
        lanes = Array(repeating: 0, count: 256 * stride)
    }

    /// Empties the histogram and counts the given rows.
    ///
    /// - Parameters:
    ///   - members: Numbers of the node's distinct rows.
    ///   - column: The bin of every row of the training set.
    ///   - labels: The class of every row of the training set.
    ///   - weights: How often the bootstrap drew each row of the training set.
    mutating func count(
        _ members: Span<Int32>, column: Span<UInt8>, labels: Span<UInt8>, weights: Span<UInt32>
    ) {
        clear()
        let stride = self.stride
        var occupied = BinSet()
        var lanes = self.lanes.mutableSpan
        for index in members.indices {
            let row = Int(members[index])
            let bin = column[row]
            let lane = Int(bin) * stride
            lanes[lane + Int(labels[row])] &+= weights[row]
            lanes[lane + stride - 1] &+= 1
            occupied.insert(bin)
        }
        self.occupied = occupied
    }

    private mutating func clear() {
        var bin = occupied.first(from: 0)
        while let occupiedBin = bin {
            for lane in occupiedBin * stride..<(occupiedBin + 1) * stride { lanes[lane] = 0 }
            bin = occupied.first(from: occupiedBin + 1)
        }
    }
}

/// A set of bin numbers, 0 to 255.
struct BinSet: Sendable, Hashable {
    private var words: SIMD4<UInt64> = .zero

    mutating func insert(_ bin: UInt8) {
        words[Int(bin >> 6)] |= 1 << UInt64(bin & 63)
    }

    func contains(_ bin: UInt8) -> Bool {
        words[Int(bin >> 6)] & (1 << UInt64(bin & 63)) != 0
    }

    /// Whether there is at most one bin in the set.
    var isSingle: Bool {
        guard let lowest = first(from: 0) else { return true }
        return first(from: lowest + 1) == nil
    }

    /// The lowest bin that is not below `start`, nil if there is none.
    func first(from start: Int) -> Int? {
        guard start < 256 else { return nil }
        var word = start >> 6
        var bits = words[word] & (UInt64.max << UInt64(start & 63))
        while bits == 0 {
            word += 1
            guard word < 4 else { return nil }
            bits = words[word]
        }
        return word << 6 + bits.trailingZeroBitCount
    }
}
