/// The energy distance of Székely: twice the squared area between two distribution functions, and its root.
public enum EnergyDistance {
    /// The distance of two sorted samples, in the root of the values' unit.
    public static func distance(_ one: SortedSample, _ other: SortedSample) -> Double {
        let (a, b) = (one.values, other.values)
        let (m, n) = (Double(a.count), Double(b.count))
        var (i, j, area) = (0, 0, 0.0)
        var last = min(a[0], b[0])
        while i < a.count || j < b.count {
            let value = min(i < a.count ? a[i] : .infinity, j < b.count ? b[j] : .infinity)
            let gap = Double(i) / m - Double(j) / n
            area += gap * gap * (value - last)
            while i < a.count, a[i] == value { i += 1 }
            while j < b.count, b[j] == value { j += 1 }
            last = value
        }
        return (2 * area).squareRoot()
    }
}
