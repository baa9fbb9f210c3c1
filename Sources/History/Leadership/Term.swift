/// The term of leadership in which the present task works.
///
/// A task that works in a term has every write checked against it: once another term has begun, the write is refused
/// with `HistoryError.deposed`. A task outside of a term is not checked.
public enum Term {
    /// The term's number; nil outside of one.
    @TaskLocal public static var current: Int64?
}
