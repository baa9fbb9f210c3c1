/// The label values of one series, told apart byte by byte.
///
/// `String` calls texts equal that only look alike, such as a letter with its accent and the two code points that make
/// it up; to Prometheus these are two series.
struct LabelValues: Sendable, Hashable, Comparable {
    let values: [String]

    init(_ values: [String]) {
        self.values = values
    }

    static func == (one: LabelValues, other: LabelValues) -> Bool {
        one.values.count == other.values.count && zip(one.values, other.values).allSatisfy { $0.isIdentical(to: $1) }
    }

    static func < (one: LabelValues, other: LabelValues) -> Bool {
        for (value, other) in zip(one.values, other.values) where !value.isIdentical(to: other) {
            return value.utf8.lexicographicallyPrecedes(other.utf8)
        }
        return one.values.count < other.values.count
    }

    func hash(into hasher: inout Hasher) {
        for value in values {
            hasher.combine(value.utf8.count)
            let isHashed: Void? = value.utf8.withContiguousStorageIfAvailable {
                hasher.combine(bytes: UnsafeRawBufferPointer($0))
            }
            if isHashed == nil { Array(value.utf8).withUnsafeBytes { hasher.combine(bytes: $0) } }
        }
    }
}

extension String {
    /// Whether two texts have the same bytes.
    func isIdentical(to other: String) -> Bool {
        utf8.count == other.utf8.count && utf8.elementsEqual(other.utf8)
    }
}
