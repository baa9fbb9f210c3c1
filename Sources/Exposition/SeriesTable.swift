/// The series of an instrument by label values, bounded in number.
struct SeriesTable<Value: Sendable>: Sendable {
    private let labels: Int
    private let maximum: Int
    private(set) var values: [[String]: Value] = [:]
    /// How many updates were refused: the number of label values was wrong, or the table full.
    private var refused = 0

    /// Makes an empty table for `labels` label values a series and at most `maximum` series.
    init(labels: Int, maximum: Int) {
        self.labels = labels
        self.maximum = maximum
    }

    /// Changes one series, which begins as `initial`; refuses, and counts that, what does not fit.
    mutating func update(_ key: [String], from initial: @autoclosure () -> Value, _ change: (inout Value) -> Void) {
        guard key.count == labels, values.count < maximum || values[key] != nil else {
            refused += 1
            return
        }
        change(&values[key, default: initial()])
    }

    /// Forgets one series.
    mutating func remove(_ key: [String]) {
        values[key] = nil
    }

    /// The series as a family, with what was refused.
    func family(of descriptor: Descriptor, append: (inout Family, [String], Value) -> Void) -> Family {
        var family = Family(descriptor)
        for (labels, value) in values { append(&family, labels, value) }
        family.refused = refused
        return family
    }
}
