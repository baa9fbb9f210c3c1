/// Writes families as a page that a scraper reads.
public enum ExpositionEncoder {
    /// Encodes families in the order given; those without series are left out, their HELP and TYPE too.
    ///
    /// The families must be as ``Registry/gather()`` returns them: validated, and no series twice.
    ///
    /// - Parameters:
    ///   - families: What to expose.
    ///   - format: How; the HTTP answer carries its ``ExpositionFormat/contentType``.
    /// - Returns: The page; in the text formats UTF-8, every line ended by LF.
    public static func encode(_ families: [Family], as format: ExpositionFormat) -> [UInt8] {
        page(families.map { $0.arrangedNow() }, format, isCompressed: false, former: nil).bytes
    }

    /// Makes a page of arranged families; see ``PageEncoder/page(of:isCompressed:former:)``.
    static func page(
        _ families: [ArrangedSeries], _ format: ExpositionFormat, isCompressed: Bool, former: Page?
    ) -> Page {
        switch format {
        case .text, .openMetrics1, .openMetrics001:
            PageEncoder(writer: TextWriter(isOpenMetrics: format != .text), format: format)
                .page(of: families, isCompressed: isCompressed, former: former)
        case .protobuf:
            PageEncoder(writer: ProtobufWriter(), format: format)
                .page(of: families, isCompressed: isCompressed, former: former)
        }
    }
}
