/// Bounds of buckets and quantiles as Prometheus and OpenMetrics write them.
enum NumberText {
    /// A bucket's bound as the `le` label: `0.005`, `1.0` (or `1`, if `fraction` is false), `1e+06`, `+Inf`.
    ///
    /// A label is compared as text, so every exposer must write a bound alike: the shortest digits, with an exponent
    /// below 1e-4 and from 1e6 on. Source: OpenMetrics 1.0, "Considerations: Canonical Numbers"; Go's `%g`.
    static func bound(_ value: Double, fraction: Bool) -> String {
        if let special = special(value) { return special }
        guard abs(value) >= 1e6 else {
            let text = value.description
            return !fraction && text.hasSuffix(".0") ? String(text.dropLast(2)) : text
        }
        return exponential(value)
    }

    private static func special(_ value: Double) -> String? {
        if value.isNaN { return "NaN" }
        guard value.isInfinite else { return nil }
        return value < 0 ? "-Inf" : "+Inf"
    }

    /// Rewrites what Swift prints in full, `1234567.5`, as mantissa and exponent, `1.2345675e+06`.
    private static func exponential(_ value: Double) -> String {
        let text = value.magnitude.description
        guard !text.contains("e"), let point = text.firstIndex(of: ".") else { return value.description }
        let exponent = text.distance(from: text.startIndex, to: point) - 1
        var digits = Substring(text.filter { $0 != "." })
        while digits.count > 1, digits.last == "0" { digits.removeLast() }
        let mantissa = digits.prefix(1) + (digits.count > 1 ? "." : "") + digits.dropFirst()
        return "\(value < 0 ? "-" : "")\(mantissa)e+\(exponent < 10 ? "0" : "")\(exponent)"
    }
}
