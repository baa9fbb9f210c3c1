/// How far apart the distribution functions of two samples are.
struct DistributionGaps {
    /// The largest distance times both sizes: a whole number, so that no rounding can tell equal distances apart.
    let largest: Int
    /// The area between the two.
    let area: Double

    init(_ one: SortedSample, _ other: SortedSample) {
        var (largest, area) = (0, 0.0)
        let (m, n) = (one.count, other.count)
        one.values.withUnsafeBufferPointer { a in
            other.values.withUnsafeBufferPointer { b in
                var (i, j, gap) = (0, 0, 0)
                var value = min(a[0], b[0])
                while i < m, j < n {
                    while i < m, a[i] == value { (i, gap) = (i + 1, gap + n) }
                    while j < n, b[j] == value { (j, gap) = (j + 1, gap - m) }
                    largest = max(largest, abs(gap))
                    let next = i < m ? (j < n ? min(a[i], b[j]) : a[i]) : (j < n ? b[j] : value)
                    area += Double(abs(gap)) * (next - value)
                    value = next
                }
                // One sample is used up: the other's distribution function climbs to 1 alone.
                while i < m {
                    gap += n
                    if i + 1 < m { area += Double(abs(gap)) * (a[i + 1] - a[i]) }
                    i += 1
                }
                while j < n {
                    gap -= m
                    if j + 1 < n { area += Double(abs(gap)) * (b[j + 1] - b[j]) }
                    j += 1
                }
            }
        }
        self.largest = largest
        self.area = area / (Double(m) * Double(n))
    }
}
