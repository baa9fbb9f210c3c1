import Glibc

/// The regularised incomplete beta function.
///
/// Source: Lentz' continued fraction of Numerical Recipes, section 6.4; DLMF 8.17.22.
enum IncompleteBeta {
    /// The function I_x(a, b), for `x` from 0 to 1.
    static func lower(_ a: Double, _ b: Double, _ x: Double) -> Double {
        guard x > 0 else { return 0 }
        guard x < 1 else { return 1 }
        let front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x))
        return x < (a + 1) / (a + b + 2)
            ? front * fraction(a, b, x) / a : 1 - front * fraction(b, a, 1 - x) / b
    }

    private static func fraction(_ a: Double, _ b: Double, _ x: Double) -> Double {
        let tiny = 1e-300
        var c = 1.0
        var d = 1 - (a + b) * x / (a + 1)
        d = 1 / (abs(d) < tiny ? tiny : d)
        var h = d
        func step(_ factor: Double) -> Double {
            d = 1 + factor * d
            d = 1 / (abs(d) < tiny ? tiny : d)
            c = 1 + factor / c
            if abs(c) < tiny { c = tiny }
            h *= d * c
            return d * c
        }
        for i in 1..<10_000 {
            let m = Double(i)
            _ = step(m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)))
            let change = step(-(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)))
            if abs(change - 1) < 1e-16 { break }
        }
        return h
    }
}
