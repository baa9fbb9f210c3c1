/// The numeric columns of a file of comma-separated values without quotes.
struct Columns {
    /// The values of each column; a column with a field that is no number is left out.
    let values: [String: [Double]]

    init(_ file: some Collection<UInt8>) {
        let text = String(decoding: file, as: UTF8.self)
        let rows = text.split(whereSeparator: \.isNewline).map {
            $0.split(separator: ",", omittingEmptySubsequences: false)
        }
        var values: [String: [Double]] = [:]
        for (place, name) in rows[0].enumerated() {
            let numbers = rows.dropFirst().compactMap { Double($0[place]) }
            if numbers.count == rows.count - 1 { values[String(name)] = numbers }
        }
        self.values = values
    }
}
