extension ByteReader {
    mutating func options() throws(ForestError) -> ForestOptions {
        var options = ForestOptions()
        options.trees = Int(try integer(UInt32.self))
        options.maximumDepth = Int(try integer(UInt32.self))
        options.minimumLeaf = Int(try integer(UInt32.self))
        let featuresPerSplit = Int(try integer(UInt32.self))
        options.featuresPerSplit = featuresPerSplit == 0 ? nil : featuresPerSplit
        options.bootstrap = try integer(UInt8.self) != 0
        guard let rule = ForestOptions.SplitRule(rawValue: try integer()) else {
            throw .damagedBytes("unknown split rule")
        }
        options.splitRule = rule
        options.exactSplits = try integer(UInt8.self) != 0
        options.outOfBag = try integer(UInt8.self) != 0
        options.seed = try integer()
        let featureShare = try double()
        options.featureShare = featureShare == 0 ? nil : featureShare
        options.sampleShare = try double()
        var weights: [Double] = []
        for _ in 0..<(try count(ofSize: 8)) { weights.append(try double()) }
        options.classWeights = weights.isEmpty ? nil : weights
        return options
    }

    /// Throws if options are not valid for the shape of a forest.
    func check(_ options: ForestOptions, features: Int, classes: Int?) throws(ForestError) {
        do { try options.validate(features: features, classes: classes) } catch {
            throw .damagedBytes(error.description)
        }
    }

    /// Reads a number from 0 to 1.
    mutating func share() throws(ForestError) -> Double {
        let value = try double()
        guard (0...1).contains(value) else { throw .damagedBytes("\(value) is no share of 1") }
        return value
    }

    mutating func features() throws(ForestError) -> (names: [String], importance: [Double], edges: [BinEdges]) {
        let count = try count(ofSize: 16)
        guard (1...TrainingSet.featureLimit).contains(count) else { throw .damagedBytes("\(count) features") }
        var names: [String] = []
        var importance: [Double] = []
        var edges: [BinEdges] = []
        for _ in 0..<count {
            names.append(try text())
            importance.append(try share())
            edges.append(try self.edges())
        }
        guard Set(names).count == count else { throw .damagedBytes("feature names are not distinct") }
        return (names, importance, edges)
    }

    private mutating func edges() throws(ForestError) -> BinEdges {
        let count = try count(ofSize: 8)
        guard count < BinEdges.exactLimit else { throw .damagedBytes("\(count) bin edges") }
        var edges: [Double] = []
        edges.reserveCapacity(count)
        for _ in 0..<count {
            let edge = try double()
            guard edge.isFinite, edges.last.map({ $0 < edge }) ?? true else {
                throw .damagedBytes("bin edges do not ascend")
            }
            edges.append(edge)
        }
        return BinEdges(edges: edges)
    }

    mutating func outOfBag() throws(ForestError) -> OutOfBagEstimate? {
        guard let rows = Int(exactly: try integer(UInt64.self)) else { throw .damagedBytes("too many rows") }
        let accuracy = try share()
        let logLoss = try double()
        guard logLoss.isFinite, logLoss >= 0 else { throw .damagedBytes("log loss is \(logLoss)") }
        return rows == 0 ? nil : OutOfBagEstimate(rows: rows, accuracy: accuracy, logLoss: logLoss)
    }
}
