/// A page in text 0.0.4 or OpenMetrics, read by every rule of its format; the first that is broken ends the reading.
///
/// Sources: Prometheus, "Exposition formats"; OpenMetrics 1.0, "Text format" and "Overall structure".
struct StrictPage {
    /// A family, as the page describes it.
    struct Family {
        let name: String
        let line: Int
        var help: String?
        var kind: String?
        var unit: String?
        var samples: [PageSample] = []
    }

    private static let kinds: [Bool: Set<String>] = [
        false: ["counter", "gauge", "histogram", "summary", "untyped"],
        true: ["counter", "gauge", "histogram", "gaugehistogram", "summary", "info", "stateset", "unknown"],
    ]

    private let isOpenMetrics: Bool
    private(set) var families: [Family] = []

    /// Reads a page.
    init(_ page: [UInt8], isOpenMetrics: Bool) throws(PageFault) {
        self.isOpenMetrics = isOpenMetrics
        guard String(validating: page, as: UTF8.self) != nil else { throw PageFault(line: 1, rule: .utf8) }
        var lines = page.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        guard lines.popLast()?.isEmpty == true else { throw PageFault(line: lines.count + 1, rule: .lineEnd) }
        if isOpenMetrics {
            guard lines.popLast().map({ Array($0) }) == Array("# EOF".utf8) else {
                throw PageFault(line: lines.count + 1, rule: .ending)
            }
        }
        for (position, line) in lines.enumerated() { try read(line, position + 1) }
        try finish()
    }

    private mutating func read(_ line: ArraySlice<UInt8>, _ number: Int) throws(PageFault) {
        guard line.first == UInt8(ascii: "#") else {
            var reader = PageLine(line, number: number, isOpenMetrics: isOpenMetrics)
            let sample = try reader.sample()
            guard let family = families.last, family.kind != nil else { throw PageFault(line: number, rule: .kind) }
            guard family.allows(sample.name, isOpenMetrics: isOpenMetrics) else {
                throw PageFault(line: number, rule: .suffix)
            }
            families[families.count - 1].samples.append(sample)
            return
        }
        for keyword in ["HELP", "TYPE", "UNIT"] where line.starts(with: Array("# \(keyword) ".utf8)) {
            guard keyword != "UNIT" || isOpenMetrics else { break }
            var reader = PageLine(line.dropFirst(7), number: number, isOpenMetrics: isOpenMetrics)
            let name = try reader.name(colons: true)
            try reader.skip(" ")
            let escaped = keyword == "HELP" ? (isOpenMetrics ? "\"n" : "n") : ""
            return try describe(name, keyword, try reader.text(until: nil, escaped: escaped), number)
        }
        throw PageFault(line: number, rule: line.elementsEqual("# EOF".utf8) ? .ending : .comment)
    }

    private mutating func describe(
        _ name: String, _ keyword: String, _ text: String, _ line: Int
    ) throws(PageFault) {
        if families.last?.name != name {
            try finish()
            guard !families.contains(where: { $0.name == name }) else {
                throw PageFault(line: line, rule: .familyTwice)
            }
            families.append(Family(name: name, line: line))
        }
        let last = families.count - 1
        var isNew = families[last].samples.isEmpty
        switch keyword {
        case "HELP":
            isNew = isNew && families[last].help == nil
            families[last].help = text
        case "TYPE":
            guard Self.kinds[isOpenMetrics]?.contains(text) == true else { throw PageFault(line: line, rule: .kind) }
            isNew = isNew && families[last].kind == nil
            families[last].kind = text
        default:
            guard name.hasSuffix("_" + text) else { throw PageFault(line: line, rule: .unit) }
            isNew = isNew && families[last].unit == nil
            families[last].unit = text
        }
        guard isNew else { throw PageFault(line: line, rule: .metadata) }
    }

    /// Looks at the last family as a whole.
    private func finish() throws(PageFault) {
        guard let family = families.last else { return }
        guard family.kind != nil, family.help != nil else { throw PageFault(line: family.line, rule: .kind) }
        try family.checkSeries()
        for sample in family.samples {
            try family.checkValue(of: sample, isOpenMetrics: isOpenMetrics)
        }
        if family.isHistogram { try family.checkHistograms(isOpenMetrics: isOpenMetrics) }
    }
}
