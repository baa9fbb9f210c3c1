extension ExpositionFormat {
    /// The best format for an `Accept` header, by RFC 9110: the most specific range sets a format's weight, and the
    /// highest weight wins.
    ///
    /// Where weights are equal, a format that is named goes before one that only `*/*` covers, and OpenMetrics 1.0.0
    /// before 0.0.1 before text before protocol buffers, which must be named exactly. Whoever takes anything (a browser, curl) is given text, which every tool can read.
    ///
    /// - Parameter accept: The header's value, several headers joined by commas; malformed clauses are ignored.
    /// - Returns: Text 0.0.4 if there is no header or it covers none of the formats.
    public static func negotiated(accept: String?) -> ExpositionFormat {
        guard let accept else { return .text }
        let ranges = MediaRange.clauses(of: accept)
        var best: (format: ExpositionFormat, offer: Offer)?
        for format in [ExpositionFormat.openMetrics1, .openMetrics001, .text, .protobuf] {
            guard let offer = Offer(of: format, to: ranges), offer.quality > 0 else { continue }
            if let best, !best.offer.isBeaten(by: offer, of: format) { continue }
            best = (format, offer)
        }
        return best?.format ?? .text
    }

    /// How welcome one format is.
    private struct Offer {
        let quality: Double
        let named: Bool

        init?(of format: ExpositionFormat, to ranges: [MediaRange]) {
            let matches = ranges.compactMap { range in
                range.specificity(for: format).map { (specificity: $0, quality: range.quality) }
            }
            guard let found = matches.max(by: <) else { return nil }
            quality = found.quality
            named = found.specificity > 0
        }

        func isBeaten(by other: Offer, of format: ExpositionFormat) -> Bool {
            if quality != other.quality { return quality < other.quality }
            if named != other.named { return other.named }
            return !named && format == .text
        }
    }
}
