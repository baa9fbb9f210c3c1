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
    /// - Returns: The forest, with its out-of-bag scores if the trees' samples left rows out.
    /// - Throws: ``ForestError/invalidOption(name:value:expected:)`` before any work, or ``ForestError/cancelled`` soon
    ///   after the task was cancelled.
    @concurrent
    public static func train(
        _ set: TrainingSet, options: ForestOptions, progress: @Sendable (Int) -> Void = { _ in }
    ) async throws(ForestError) -> Forest {
        try await trainWithForecasts(set, options: options, progress: progress).forest
    }

    /// Grows a forest as ``train(_:options:progress:)`` does and keeps what it forecasts for its own training rows.
    ///
    /// - Parameters:
    ///   - set: What to learn from.
    ///   - options: How to grow.
    ///   - progress: Is called after each tree with the number of trees finished so far.
    /// - Returns: The forest, and its out-of-bag forecasts if the trees' samples left rows out.
    /// - Throws: ``ForestError/invalidOption(name:value:expected:)`` before any work, or ``ForestError/cancelled`` soon
    ///   after the task was cancelled.
    @concurrent
    public static func trainWithForecasts(
        _ set: TrainingSet, options: ForestOptions, progress: @Sendable (Int) -> Void = { _ in }
    ) async throws(ForestError) -> (forest: Forest, outOfBag: OutOfBagForecasts?) {
        try options.validate(features: set.features, classes: set.classes)
        return options.exactSplits
            ? try await train(set, BinnedTable<UInt16>(set.table, threads: options.threads), options, progress)
            : try await train(set, BinnedTable<UInt8>(set.table, threads: options.threads), options, progress)
    }

    private static func train<Code>(
        _ set: TrainingSet, _ table: BinnedTable<Code>, _ options: ForestOptions, _ progress: (Int) -> Void
    ) async throws(ForestError) -> (forest: Forest, outOfBag: OutOfBagForecasts?) {
        let growth =
            switch set.classes {
            case ...3: try await grow(set, table, options, by: WideClassTally<SIMD4<UInt32>>.self, progress)
            case ...15: try await grow(set, table, options, by: WideClassTally<SIMD16<UInt32>>.self, progress)
            default: try await grow(set, table, options, by: WideClassTally<SIMD64<UInt32>>.self, progress)
            }
        let frequencies = frequencies(growth.trees.records, weights: options.classWeights)
        var forecasts: OutOfBagForecasts?
        if options.leavesRowsOut {
            forecasts = OutOfBagForecasts(
                width: set.classes,
                values: try await growth.outOfBagMeans(table, frequencies, threads: options.threads))
        }
        let estimate = forecasts.flatMap { OutOfBagEstimate($0, labels: set.labels) }
        let forest = Forest(
            featureNames: set.featureNames, classes: set.classes, options: options, outOfBag: estimate,
            featureImportance: growth.importance, edges: growth.edges, trees: growth.trees, frequencies: frequencies)
        return (forest, estimate == nil ? nil : forecasts)
    }

    private static func grow<Code, Count: Tally>(
        _ set: TrainingSet, _ table: BinnedTable<Code>, _ options: ForestOptions, by count: Count.Type,
        _ progress: (Int) -> Void
    ) async throws(ForestError) -> Growth where Count.Evidence == UInt8 {
        try await Growth(
            table, options, by: count, labels: set.labels.map(UInt8.init), recordWidth: set.classes,
            progress: progress, evidence: { _ in [] })
    }
}
