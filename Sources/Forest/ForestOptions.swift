/// How a forest is grown.
public struct ForestOptions: Sendable, Hashable {
    /// Where a node is divided.
    public enum SplitRule: UInt8, Sendable, Hashable, CaseIterable {
        /// At the best boundary of each feature that is tried (Breiman, "Random forests", 2001).
        case best
        /// At one random boundary of each feature that is tried (Geurts, Ernst and Wehenkel, "Extremely randomized
        /// trees", 2006).
        case random
    }

    /// Number of trees, 1 to 100,000.
    public var trees: Int
    /// Longest path from the root to a leaf, 1 to 64 splits.
    public var maximumDepth: Int
    /// Fewest distinct training rows in a leaf, at least 1; a row that the bootstrap drew twice counts once, as in
    /// scikit-learn.
    public var minimumLeaf: Int
    /// Features tried at each split, 1 to the number of features; nil leaves it to ``featureShare``.
    public var featuresPerSplit: Int?
    /// Whether each tree sees a bootstrap sample (drawn with replacement) or every row at most once.
    public var bootstrap: Bool
    /// Where all randomness comes from: equal seeds and data give equal forests.
    public var seed: UInt64
    /// Trees grown at the same time, at least 1; has no influence on the forest.
    public var threads: Int
    /// Features tried at each split as a share of all, above 0 to 1, rounded down, at least one.
    ///
    /// Nil stands for the square root of their number. Used where ``featuresPerSplit`` is nil.
    public var featureShare: Double?
    /// Rows drawn for each tree as a share of all, above 0 to 1.
    public var sampleShare: Double
    /// What a row of each class weighs in splits and leaves, each above 0; nil stands for equal weights.
    ///
    /// Only for classification.
    public var classWeights: [Double]?
    /// Where a node is divided.
    public var splitRule: SplitRule
    /// Whether every distinct value can be a boundary, up to 65,534 of them, rather than those of 254 bins; slower where
    /// a feature has more than 254 distinct values, and the same where none has.
    public var exactSplits: Bool

    /// Whether the rows that the samples left out are forecast, at the cost of a tenth of the time or so.
    public var outOfBag: Bool

    /// Makes options; ``validate()`` says whether they can be used.
    public init(
        trees: Int = 200, maximumDepth: Int = 12, minimumLeaf: Int = 20, featuresPerSplit: Int? = nil,
        bootstrap: Bool = true, seed: UInt64 = 0, threads: Int = 1, featureShare: Double? = nil,
        sampleShare: Double = 1, classWeights: [Double]? = nil, splitRule: SplitRule = .best, exactSplits: Bool = false,
        outOfBag: Bool = true
    ) {
        self.trees = trees
        self.maximumDepth = maximumDepth
        self.minimumLeaf = minimumLeaf
        self.featuresPerSplit = featuresPerSplit
        self.bootstrap = bootstrap
        self.seed = seed
        self.threads = threads
        self.featureShare = featureShare
        self.sampleShare = sampleShare
        self.classWeights = classWeights
        self.splitRule = splitRule
        self.exactSplits = exactSplits
        self.outOfBag = outOfBag
    }

    /// Throws ``ForestError/invalidOption(name:value:expected:)`` for the first option outside of its range.
    public func validate() throws(ForestError) {
        try check("trees", trees, 1...100_000)
        try check("maximumDepth", maximumDepth, 1...64)
        try check("minimumLeaf", minimumLeaf, 1...Int(Int32.max))
        try check("featuresPerSplit", featuresPerSplit ?? 1, 1...TrainingSet.featureLimit)
        try check("threads", threads, 1...1024)
        try checkShare("featureShare", featureShare ?? 1)
        try checkShare("sampleShare", sampleShare)
        for weight in classWeights ?? [] where !(weight > 0 && weight <= 1e9) {
            throw .invalidOption(name: "classWeights", value: "\(weight)", expected: "above 0 to 1e9")
        }
    }

    /// Throws for the first option that does not suit the shape of a training set; nil stands for no classes.
    func validate(features: Int, classes: Int?) throws(ForestError) {
        try validate()
        try check("featuresPerSplit", featuresTried(of: features), 1...features)
        guard let weights = classWeights, weights.count != classes else { return }
        throw .invalidOption(
            name: "classWeights", value: "\(weights.count) weights",
            expected: classes.map { "\($0) weights" } ?? "none in a regression")
    }

    /// Whether there are out-of-bag forecasts.
    var leavesRowsOut: Bool { outOfBag && (bootstrap || sampleShare < 1) }

    /// How many of `features` features a split tries.
    func featuresTried(of features: Int) -> Int {
        featuresPerSplit ?? max(1, Int(featureShare.map { $0 * Double(features) } ?? Double(features).squareRoot()))
    }

    private func check(_ name: String, _ value: Int, _ range: ClosedRange<Int>) throws(ForestError) {
        guard range.contains(value) else {
            throw .invalidOption(name: name, value: "\(value)", expected: "\(range.lowerBound) to \(range.upperBound)")
        }
    }

    private func checkShare(_ name: String, _ value: Double) throws(ForestError) {
        guard value > 0 && value <= 1 else {
            throw .invalidOption(name: name, value: "\(value)", expected: "above 0 to 1")
        }
    }
}
