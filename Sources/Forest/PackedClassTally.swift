/// The class counts of up to 65,535 draws of up to three classes, in one machine word: three lanes of 16 bits for the
/// classes and the highest one for distinct rows.
struct PackedClassTally: Tally {
    typealias Evidence = UInt8
    private var lanes: UInt64

    static var zero: PackedClassTally { PackedClassTally(lanes: 0) }

    private init(lanes: UInt64) {
        self.lanes = lanes
    }

    @inline(__always)
    init(_ draw: Draw, _ evidence: Span<UInt8>) {
        lanes = 1 << 48 | draw.times &<< (draw.label &<< 4)
    }

    init(widening narrow: PackedClassTally) {
        self = narrow
    }

    init(classes: (UInt32, UInt32, UInt32), rows: UInt32) {
        lanes = UInt64(classes.0) | UInt64(classes.1) << 16 | UInt64(classes.2) << 32 | UInt64(rows) << 48
    }

    var classes: (UInt32, UInt32, UInt32) {
        (
            UInt32(truncatingIfNeeded: lanes & 0xFFFF), UInt32(truncatingIfNeeded: lanes >> 16 & 0xFFFF),
            UInt32(truncatingIfNeeded: lanes >> 32 & 0xFFFF)
        )
    }

    var rows: Int { Int(truncatingIfNeeded: lanes >> 48) }

    var isPure: Bool {
        let (first, second, third) = classes
        return (first > 0 ? 1 : 0) + (second > 0 ? 1 : 0) + (third > 0 ? 1 : 0) < 2
    }

    var narrow: PackedClassTally? { self }

    @inline(__always)
    static func += (left: inout PackedClassTally, right: PackedClassTally) {
        left.lanes &+= right.lanes
    }

    // No lane of a part exceeds that of the whole, so no lane borrows from its neighbour.
    @inline(__always)
    static func - (left: PackedClassTally, right: PackedClassTally) -> PackedClassTally {
        PackedClassTally(lanes: left.lanes &- right.lanes)
    }

    @inline(__always)
    func masked(_ mask: Int) -> PackedClassTally {
        PackedClassTally(lanes: lanes & UInt64(bitPattern: Int64(mask)))
    }

    @inline(__always)
    static func score(_ left: PackedClassTally, _ right: PackedClassTally, _ weights: ClassWeights) -> Double {
        let (leftSquares, leftWeight) = weights.all == nil ? left.sums() : left.sums(weights)
        let (rightSquares, rightWeight) = weights.all == nil ? right.sums() : right.sums(weights)
        return (leftSquares * rightWeight + rightSquares * leftWeight) / (leftWeight * rightWeight)
    }

    func score(_ weights: ClassWeights) -> Double {
        let (squares, weight) = sums(weights)
        return squares / weight
    }

    // Counts below 2^16 have squares that add up below 2^34: whole numbers, and exact ones.
    @inline(__always)
    private func sums() -> (squares: Double, weight: Double) {
        let first = Int(truncatingIfNeeded: lanes & 0xFFFF)
        let second = Int(truncatingIfNeeded: lanes >> 16 & 0xFFFF)
        let third = Int(truncatingIfNeeded: lanes >> 32 & 0xFFFF)
        let squares = first &* first &+ second &* second &+ third &* third
        return (Double(squares), Double(first &+ second &+ third))
    }

    @inline(__always)
    private func sums(_ weights: ClassWeights) -> (squares: Double, weight: Double) {
        let first = Double(Int32(truncatingIfNeeded: lanes & 0xFFFF)) * weights.first
        let second = Double(Int32(truncatingIfNeeded: lanes >> 16 & 0xFFFF)) * weights.second
        let third = Double(Int32(truncatingIfNeeded: lanes >> 32 & 0xFFFF)) * weights.third
        return (first * first + second * second + third * third, first + second + third)
    }

    func appendRecord(to record: inout [Double], width: Int) {
        let counts = [classes.0, classes.1, classes.2]
        for label in 0..<width { record.append(Double(counts[label])) }
    }
}
