import Exposition

extension StrictPage {
    /// Every number of the page, as other readers tell them.
    var samples: [ExpectedSample] {
        families.flatMap { family in
            family.samples.flatMap { sample in
                var labels = Dictionary(sample.labels.map { ($0.name, $0.value) }) { first, _ in first }
                for name in ["le", "quantile"] where labels[name] != nil && family.kind != "stateset" {
                    labels[name] = labels[name].flatMap(Double.init).map { String($0.bitPattern, radix: 16) }
                }
                var all = [ExpectedSample(sample.name, labels, sample.value)]
                if let exemplar = sample.exemplar {
                    for label in exemplar.labels { labels["#" + label.name] = label.value }
                    all.append(ExpectedSample(sample.name + "#exemplar", labels, exemplar.value))
                    if let time = exemplar.timestamp {
                        all.append(ExpectedSample(sample.name + "#exemplar_time", labels, time))
                    }
                }
                return all
            }
        }
    }
}

extension ExpectedSample {
    /// All that it says, as bytes: texts that only look alike are different.
    var bytes: [UInt8] {
        let labels = self.labels.sorted { $0.key < $1.key }
        return Array(name.utf8) + [0] + labels.flatMap { Array($0.key.utf8) + [0] + Array($0.value.utf8) + [0] }
            + Array(value.utf8)
    }
}
