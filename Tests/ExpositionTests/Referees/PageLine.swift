/// A sample as it stands in a page.
struct PageSample {
    struct Exemplar {
        let labels: [(name: String, value: String)]
        let value: Double
        let timestamp: Double?
    }

    let line: Int
    let name: String
    let labels: [(name: String, value: String)]
    let value: Double
    let exemplar: Exemplar?

    /// The labels without one, by their bytes: texts that only look alike are different.
    func labels(without left: String?) -> [String: [UInt8]] {
        Dictionary(labels.filter { $0.name != left }.map { ($0.name, Array($0.value.utf8)) }) { first, _ in first }
    }
}

/// Takes a line of a page apart, and allows nothing that the formats do not.
struct PageLine {
    private let number: Int
    private let isOpenMetrics: Bool
    private var rest: ArraySlice<UInt8>

    init(_ line: ArraySlice<UInt8>, number: Int, isOpenMetrics: Bool) {
        rest = line
        self.number = number
        self.isOpenMetrics = isOpenMetrics
    }

    /// Reads a name and its labels, the value, and what may follow it.
    mutating func sample() throws(PageFault) -> PageSample {
        let name = try name(colons: true)
        let labels = rest.first == UInt8(ascii: "{") ? try labels() : []
        try skip(" ")
        let value = try value()
        var exemplar: PageSample.Exemplar?
        if isOpenMetrics, rest.first == UInt8(ascii: " ") {
            for byte in " # ".unicodeScalars { try skip(byte) }
            exemplar = try self.exemplar()
        }
        guard rest.isEmpty else { throw fault(.rest) }
        return PageSample(line: number, name: name, labels: labels, value: value, exemplar: exemplar)
    }

    private mutating func exemplar() throws(PageFault) -> PageSample.Exemplar {
        guard rest.first == UInt8(ascii: "{") else { throw fault(.exemplar) }
        let labels = try labels()
        let length = labels.reduce(0) { $0 + $1.name.unicodeScalars.count + $1.value.unicodeScalars.count }
        guard length <= 128 else { throw fault(.exemplar) }
        try skip(" ")
        let value = try value()
        guard rest.first == UInt8(ascii: " ") else { return .init(labels: labels, value: value, timestamp: nil) }
        try skip(" ")
        let timestamp = try self.value()
        guard timestamp.isFinite else { throw fault(.exemplar) }
        return .init(labels: labels, value: value, timestamp: timestamp)
    }

    /// Reads a metric's name, or a label's, which has no colons.
    mutating func name(colons: Bool) throws(PageFault) -> String {
        let name = rest.prefix { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                true
            default: colons && byte == UInt8(ascii: ":")
            }
        }
        guard let first = name.first, !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) else {
            throw fault(colons ? .name : .label)
        }
        rest = rest.dropFirst(name.count)
        return String(decoding: name, as: UTF8.self)
    }

    private mutating func labels() throws(PageFault) -> [(name: String, value: String)] {
        var labels: [(name: String, value: String)] = []
        try skip("{")
        while rest.first != UInt8(ascii: "}") {
            if !labels.isEmpty { try skip(",") }
            let name = try name(colons: false)
            guard !labels.contains(where: { $0.name == name }) else { throw fault(.labelTwice) }
            try skip("=")
            try skip("\"")
            labels.append((name, try text(until: UInt8(ascii: "\""), escaped: "\"\\n")))
        }
        try skip("}")
        return labels
    }

    /// Reads a text and what ends it, or the rest of the line if nothing does.
    mutating func text(until end: UInt8?, escaped: String) throws(PageFault) -> String {
        var text: [UInt8] = []
        while let byte = rest.popFirst() {
            if byte == end { return String(decoding: text, as: UTF8.self) }
            if byte == UInt8(ascii: "\"") && escaped.utf8.contains(byte) { throw fault(.escape) }
            guard byte == UInt8(ascii: "\\") else {
                text.append(byte)
                continue
            }
            guard let next = rest.popFirst(), escaped.utf8.contains(next) || next == UInt8(ascii: "\\") else {
                throw fault(.escape)
            }
            text.append(next == UInt8(ascii: "n") ? UInt8(ascii: "\n") : next)
        }
        guard end == nil else { throw fault(.label) }
        return String(decoding: text, as: UTF8.self)
    }

    /// Reads a number up to the next blank.
    private mutating func value() throws(PageFault) -> Double {
        let text = rest.prefix { $0 != UInt8(ascii: " ") }
        rest = rest.dropFirst(text.count)
        switch String(decoding: text, as: UTF8.self) {
        case "NaN": return .nan
        case "+Inf": return .infinity
        case "-Inf": return -.infinity
        case let decimal:
            // Swift also reads hexadecimals and words.
            guard decimal.utf8.allSatisfy({ "0123456789.+-e".utf8.contains($0) }), let value = Double(decimal) else {
                throw fault(.number)
            }
            return value
        }
    }

    mutating func skip(_ wanted: Unicode.Scalar) throws(PageFault) {
        guard rest.popFirst() == UInt8(ascii: wanted) else { throw fault(.rest) }
    }

    private func fault(_ rule: PageFault.Rule) -> PageFault { PageFault(line: number, rule: rule) }
}
