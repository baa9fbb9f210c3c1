/// How a forest is grown.
public struct ForestOptions: Sendable, Hashable {
    /// Number of trees, 1 to 100,000.
    public var trees: Int
    /// Longest path from the root to a leaf, 1 to 64 splits.
    public var maximumDepth: Int
    /// Fewest distinct training rows in a leaf, at least 1; a row that the bootstrap drew twice counts once, as in
    /// scikit-learn.
    public var minimumLeaf: Int
    /// Features tried at each split, 1 to the number of features; nil stands for the square root of that number.
    public var featuresPerSplit: Int?
    /// Whether each tree sees a bootstrap sample (as many rows, drawn with replacement) or every row once.
    public var bootstrap: Bool
    /// Where all randomness comes from: equal seeds and data give equal forests.
    public var seed: UInt64
    /// Trees grown at the same time, at least 1; has no influence on the forest.
    public var threads: Int

    /// Makes options; ``validate()`` says whether they can be used.
    public init(
        trees: Int = 200, maximumDepth: Int = 12, minimumLeaf: Int = 20, featuresPerSplit: Int? = nil,
        bootstrap: Bool = true, seed: UInt64 = 0, threads: Int = 1
    ) {
        self.trees = trees
        self.maximumDepth = maximumDepth
        self.minimumLeaf = minimumLeaf
        self.featuresPerSplit = featuresPerSplit
        self.bootstrap = bootstrap
        self.seed = seed
        self.threads = threads
    }

    /// Throws ``ForestError/invalidOption(name:value:expected:)`` for the first option outside of its range.
    public func validate() throws(ForestError) {
        try check("trees", trees, 1...100_000)
        try check("maximumDepth", maximumDepth, 1...64)
        try check("minimumLeaf", minimumLeaf, 1...Int(UInt32.max))
        try check("featuresPerSplit", featuresPerSplit ?? 1, 1...TrainingSet.featureLimit)
        try check("threads", threads, 1...1024)
    }

    /// How many of `features` features a split tries.
    func featuresTried(of features: Int) -> Int {
        featuresPerSplit ?? max(1, Int(Double(features).squareRoot()))
    }

    private func check(_ name: String, _ value: Int, _ range: ClosedRange<Int>) throws(ForestError) {
        guard range.contains(value) else {
            throw .invalidOption(name: name, value: value, expected: "\(range.lowerBound) to \(range.upperBound)")
        }
    }
}
