/// Writes families as a page that a scraper reads.
public enum ExpositionEncoder {
    /// Encodes families in the order given; those without series are left out, their HELP and TYPE too.
    ///
    /// The families must be as ``Registry/gather()`` returns them: validated, and no series twice.
    ///
    /// Sources: Prometheus, "Exposition formats", text-based format; OpenMetrics 1.0, "Text format".
    ///
    /// - Parameters:
    ///   - families: What to expose.
    ///   - format: How; the HTTP answer carries its ``ExpositionFormat/contentType``.
    /// - Returns: UTF-8, every line ended by LF.
    public static func encode(_ families: [Family], as format: ExpositionFormat) -> [UInt8] {
        var page = PageWriter(format: format)
        for family in families where !family.series.isEmpty { page.write(family) }
        return page.finished()
    }
}
