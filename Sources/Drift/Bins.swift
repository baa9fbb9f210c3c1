import Glibc

/// Bins over a line, from which two samples are counted into a table.
public struct Bins: Sendable, Hashable {
    /// The bounds between bins, rising; bins beyond the first and the last bound reach to infinity.
    public let bounds: [Double]
    /// Whether a value at a bound falls in the bin below it.
    public let includeUpperBound: Bool

    /// Makes bins from rising bounds.
    public init(bounds: [Double], includeUpperBound: Bool) {
        self.bounds = bounds
        self.includeUpperBound = includeUpperBound
    }

    /// Bins that hold about equal shares of a reference sample; equal quantiles are one bound.
    ///
    /// Both outer bins are open, so that values beyond everything in the reference are counted in its tails.
    public init(quantilesOf reference: SortedSample, bins: Int = 10) {
        var bounds: [Double] = []
        for bin in 1..<max(2, bins) {
            let bound = reference.quantile(Double(bin) / Double(bins))
            if bounds.last != bound { bounds.append(bound) }
        }
        self.init(bounds: bounds, includeUpperBound: true)
    }

    /// Bins of equal width over all values, as many as Sturges' rule has for `count` values.
    ///
    /// Source: numpy's `histogram_bin_edges(bins="sturges")`, the outer bounds of which are the extremes themselves.
    public init(sturges low: Double, _ high: Double, count: Int) {
        let width = (high - low) / (log2(Double(count)) + 1)
        let bins = width > 0 ? max(1, Int(((high - low) / width).rounded(.up))) : 1
        let step = (high - low) / Double(bins)
        self.init(bounds: (1..<max(1, bins)).map { Double($0) * step + low }, includeUpperBound: false)
    }

    /// How many of a sample's values are in each bin, from the lowest bin on.
    public func counts(of sample: SortedSample) -> [Int] {
        var counts = [Int]()
        counts.reserveCapacity(bounds.count + 1)
        var below = 0
        for bound in bounds {
            let next = sample.count(upTo: bound, including: includeUpperBound)
            counts.append(next - below)
            below = next
        }
        counts.append(sample.count - below)
        return counts
    }
}

/// How many values of two samples are in each of the same bins.
public struct BinCounts: Sendable, Hashable {
    /// The reference sample's, by bin.
    public let reference: [Int]
    /// The current sample's, by bin.
    public let current: [Int]

    /// Counts two samples; bins that are empty in both are left out unless `keepingEmpty`.
    public init(_ bins: Bins, reference: SortedSample, current: SortedSample, keepingEmpty: Bool = false) {
        self.init(
            reference: bins.counts(of: reference), current: bins.counts(of: current), keepingEmpty: keepingEmpty)
    }

    /// Counts each value of either sample by itself, as for categories.
    public init(categoriesOf reference: SortedSample, _ current: SortedSample) {
        var (before, now): ([Int], [Int]) = ([], [])
        var (i, j) = (0, 0)
        while i < reference.count || j < current.count {
            let value = min(
                i < reference.count ? reference.values[i] : .infinity, j < current.count ? current.values[j] : .infinity
            )
            let (a, b) = (i, j)
            while i < reference.count, reference.values[i] == value { i += 1 }
            while j < current.count, current.values[j] == value { j += 1 }
            before.append(i - a)
            now.append(j - b)
        }
        self.init(reference: before, current: now)
    }

    /// Takes counts; a bin that is empty in both samples says nothing and is left out unless `keepingEmpty`.
    public init(reference: [Int], current: [Int], keepingEmpty: Bool = false) {
        let kept = zip(reference, current).filter { keepingEmpty || $0 + $1 > 0 }
        self.reference = kept.map(\.0)
        self.current = kept.map(\.1)
    }

    /// The same counts in fewer bins, so that a current sample like the reference would have at least `least` in each.
    ///
    /// A bin that expects fewer is joined to the next, the last one to the one before.
    public func merged(expecting least: Double) -> BinCounts {
        let (m, n) = sizes
        var (before, now): ([Int], [Int]) = ([], [])
        var isOpen = false
        for (a, b) in zip(reference, current) {
            if isOpen, let last = before.indices.last {
                before[last] += a
                now[last] += b
            } else {
                before.append(a)
                now.append(b)
            }
            isOpen = Double(before[before.count - 1]) * Double(n) < least * Double(m)
        }
        if isOpen, before.count > 1 {
            let (a, b) = (before.removeLast(), now.removeLast())
            before[before.count - 1] += a
            now[now.count - 1] += b
        }
        return BinCounts(reference: before, current: now)
    }

    /// The sizes of the two samples.
    public var sizes: (reference: Int, current: Int) { (reference.reduce(0, +), current.reduce(0, +)) }
}
