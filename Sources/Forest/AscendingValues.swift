/// The values of a column in ascending order, without the missing ones.
///
/// Sorted by their bits, one byte after another from the lowest on: it takes the same few passes whatever the values,
/// where comparing them takes twenty for a million.
struct AscendingValues: ~Copyable {
    /// Number of values that are not missing.
    let count: Int
    private var keys: Buffer<UInt64>

    init(_ values: [Double]) {
        var keys = Buffer<UInt64>(repeating: 0, count: values.count)
        var sorted = Buffer<UInt64>(repeating: 0, count: values.count)
        // For each byte of a key, the highest last, how many keys have each of its values.
        let tallies = Buffer<Int>(repeating: 0, count: 8 * 256)
        var count = 0
        for value in values where !value.isNaN {
            let key = AscendingValues.key(of: value)
            keys[count] = key
            count += 1
            for byte in 0..<8 { tallies[AscendingValues.place(of: byte, in: key)] += 1 }
        }
        // What all keys have in common sorts nothing: whole numbers have zeros in all low bytes.
        for byte in 0..<8 where count > 0 && tallies[AscendingValues.place(of: byte, in: keys[0])] < count {
            var next = 0
            for place in byte << 8..<(byte + 1) << 8 {
                let tally = tallies[place]
                tallies[place] = next
                next += tally
            }
            for index in 0..<count {
                let key = keys[index]
                let place = AscendingValues.place(of: byte, in: key)
                sorted[tallies[place]] = key
                tallies[place] &+= 1
            }
            swap(&keys, &sorted)
        }
        self.count = count
        self.keys = keys
    }

    /// The value at a place in the order.
    subscript(index: Int) -> Double {
        let key = keys[index]
        return Double(bitPattern: key >> 63 == 1 ? key ^ 1 << 63 : ~key)
    }

    /// Bits whose order as a whole number is that of the values; adding 0 makes one zero of both.
    private static func key(of value: Double) -> UInt64 {
        let bits = (value + 0).bitPattern
        return bits >> 63 == 1 ? ~bits : bits ^ 1 << 63
    }

    @inline(__always)
    private static func place(of byte: Int, in key: UInt64) -> Int {
        byte &<< 8 | Int(truncatingIfNeeded: key &>> UInt64(byte &<< 3) & 0xFF)
    }
}
