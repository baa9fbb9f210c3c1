/// Everything that a comparison of samples can refuse.
public enum DriftError: Error, Sendable, Hashable, CustomStringConvertible {
    /// A sample has no values.
    case emptySample(name: String)
    /// A sample holds a value that is not a number.
    case notANumber(sample: String, index: Int)
    /// Two lists that belong together differ in length.
    case unequalLengths(String, Int, Int)

    /// The error in one line, for a log or a terminal.
    public var description: String {
        switch self {
        case .emptySample(let name): "the \(name) sample is empty"
        case .notANumber(let sample, let index): "value \(index) of the \(sample) sample is not a number"
        case .unequalLengths(let what, let one, let other): "\(what) are \(one) and \(other); they must be as many"
        }
    }

    /// A metric label: `empty_sample`, `not_a_number` or `unequal_lengths`.
    public var reason: String {
        switch self {
        case .emptySample: "empty_sample"
        case .notANumber: "not_a_number"
        case .unequalLengths: "unequal_lengths"
        }
    }
}
