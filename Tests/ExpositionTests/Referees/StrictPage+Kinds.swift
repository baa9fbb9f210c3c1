extension StrictPage.Family {
    var isHistogram: Bool { kind == "histogram" || kind == "gaugehistogram" }

    /// The label by which the lines of one series differ.
    private var ownLabel: String? {
        switch kind {
        case "histogram", "gaugehistogram": "le"
        case "summary": "quantile"
        case "stateset": name
        default: nil
        }
    }

    /// Whether a sample may have this name.
    func allows(_ sample: String, isOpenMetrics: Bool) -> Bool {
        let suffixes =
            switch (kind, isOpenMetrics) {
            case ("counter", true): ["_total", "_created"]
            case ("info", true): ["_info"]
            case ("histogram", _): ["_bucket", "_sum", "_count"] + (isOpenMetrics ? ["_created"] : [])
            case ("gaugehistogram", _): ["_bucket", "_gsum", "_gcount"]
            case ("summary", _): ["", "_sum", "_count"] + (isOpenMetrics ? ["_created"] : [])
            default: [""]
            }
        return suffixes.contains { name + $0 == sample }
    }

    /// No series comes twice, and none goes on after another has begun.
    func checkSeries() throws(PageFault) {
        var lines: Set<[String: [UInt8]]> = []
        var series: Set<[String: [UInt8]]> = []
        var current: [String: [UInt8]]?
        for sample in samples {
            let isNew = lines.insert(sample.labels(without: nil).merging(["": Array(sample.name.utf8)]) { $1 }).inserted
            guard isNew else { throw PageFault(line: sample.line, rule: .seriesTwice) }
            let labels = sample.labels(without: ownLabel)
            if labels != current, !series.insert(labels).inserted {
                throw PageFault(line: sample.line, rule: .seriesApart)
            }
            current = labels
        }
    }

    /// Values, exemplars and the labels that a kind demands.
    func checkValue(of sample: PageSample, isOpenMetrics: Bool) throws(PageFault) {
        let suffix = sample.name.dropFirst(name.count)
        let isCount = ["_bucket", "_count", "_gcount"].contains(suffix)
        let own = sample.labels.first { $0.name == ownLabel }
        let hasOwn = suffix == "_bucket" || kind == "stateset" || kind == "summary" && suffix.isEmpty
        guard (own != nil) == hasOwn else { throw PageFault(line: sample.line, rule: .label) }
        let isAllowed =
            switch kind {
            case "counter": sample.value >= 0
            case "info": sample.value == 1
            case "stateset": sample.value == 0 || sample.value == 1
            case "summary" where isOpenMetrics: sample.value.isNaN ? suffix.isEmpty : sample.value >= 0
            default: true
            }
        let isWhole = sample.value >= 0 && sample.value == sample.value.rounded()
        guard isAllowed, !isCount || isWhole else { throw PageFault(line: sample.line, rule: .value) }
        if kind == "summary", let own, !(Double(own.value).map { (0...1).contains($0) } ?? false) {
            throw PageFault(line: sample.line, rule: .value)
        }
        let mayHaveExemplar = suffix == "_bucket" || kind == "counter" && suffix == "_total"
        guard sample.exemplar == nil || mayHaveExemplar else { throw PageFault(line: sample.line, rule: .exemplar) }
    }

    /// Buckets ascend to +Inf, their counts do not fall, and the count is that of the last.
    func checkHistograms(isOpenMetrics: Bool) throws(PageFault) {
        var rest = samples[...]
        while let first = rest.first {
            let labels = first.labels(without: "le")
            let series = rest.prefix { $0.labels(without: "le") == labels }
            rest = rest.dropFirst(series.count)
            try check(series, isOpenMetrics: isOpenMetrics)
        }
    }

    private func check(_ series: ArraySlice<PageSample>, isOpenMetrics: Bool) throws(PageFault) {
        var bound = -Double.infinity
        var count = 0.0
        var isFirst = true
        var hasNegative = false
        let buckets = series.filter { $0.name == name + "_bucket" }
        for bucket in buckets {
            let text = bucket.labels.first { $0.name == "le" }?.value ?? ""
            let isSpelt = !isOpenMetrics || text.contains { ".eI".contains($0) }
            guard isSpelt, let next = text == "+Inf" ? .infinity : Double(text), next > bound || isFirst else {
                throw PageFault(line: bucket.line, rule: .bucket)
            }
            guard bucket.value >= count else { throw PageFault(line: bucket.line, rule: .count) }
            (bound, count, isFirst, hasNegative) = (next, bucket.value, false, hasNegative || next < 0)
        }
        let line = series.first?.line ?? 0
        guard bound == .infinity else { throw PageFault(line: line, rule: .bucket) }
        let letter = kind == "gaugehistogram" ? "g" : ""
        let total = series.first { $0.name == name + "_\(letter)count" }
        let sum = series.first { $0.name == name + "_\(letter)sum" }
        guard (total == nil) == (sum == nil), total != nil || isOpenMetrics else {
            throw PageFault(line: line, rule: .sum)
        }
        if let total, total.value != count { throw PageFault(line: total.line, rule: .count) }
        if isOpenMetrics, let sum, kind == "histogram" ? !(sum.value >= 0) || hasNegative : sum.value.isNaN {
            throw PageFault(line: sum.line, rule: .sum)
        }
    }
}
