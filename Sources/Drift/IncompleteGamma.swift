import Glibc

/// The regularised incomplete gamma function.
///
/// Source: the series and Lentz' continued fraction of Numerical Recipes, section 6.2; DLMF 8.7.1 and 8.9.2.
enum IncompleteGamma {
    /// The upper function Q(a, x), for `a` and `x` above 0.
    static func upper(_ a: Double, _ x: Double) -> Double {
        guard x > 0 else { return 1 }
        guard x.isFinite else { return 0 }
        let front = exp(a * log(x) - x - lgamma(a))
        return x < a + 1 ? 1 - front * series(a, x) : front * fraction(a, x)
    }

    private static func series(_ a: Double, _ x: Double) -> Double {
        var (term, sum, n) = (1 / a, 1 / a, a)
        for _ in 0..<10_000 {
            n += 1
            term *= x / n
            sum += term
            if term < sum * 1e-17 { break }
        }
        return sum
    }

    private static func fraction(_ a: Double, _ x: Double) -> Double {
        let tiny = 1e-300
        var b = x + 1 - a
        var c = 1 / tiny
        var d = 1 / b
        var h = d
        for i in 1..<10_000 {
            let factor = -Double(i) * (Double(i) - a)
            b += 2
            d = factor * d + b
            if abs(d) < tiny { d = tiny }
            c = b + factor / c
            if abs(c) < tiny { c = tiny }
            d = 1 / d
            h *= d * c
            if abs(d * c - 1) < 1e-16 { break }
        }
        return h
    }
}
