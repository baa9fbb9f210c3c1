/// Half a week of football: Friday to Monday or Tuesday to Thursday, between which a model can be trained anew.
public struct Block: Hashable, Comparable, Sendable {
    /// Its first day, a Friday or a Tuesday.
    public let firstDay: Day

    /// The block that a day lies in.
    public init(containing day: Day) {
        let weekday = day.weekday
        let since = (1...3).contains(weekday) ? weekday - 1 : (weekday + 3) % 7
        firstDay = day.advanced(by: -since)
    }

    /// Whether `lhs` is earlier than `rhs`.
    public static func < (lhs: Block, rhs: Block) -> Bool { lhs.firstDay < rhs.firstDay }
}
