/// A page in the text format, as series and their values.
struct MetricsPage: Sendable {
    private let values: [Substring: Double]

    init(_ text: String) {
        var values: [Substring: Double] = [:]
        for line in text.split(separator: "\n") where !line.hasPrefix("#") {
            guard let blank = line.lastIndex(of: " ") else { continue }
            values[line[..<blank]] = Double(line[line.index(after: blank)...])
        }
        self.values = values
    }

    /// The value of a series written as on the page, `name{label="value"}`; nil if it is absent.
    subscript(_ series: String) -> Double? { values[series[...]] }

    /// The sum over all series of a family; 0 if it has none.
    func sum(_ family: String) -> Double {
        values.reduce(0) { $1.key.prefix { $0 != "{" } == family ? $0 + $1.value : $0 }
    }
}
