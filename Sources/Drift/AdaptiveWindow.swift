import Glibc

/// A window that grows while its values agree and is cut where its older half differs from its newer one (ADWIN).
///
/// Buckets hold 1, 2, 4, ... values, so that its memory grows with the logarithm of its length. Source: Bifet and
/// Gavaldà, "Learning from time-changing data with adaptive windowing", SDM 2007; defaults and details are those of
/// river 0.26.
public struct AdaptiveWindow: ChangeDetector, Hashable {
    /// The significance of a cut.
    public var significance = 0.002
    /// How many values pass between two looks.
    public var clock = 32
    /// Buckets of one size before two are merged.
    public var maximumBuckets = 5
    /// The shortest half that is compared.
    public var minimumHalf = 5
    /// Values before anything is looked at.
    public var gracePeriod = 10
    /// Values in the window.
    public private(set) var width = 0
    /// The mean of the values in the window; 0 while it is empty.
    public var mean: Double { width > 0 ? total / Double(width) : 0 }

    private struct Bucket: Hashable {
        var total: Double
        var variance: Double
    }

    /// Buckets by the exponent of their size, oldest first within a size.
    private var rows: [[Bucket]] = [[]]
    private var total = 0.0
    private var variance = 0.0
    private var ticks = 0
    private var detected = false

    /// Makes a detector with river's defaults.
    public init() {}

    /// Takes the next value; after a detection it starts anew.
    public mutating func update(_ value: Double) -> Bool {
        if detected { (rows, total, variance, ticks, width) = ([[]], 0, 0, 0, 0) }
        insert(value)
        ticks += 1
        detected = false
        guard ticks % clock == 0, width > gracePeriod else { return false }
        while cut() { detected = true }
        return detected
    }

    private mutating func insert(_ value: Double) {
        rows[0].append(Bucket(total: value, variance: 0))
        width += 1
        if width > 1 {
            let before = Double(width - 1)
            variance += before * (value - total / before) * (value - total / before) / Double(width)
        }
        total += value
        var row = 0
        while row < rows.count, rows[row].count > maximumBuckets {
            let size = Double(1 << row)
            let (one, other) = (rows[row][0], rows[row][1])
            let gap = (one.total - other.total) / size
            if row + 1 == rows.count { rows.append([]) }
            rows[row + 1].append(
                Bucket(
                    total: one.total + other.total, variance: one.variance + other.variance + size * gap * gap / 2))
            rows[row].removeFirst(2)
            row += 1
        }
    }

    /// Looks at every place where the window could be cut, oldest first, and drops the oldest bucket if one shows.
    private mutating func cut() -> Bool {
        var (count, sum) = (0.0, 0.0)
        for row in rows.indices.reversed() {
            for bucket in rows[row] {
                count += Double(1 << row)
                sum += bucket.total
                let rest = Double(width) - count
                guard count >= Double(minimumHalf), rest >= Double(minimumHalf) else { continue }
                if differs(count, rest, gap: sum / count - (total - sum) / rest) {
                    dropOldest()
                    return true
                }
            }
        }
        return false
    }

    private func differs(_ older: Double, _ newer: Double, gap: Double) -> Bool {
        let confidence = log(2 * log(Double(width)) / significance)
        let short = Double(minimumHalf - 1)
        let reciprocal = 1 / (older - short) + 1 / (newer - short)
        let bound =
            (2 * reciprocal * (variance / Double(width)) * confidence).squareRoot() + 2 / 3.0 * confidence * reciprocal
        return abs(gap) > bound
    }

    private mutating func dropOldest() {
        let row = rows.count - 1
        let size = Double(1 << row)
        let bucket = rows[row].removeFirst()
        width -= 1 << row
        total -= bucket.total
        let gap = bucket.total / size - total / Double(width)
        variance -= bucket.variance + size * Double(width) * gap * gap / (size + Double(width))
        if rows[row].isEmpty, rows.count > 1 { rows.removeLast() }
    }
}
