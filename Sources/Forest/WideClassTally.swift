/// The class counts of any number of draws; the last lane counts distinct rows.
struct WideClassTally<Lanes: SIMD & BitwiseCopyable & Sendable>: Tally where Lanes.Scalar == UInt32 {
    typealias Evidence = UInt8
    private var lanes: Lanes

    static var zero: WideClassTally { WideClassTally(lanes: Lanes(repeating: 0)) }

    init(lanes: Lanes) {
        self.lanes = lanes
    }

    @inline(__always)
    init(_ draw: Draw, _ evidence: Span<UInt8>) {
        lanes = Lanes(repeating: 0)
        lanes[Int(draw.label)] = UInt32(truncatingIfNeeded: draw.times)
        lanes[Lanes.scalarCount - 1] = 1
    }

    var rows: Int { Int(lanes[Lanes.scalarCount - 1]) }

    var isPure: Bool {
        (0..<Lanes.scalarCount - 1).count { lanes[$0] > 0 } < 2
    }

    @inline(__always)
    static func += (left: inout WideClassTally, right: WideClassTally) {
        left.lanes = left.lanes &+ right.lanes
    }

    @inline(__always)
    static func - (left: WideClassTally, right: WideClassTally) -> WideClassTally {
        WideClassTally(lanes: left.lanes &- right.lanes)
    }

    @inline(__always)
    func masked(_ mask: Int) -> WideClassTally {
        WideClassTally(lanes: lanes & Lanes(repeating: UInt32(truncatingIfNeeded: mask)))
    }

    static func score(_ left: WideClassTally, _ right: WideClassTally, _ weights: ClassWeights) -> Double {
        left.score(weights) + right.score(weights)
    }

    func score(_ weights: ClassWeights) -> Double {
        var squares = 0.0
        var weight = 0.0
        for label in 0..<Lanes.scalarCount - 1 where lanes[label] > 0 {
            let part = Double(lanes[label]) * (weights.all.map { $0[label] } ?? 1)
            squares += part * part
            weight += part
        }
        return squares / weight
    }

    func appendRecord(to record: inout [Double], width: Int) {
        for label in 0..<width { record.append(Double(lanes[label])) }
    }

    // With up to three classes, nodes of fewer than 65,536 draws fit into one machine word.
    var narrow: PackedClassTally? {
        let last = Lanes.scalarCount - 1
        guard Lanes.scalarCount == 4, lanes.wrappedSum() &- lanes[last] < 65_536 else { return nil }
        return PackedClassTally(classes: (lanes[0], lanes[1], lanes[2]), rows: lanes[last])
    }

    init(widening narrow: PackedClassTally) {
        lanes = Lanes(repeating: 0)
        (lanes[0], lanes[1], lanes[2]) = narrow.classes
        lanes[Lanes.scalarCount - 1] = UInt32(narrow.rows)
    }
}
