/// What a set of rows amounts to, as far as splitting it goes: sums that can be added and taken apart again.
protocol Tally: BitwiseCopyable, Sendable {
    /// What each row of the training set brings, beyond what its ``Draw`` knows.
    associatedtype Evidence: BitwiseCopyable, Sendable
    /// A smaller tally for sets that it can hold; `Self` where there is none.
    associatedtype Narrow: Tally where Narrow.Evidence == Evidence

    static var zero: Self { get }
    /// Number of distinct rows.
    var rows: Int { get }
    /// Whether there is nothing left to tell apart.
    var isPure: Bool { get }
    /// The tally in its smaller form; nil if that cannot hold it.
    var narrow: Narrow? { get }

    init(_ draw: Draw, _ evidence: Span<Evidence>)
    init(widening narrow: Narrow)
    static func += (left: inout Self, right: Self)
    static func - (left: Self, right: Self) -> Self
    /// The tally itself for -1, ``zero`` for 0: a choice without a branch.
    func masked(_ mask: Int) -> Self
    /// How well two sets together explain their rows: the larger, the lower is the impurity that remains.
    static func score(_ left: Self, _ right: Self, _ weights: ClassWeights) -> Double
    /// The part of one set in ``score(_:_:_:)``.
    func score(_ weights: ClassWeights) -> Double
    /// Appends what a leaf of these rows stores.
    func appendRecord(to record: inout [Double], width: Int)
}

/// What a row of each class weighs.
struct ClassWeights: Sendable {
    /// The weights of the first three classes, as values of their own because the innermost loop reads them.
    let first: Double
    let second: Double
    let third: Double
    let all: [Double]?

    init(_ weights: [Double]?) {
        all = weights
        first = weights?.first ?? 1
        second = weights?.dropFirst().first ?? 1
        third = weights?.dropFirst(2).first ?? 1
    }
}
