/// What each distinct leaf forecasts, four numbers to a vector so that adding them up takes one step.
struct LeafValues: Sendable {
    /// Numbers in each forecast.
    let width: Int
    /// Vectors in each forecast.
    let vectors: Int
    private let values: [SIMD4<Double>]

    /// Makes the values of `count` records.
    ///
    /// - Parameters:
    ///   - count: Number of records.
    ///   - width: Numbers in each forecast.
    ///   - value: The number at a place of a record's forecast.
    init(count: Int, width: Int, value: (_ record: Int, _ place: Int) -> Double) {
        self.width = width
        vectors = (width + 3) / 4
        var values = [SIMD4<Double>](repeating: .zero, count: count * vectors)
        for record in 0..<count {
            for place in 0..<width { values[record * vectors + place / 4][place % 4] = value(record, place) }
        }
        self.values = values
    }

    /// Adds a record's forecast to sums.
    @inline(__always)
    func add(_ record: UInt32, to sums: inout MutableSpan<SIMD4<Double>>, at start: Int) {
        let values = self.values.span
        let first = Int(record) &* vectors
        if vectors == 1 {
            sums[start] += values[unchecked: first]
        } else {
            for vector in 0..<vectors { sums[start + vector] += values[first + vector] }
        }
    }

    /// Adds a part of a record's forecast to sums.
    func add(_ record: UInt32, times factor: Double, to sums: inout [SIMD4<Double>]) {
        for vector in 0..<vectors { sums[vector] += values[Int(record) * vectors + vector] * factor }
    }

    /// The number at a place of a record's forecast.
    func value(_ record: UInt32, _ place: Int) -> Double {
        values[Int(record) * vectors + place / 4][place % 4]
    }
}
