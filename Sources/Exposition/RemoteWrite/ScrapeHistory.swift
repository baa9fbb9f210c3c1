/// What successive pages of one agent said, read back from the pages themselves: families, series, and their values.
///
/// It reads the OpenMetrics pages that this package writes, and no others. Exemplars are left out.
public struct ScrapeHistory: Sendable {
    /// A series, with the labels that a scraper would have added.
    public struct Series: Sendable {
        /// The family that it belongs to, as a position in ``families``.
        public let family: Int
        /// Name and labels as in the text format.
        public let text: String
        /// Name, as `__name__`, and labels, sorted by name.
        public let labels: [RemoteWriteRequest.Label]
    }

    /// A family: its name and the comment lines that say what it is.
    public struct Family: Sendable {
        /// The name, for a counter without `_total`.
        public let name: String
        /// `# HELP`, `# TYPE` and, where there is one, `# UNIT`, in the order of the page.
        public fileprivate(set) var head: [String]
    }

    /// A value of a series, by its position in ``series``.
    public typealias Value = (series: Int, value: Double)

    /// Every family so far.
    public private(set) var families: [Family] = []
    /// Every series so far.
    public private(set) var series: [Series] = []
    private var familyPositions: [String: Int] = [:]
    private var seriesPositions: [ArraySlice<UInt8>: Int] = [:]
    private let target: [RemoteWriteRequest.Label]
    private let isWanted: @Sendable (String) -> Bool

    /// Makes a history without pages.
    ///
    /// - Parameters:
    ///   - job: The label that a scraper gives every series.
    ///   - instance: The other one.
    ///   - isWanted: Whether a family is kept, by its name.
    public init(job: String, instance: String, isWanted: @escaping @Sendable (String) -> Bool = { _ in true }) {
        target = [.init(name: "instance", value: instance), .init(name: "job", value: job)]
        self.isWanted = isWanted
    }

    /// Reads a page.
    ///
    /// - Parameter page: The bytes of an OpenMetrics page.
    /// - Returns: Every value on it.
    public mutating func read(_ page: [UInt8]) -> [Value] {
        var values: [Value] = []
        var family: Int?
        for line in page.split(separator: UInt8(ascii: "\n")) {
            if line.first == UInt8(ascii: "#") {
                family = note(String(decoding: line, as: UTF8.self))
            } else if let family, let value = sample(line, of: family) {
                values.append(value)
            }
        }
        return values
    }

    /// Takes a comment line, and returns the family that it is about; nil for one that is not wanted, and for the end.
    private mutating func note(_ line: String) -> Int? {
        let words = line.split(separator: " ", maxSplits: 3)
        guard words.count >= 3, isWanted(String(words[2])) else { return nil }
        let name = String(words[2])
        guard let position = familyPositions[name] else {
            familyPositions[name] = families.count
            families.append(Family(name: name, head: [line]))
            return families.count - 1
        }
        if !families[position].head.contains(line) { families[position].head.append(line) }
        return position
    }

    private mutating func sample(_ line: ArraySlice<UInt8>, of family: Int) -> Value? {
        let (name, rest) = SeriesText.split(line)
        guard let value = Double(String(decoding: rest, as: UTF8.self)) else { return nil }
        if let position = seriesPositions[name] { return (position, value) }
        let labels = (SeriesText.labels(of: name) + target).sorted { $0.name < $1.name }
        series.append(Series(family: family, text: SeriesText.text(of: labels), labels: labels))
        // A copy: the slice would keep its whole page.
        seriesPositions[ArraySlice(Array(name))] = series.count - 1
        return (series.count - 1, value)
    }
}
