/// The sums of the targets of some rows, each as often as it was drawn; the last lane holds both counts.
struct MomentTally<Lanes: SIMD & BitwiseCopyable & Sendable>: Tally where Lanes.Scalar == Double {
    typealias Evidence = Lanes
    private var lanes: Lanes

    // Draws are counted in the lower 31 bits of the last lane's 53, distinct rows in the 22 above.
    private static var rowUnit: Double { 2_147_483_648 }
    /// Most rows that can be counted.
    static var rowLimit: Int { 4_194_303 }

    static var zero: MomentTally { MomentTally(lanes: Lanes(repeating: 0)) }

    private init(lanes: Lanes) {
        self.lanes = lanes
    }

    @inline(__always)
    init(_ draw: Draw, _ evidence: Span<Lanes>) {
        lanes = evidence[unchecked: draw.row]
    }

    init(widening narrow: MomentTally) {
        self = narrow
    }

    /// What one row brings that was drawn some times.
    static func evidence(_ targets: ArraySlice<Double>, times: UInt32) -> Lanes {
        var lanes = Lanes(repeating: 0)
        for (lane, target) in targets.enumerated() { lanes[lane] = target * Double(times) }
        lanes[Lanes.scalarCount - 1] = Double(times) + rowUnit
        return lanes
    }

    @inline(__always)
    private var counts: Double { lanes[Lanes.scalarCount - 1] }

    var rows: Int {
        @inline(__always) get { Int(counts * (1 / MomentTally.rowUnit)) }
    }

    /// How many draws there are.
    @inline(__always)
    private var weight: Double { counts - Double(rows) * MomentTally.rowUnit }

    // A node whose rows all have the same targets finds no split that improves on it.
    var isPure: Bool { false }

    var narrow: MomentTally? { self }

    @inline(__always)
    static func += (left: inout MomentTally, right: MomentTally) {
        left.lanes = left.lanes + right.lanes
    }

    @inline(__always)
    static func - (left: MomentTally, right: MomentTally) -> MomentTally {
        MomentTally(lanes: left.lanes - right.lanes)
    }

    @inline(__always)
    func masked(_ mask: Int) -> MomentTally {
        MomentTally(lanes: lanes * Double(mask & 1))
    }

    @inline(__always)
    static func score(_ left: MomentTally, _ right: MomentTally, _ weights: ClassWeights) -> Double {
        left.score(weights) + right.score(weights)
    }

    // The sum of squares about the mean is the sum of squares less (sum)^2 / weight: only the latter depends on a split.
    @inline(__always)
    func score(_ weights: ClassWeights) -> Double {
        var sums = lanes
        sums[Lanes.scalarCount - 1] = 0
        return (sums * sums).sum() / weight
    }

    func appendRecord(to record: inout [Double], width: Int) {
        for target in 0..<width - 1 { record.append(lanes[target] / weight) }
        record.append(Double(rows))
    }
}
