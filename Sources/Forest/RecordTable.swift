/// The distinct records among those of many leaves: small leaves repeat themselves, and a small table stays in cache.
struct RecordTable: Sendable, Hashable {
    /// Numbers in each record.
    let width: Int
    /// The records, one after another.
    private(set) var values: [Double] = []
    /// The number of a record plus one, or 0; found by open addressing.
    private var slots: [UInt32] = []

    init(width: Int) {
        self.width = width
    }

    /// Number of records.
    private(set) var count = 0

    /// The number of a record, which is added if it is new.
    ///
    /// - Parameters:
    ///   - source: Where the record stands.
    ///   - start: Where it begins.
    /// - Returns: The number, from 0.
    mutating func number(of source: [Double], at start: Int = 0) -> UInt32 {
        if count * 2 >= slots.count { grow() }
        let mask = slots.count - 1
        var slot = place(source, start)
        while slots[slot] != 0 {
            let first = Int(slots[slot] - 1) &* width
            var place = 0
            while place < width && values[first &+ place] == source[start &+ place] { place &+= 1 }
            if place == width { return slots[slot] - 1 }
            slot = (slot + 1) & mask
        }
        for index in start..<start + width { values.append(source[index]) }
        count += 1
        slots[slot] = UInt32(count)
        return UInt32(count - 1)
    }

    private mutating func grow() {
        slots = [UInt32](repeating: 0, count: max(64, slots.count * 2))
        for record in 0..<count {
            var slot = place(values, record * width)
            while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = UInt32(record + 1)
        }
    }

    // The hash is one of our own because the order of records must not change between processes.
    private func place(_ source: [Double], _ start: Int) -> Int {
        var hash: UInt64 = 0x9E37_79B9_7F4A_7C15
        for index in start..<start + width {
            hash = (hash ^ (source[index] + 0).bitPattern) &* 0xFF51_AFD7_ED55_8CCD
            hash ^= hash >> 32
        }
        return Int(truncatingIfNeeded: hash) & (slots.count - 1)
    }
}
