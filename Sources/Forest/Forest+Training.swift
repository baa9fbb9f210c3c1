extension Forest {
    /// Grows a forest.
    ///
    /// Runs on the caller's preferred task executor, spread over child tasks. Each tree's randomness comes from the seed
    /// and the tree's number alone, so equal data and options give equal ``bytes`` for any number of threads.
    ///
    /// - Parameters:
    ///   - set: What to learn from.
    ///   - options: How to grow.
    ///   - progress: Is called after each tree with the number of trees finished so far.
    /// - Returns: The forest, with its out-of-bag scores if there was a bootstrap.
    /// - Throws: ``ForestError/invalidOption(name:value:expected:)`` before any work, or ``ForestError/cancelled`` soon
    ///   after the task was cancelled; trees already begun are finished first.
    @concurrent
    public static func train(
        _ set: TrainingSet, options: ForestOptions, progress: @Sendable (Int) -> Void = { _ in }
    ) async throws(ForestError) -> Forest {
        try options.validate()
        guard options.featuresTried(of: set.features) <= set.features else {
            throw .invalidOption(
                name: "featuresPerSplit", value: options.featuresTried(of: set.features),
                expected: "1 to \(set.features)")
        }
        let binned = try await BinnedSet(set, threads: options.threads)
        let grown = try await boundedMap(options.trees, limit: options.threads, finished: progress) { index in
            TreeGrower(binned, options: options, index: index).grow()
        }
        var decrease = [Double](repeating: 0, count: set.features)
        for tree in grown {
            for feature in decrease.indices { decrease[feature] += tree.impurityDecrease[feature] }
        }
        let total = decrease.reduce(0, +)
        return Forest(
            featureNames: set.featureNames, classes: set.classes, options: options,
            outOfBag: try await OutOfBagEstimate(of: grown, on: binned, threads: options.threads),
            featureImportance: total > 0 ? decrease.map { $0 / total } : decrease,
            edges: binned.edges, trees: grown.map(\.tree))
    }
}
