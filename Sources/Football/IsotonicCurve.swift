/// A rising curve through points, straight between them: the least squares fit of outcomes to forecasts.
///
/// Source: pool adjacent violators; M. Ayer et al., Annals of Mathematical Statistics 26 (1955).
public struct IsotonicCurve: Sendable, Hashable, Codable {
    private let places: [Double]
    private let values: [Double]

    /// Fits the curve; its values stay within 0.01 and 0.99, so that no outcome becomes impossible.
    public init(_ points: [(x: Double, y: Double)]) {
        var pools: [(first: Double, last: Double, sum: Double, count: Double)] = []
        for point in points.sorted(by: { $0.x < $1.x }) {
            if let last = pools.last, last.last == point.x {
                pools[pools.count - 1] = (last.first, last.last, last.sum + point.y, last.count + 1)
            } else {
                pools.append((point.x, point.x, point.y, 1))
            }
            while pools.count > 1 {
                let (a, b) = (pools[pools.count - 2], pools[pools.count - 1])
                guard a.sum * b.count >= b.sum * a.count else { break }
                pools.removeLast()
                pools[pools.count - 1] = (a.first, b.last, a.sum + b.sum, a.count + b.count)
            }
        }
        places = pools.flatMap { $0.first == $0.last ? [$0.first] : [$0.first, $0.last] }
        values = pools.flatMap { pool in
            let value = min(0.99, max(0.01, pool.sum / pool.count))
            return pool.first == pool.last ? [value] : [value, value]
        }
    }

    /// The curve's value; flat beyond the first and the last point, and 0.5 for a curve through none.
    public func value(at place: Double) -> Double {
        guard let first = places.first, let last = places.last else { return 0.5 }
        if place <= first { return values[0] }
        if place >= last { return values[values.count - 1] }
        let next = places.firstIndex { $0 >= place } ?? places.count - 1
        let share = (place - places[next - 1]) / (places[next] - places[next - 1])
        return values[next - 1] + share * (values[next] - values[next - 1])
    }
}
