/// Lines of the text formats: name and labels of a series, and what follows them.
enum SeriesText {
    /// Divides a line into name and labels, and the value; an exemplar behind it is left out.
    static func split(_ line: ArraySlice<UInt8>) -> (name: ArraySlice<UInt8>, value: ArraySlice<UInt8>) {
        var end = line.startIndex
        var isQuoted = false
        while end < line.endIndex, isQuoted || line[end] != UInt8(ascii: " ") {
            if line[end] == UInt8(ascii: "\"") { isQuoted.toggle() }
            end += line[end] == UInt8(ascii: "\\") ? 2 : 1
        }
        let rest = line[min(end + 1, line.endIndex)...]
        return (line[..<end], rest.prefix { $0 != UInt8(ascii: " ") })
    }

    /// Reads `name` or `name{label="value",...}`; the name is the label `__name__`.
    static func labels(of text: ArraySlice<UInt8>) -> [RemoteWriteRequest.Label] {
        let name = text.prefix { $0 != UInt8(ascii: "{") }
        var labels = [RemoteWriteRequest.Label(name: "__name__", value: String(decoding: name, as: UTF8.self))]
        var rest = text.dropFirst(name.count + 1)
        while let equals = rest.firstIndex(of: UInt8(ascii: "=")) {
            let label = String(decoding: rest[..<equals], as: UTF8.self)
            var value: [UInt8] = []
            var position = equals + 2
            while position < rest.endIndex, rest[position] != UInt8(ascii: "\"") {
                if rest[position] == UInt8(ascii: "\\"), position + 1 < rest.endIndex {
                    position += 1
                    value.append(rest[position] == UInt8(ascii: "n") ? UInt8(ascii: "\n") : rest[position])
                } else {
                    value.append(rest[position])
                }
                position += 1
            }
            labels.append(.init(name: label, value: String(decoding: value, as: UTF8.self)))
            // The quotation mark and the comma or brace.
            rest = rest[min(position + 2, rest.endIndex)...]
        }
        return labels
    }

    /// Writes what ``labels(of:)`` reads.
    static func text(of labels: [RemoteWriteRequest.Label]) -> String {
        let name = labels.first { $0.name == "__name__" }?.value ?? ""
        let pairs = labels.filter { $0.name != "__name__" }.map { label in
            var value: [UInt8] = []
            value.appendEscaped(label.value, quotes: true)
            return "\(label.name)=\"\(String(decoding: value, as: UTF8.self))\""
        }
        return pairs.isEmpty ? name : "\(name){\(pairs.joined(separator: ","))}"
    }
}
