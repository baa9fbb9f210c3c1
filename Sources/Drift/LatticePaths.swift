/// The interleavings of two samples, as paths over a lattice of `m` by `n` steps around its diagonal.
struct LatticePaths {
    /// A path has left once its samples' distribution functions are `band` / (m n) apart.
    let band: Int
    /// The larger sample.
    let m: Int
    /// The smaller sample.
    let n: Int

    /// The share of all interleavings of `m` and `n` values whose distribution functions are `band` / (m n) or more
    /// apart somewhere.
    ///
    /// A path that reaches (i, j) came from (i - 1, j) with probability i / (i + j), whatever its way to there. Summing
    /// the paths that have left the band, rather than those that stay inside, keeps small p-values exact (Viehmann,
    /// "Numerically more stable computation of the p-values for the two-sample Kolmogorov-Smirnov test",
    /// arXiv:2102.08037). Cells with one i + j do not depend on each other, and a path's second half is a first half
    /// walked backwards: half of the cells of the band are enough.
    static func shareLeaving(band: Int, _ m: Int, _ n: Int) -> Double {
        LatticePaths(band: band, m: max(m, n), n: min(m, n)).shareLeaving()
    }

    private func shareLeaving() -> Double {
        guard band > 0 else { return 1 }
        return withUnsafeTemporaryAllocation(of: Double.self, capacity: 3 * (n + 2)) { storage in
            guard let base = storage.baseAddress else { return 1 }
            base.initialize(repeating: 1, count: 3 * (n + 2))
            let places = base + 2 * (n + 2)
            for j in 0...(n + 1) { places[j] = Double(j) }
            let middle = (m + n + 1) / 2
            var (before, now) = (base, base + n + 2)
            now[0] = 0
            for s in 1...middle {
                swap(&before, &now)
                let inside = cells(at: s)
                if inside.isEmpty { return 1 }
                advance(now, before, places, to: s, inside)
            }
            return join(now, (m + n) % 2 == 0 ? now : before, at: middle)
        }
    }

    /// The j of the cells with i + j = `s` that lie inside: -band < s n - j (m + n) < band.
    private func cells(at s: Int) -> Range<Int> {
        let below = s * n - band
        let first = below < 0 ? 0 : below / (m + n) + 1
        return first..<max(first, min(s, n, (s * n + band - 1) / (m + n)) + 1)
    }

    /// Fills the cells with i + j = `s` from those with i + j = s - 1, and marks the cells beside them as left.
    private func advance(
        _ now: UnsafeMutablePointer<Double>, _ before: UnsafeMutablePointer<Double>,
        _ places: UnsafeMutablePointer<Double>, to s: Int, _ inside: Range<Int>
    ) {
        if inside.lowerBound > 0 { now[inside.lowerBound - 1] = 1 }
        now[inside.upperBound] = 1
        let (all, share) = (Double(s), 1 / Double(s))
        var j = inside.lowerBound
        if j == 0 {
            now[0] = before[0]
            j = 1
        }
        while j + 4 <= inside.upperBound {
            let steps = UnsafeRawPointer(places + j).loadUnaligned(as: SIMD4<Double>.self)
            let here = UnsafeRawPointer(before + j).loadUnaligned(as: SIMD4<Double>.self)
            let left = UnsafeRawPointer(before + j - 1).loadUnaligned(as: SIMD4<Double>.self)
            let mixed = ((all - steps) * here + steps * left) * share
            UnsafeMutableRawPointer(now + j).storeBytes(of: mixed, as: SIMD4<Double>.self)
            j += 4
        }
        while j < inside.upperBound {
            now[j] = ((all - places[j]) * before[j] + places[j] * before[j - 1]) * share
            j += 1
        }
    }

    /// Joins first halves with second ones where they meet, weighted by how many paths pass there.
    private func join(
        _ forwards: UnsafeMutablePointer<Double>, _ backwards: UnsafeMutablePointer<Double>, at s: Int
    ) -> Double {
        let (near, far) = (cells(at: s), cells(at: m + n - s))
        var (sum, weights) = (0.0, 0.0)
        func add(_ j: Int, _ weight: Double) {
            let one = near.contains(j) ? forwards[j] : 1
            let other = far.contains(n - j) ? backwards[n - j] : 1
            sum += weight * (one + other - one * other)
            weights += weight
        }
        // Neighbours' weights have simple ratios; from the heaviest outwards none overflows.
        let heaviest = min(n, s * n / (m + n))
        var weight = 1.0
        for j in heaviest...n {
            add(j, weight)
            weight *= Double(s - j) * Double(n - j) / (Double(j + 1) * Double(m - s + j + 1))
        }
        weight = 1
        for j in stride(from: heaviest, to: 0, by: -1) {
            weight *= Double(j) * Double(m - s + j) / (Double(s - j + 1) * Double(n - j + 1))
            add(j - 1, weight)
        }
        return min(1, sum / weights)
    }
}
