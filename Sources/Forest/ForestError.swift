/// Everything that growing, asking or reading a forest can refuse.
public enum ForestError: Error, Sendable, Hashable, CustomStringConvertible {
    /// An option is outside of its range.
    case invalidOption(name: String, value: String, expected: String)
    /// The training data cannot be learnt from.
    case invalidTrainingSet(String)
    /// A row to predict has another number of features than the forest.
    case featureCount(expected: Int, found: Int)
    /// A value to predict with is infinite; NaN stands for a missing one.
    case infiniteValue(feature: String)
    /// The task that trains was cancelled.
    case cancelled
    /// The bytes do not start as a stored forest does.
    case foreignBytes
    /// The bytes were written by a later version of the format.
    case newerVersion(found: UInt32, supported: UInt32)
    /// The bytes were written by an earlier version of the format, which is no longer read.
    case olderVersion(found: UInt32, supported: UInt32)
    /// The bytes end too early, or go on after their end.
    case wrongLength(expected: Int, found: Int)
    /// The bytes were changed since they were written.
    case damagedBytes(String)

    /// The error in one line, for a log or a terminal.
    public var description: String {
        switch self {
        case .invalidOption(let name, let value, let expected):
            "forest option \(name) is \(value), expected \(expected)"
        case .invalidTrainingSet(let problem): "training set refused: \(problem)"
        case .featureCount(let expected, let found): "row has \(found) features, the forest needs \(expected)"
        case .infiniteValue(let feature): "feature \(feature) is infinite"
        case .cancelled: "training was cancelled"
        case .foreignBytes: "bytes are not a stored forest"
        case .newerVersion(let found, let supported):
            "stored forest has format version \(found), this build reads up to \(supported)"
        case .olderVersion(let found, let supported):
            "stored forest has format version \(found), this build reads \(supported): train anew"
        case .wrongLength(let expected, let found): "stored forest has \(found) bytes, expected \(expected)"
        case .damagedBytes(let problem): "stored forest is damaged: \(problem)"
        }
    }

    /// A metric label: `invalid_option`, `invalid_data`, `cancelled`, `foreign`, `newer`, `older` or `damaged`.
    public var reason: String {
        switch self {
        case .invalidOption: "invalid_option"
        case .invalidTrainingSet, .featureCount, .infiniteValue: "invalid_data"
        case .cancelled: "cancelled"
        case .foreignBytes: "foreign"
        case .newerVersion: "newer"
        case .olderVersion: "older"
        case .wrongLength, .damagedBytes: "damaged"
        }
    }
}
