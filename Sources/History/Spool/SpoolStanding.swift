public import FoundationEssentials

/// What waits in the spool.
public struct SpoolStanding: Sendable, Hashable {
    /// Facts that the database does not have yet.
    public var pending = 0
    /// When the oldest of them was made; nil if none waits.
    public var oldest: Date?
    /// The size of the file, in bytes.
    public var bytes = 0
    /// The size that the file may reach, in bytes.
    public var maximumBytes: Int
    /// Facts that the database refused when they were replayed, set aside since this process started.
    public var refused = 0
    /// Bytes that were no whole record when the file was opened, set aside since this process started.
    public var damagedBytes = 0
}
