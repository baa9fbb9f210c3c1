/// Which series a family has, in order, and the text of each, ready to be copied.
///
/// It is made once for a set of series and shared by all pages that expose them; who meets the same layout again knows,
/// without looking, that the same series are meant.
final class SeriesLayout: Sendable {
    let descriptor: Descriptor
    /// The label values of each series, ascending.
    let labels: [[String]]
    /// When each series began; empty if none says so.
    let created: [Double?]
    /// How many numbers make up a series.
    let stride: Int
    /// Whether a series is a single line of its name, its labels and a number.
    let isPlain: Bool
    /// The texts of all series, one after another: `name{a="b"} ` of plain ones, `a="b",` of the others.
    let text: [UInt8]
    /// Where each series' text ends.
    let ends: [Int]
    /// What follows the labels in the lines of a series that has several: `le="1"} `, in text and in OpenMetrics.
    let tails: (text: [[UInt8]], openMetrics: [[UInt8]])
    private let knownTemplate = Guarded<LineTemplate?>(nil)

    init(_ descriptor: Descriptor, labels: [[String]], created: [Double?] = []) {
        self.descriptor = descriptor
        self.labels = labels
        self.created = created
        stride = descriptor.kind.stride
        isPlain = descriptor.kind.isPlain
        var text: [UInt8] = []
        var ends: [Int] = []
        ends.reserveCapacity(labels.count)
        let pieces = descriptor.labels.map { Array("\($0)=\"".utf8) }
        for values in labels {
            if isPlain {
                text += descriptor.name.utf8
                if !values.isEmpty { text.append(UInt8(ascii: "{")) }
            }
            for (position, (piece, value)) in zip(pieces, values).enumerated() {
                if isPlain && position > 0 { text.append(UInt8(ascii: ",")) }
                text += piece
                text.appendEscaped(value, quotes: true)
                text.append(UInt8(ascii: "\""))
                if !isPlain { text.append(UInt8(ascii: ",")) }
            }
            if isPlain { text += (values.isEmpty ? " " : "} ").utf8 }
            ends.append(text.count)
        }
        self.text = text
        self.ends = ends
        tails = (descriptor.tails(fraction: false), descriptor.tails(fraction: true))
    }

    /// How the lines are compressed if they are single ones, worked out at the first call; nil if they cannot be.
    var template: LineTemplate? {
        knownTemplate.withLock { known in
            if known == nil { known = LineTemplate(self) }
            return known
        }
    }

    /// Where the text of a series stands.
    func range(of row: Int) -> Range<Int> {
        (row == 0 ? 0 : ends[row - 1])..<ends[row]
    }

    /// More bytes than a row range takes up in any format, exemplars aside.
    func bound(_ rows: Range<Int>) -> Int {
        guard let last = rows.last else { return 0 }
        let text = ends[last] - range(of: rows.lowerBound).lowerBound
        let tail = tails.openMetrics.reduce(0) { max($0, $1.count) }
        let name = descriptor.name.utf8.count + descriptor.labels.reduce(64) { $0 + $1.utf8.count + 8 }
        let lines = tails.openMetrics.count + 4
        return isPlain
            ? (text + rows.count * 40) * (created.isEmpty ? 1 : 2) + rows.count * (name - descriptor.name.utf8.count)
            : text * lines + rows.count * lines * (name + tail + 40)
    }
}

extension Descriptor.Kind {
    /// Whether a series is a single number.
    var isPlain: Bool {
        switch self {
        case .counter, .gauge, .info, .unknown: true
        case .histogram, .nativeHistogram, .gaugeHistogram, .summary, .stateSet: false
        }
    }

    /// How many numbers make up a series: a value; counts and the sum; the count, the sum and quantiles; a bit set.
    var stride: Int {
        switch self {
        case .counter, .gauge, .info, .unknown, .stateSet: 1
        case .histogram(let buckets), .nativeHistogram(let buckets), .gaugeHistogram(let buckets): buckets.count + 2
        case .summary(let quantiles): quantiles.count + 2
        }
    }
}

extension Descriptor {
    /// What follows the labels in those lines of a series that have a label of their own.
    fileprivate func tails(fraction: Bool) -> [[UInt8]] {
        func number(_ label: String, _ values: [Double]) -> [[UInt8]] {
            values.map { Array("\(label)=\"\(NumberText.bound($0, fraction: fraction))\"} ".utf8) }
        }
        switch kind {
        case .counter, .gauge, .info, .unknown: return []
        case .histogram, .nativeHistogram, .gaugeHistogram: return number("le", buckets + [.infinity])
        case .summary(let quantiles): return number("quantile", quantiles)
        case .stateSet(let states):
            return states.map { state in
                var tail = Array("\(name)=\"".utf8)
                tail.appendEscaped(state, quotes: true)
                return tail + Array("\"} ".utf8)
            }
        }
    }
}

extension [UInt8] {
    /// Appends a text with backslashes and line ends escaped, and quotes too where they would end it.
    mutating func appendEscaped(_ text: String, quotes: Bool) {
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\\"): self += [UInt8(ascii: "\\"), UInt8(ascii: "\\")]
            case UInt8(ascii: "\n"): self += [UInt8(ascii: "\\"), UInt8(ascii: "n")]
            case UInt8(ascii: "\"") where quotes: self += [UInt8(ascii: "\\"), UInt8(ascii: "\"")]
            default: append(byte)
            }
        }
    }
}
