extension RegressionForest {
    /// Grows a forest.
    ///
    /// Runs on the caller's preferred task executor, spread over child tasks. Each tree's randomness comes from the seed
    /// and the tree's number alone, so equal data and options give equal ``bytes`` for any number of threads.
    ///
    /// - Parameters:
    ///   - set: What to learn from.
    ///   - options: How to grow; without class weights.
    ///   - progress: Is called after each tree with the number of trees finished so far.
    /// - Returns: The forest.
    /// - Throws: ``ForestError/invalidOption(name:value:expected:)`` or ``ForestError/invalidTrainingSet(_:)`` before any
    ///   work, or ``ForestError/cancelled`` soon after the task was cancelled.
    @concurrent
    public static func train(
        _ set: RegressionSet, options: ForestOptions, progress: @Sendable (Int) -> Void = { _ in }
    ) async throws(ForestError) -> RegressionForest {
        try await train(set, options: options, shrinkage: nil, progress: progress).forest
    }

    /// Grows a forest as ``train(_:options:progress:)`` does and keeps what it forecasts for its own training rows.
    ///
    /// - Parameters:
    ///   - set: What to learn from.
    ///   - options: How to grow; without class weights.
    ///   - shrinkage: Of the out-of-bag forecasts, as in ``predictions(_:shrinkage:)``.
    ///   - progress: Is called after each tree with the number of trees finished so far.
    /// - Returns: The forest, and its out-of-bag forecasts if the trees' samples left rows out.
    /// - Throws: ``ForestError/invalidOption(name:value:expected:)`` or ``ForestError/invalidTrainingSet(_:)`` before any
    ///   work, or ``ForestError/cancelled`` soon after the task was cancelled.
    @concurrent
    public static func trainWithForecasts(
        _ set: RegressionSet, options: ForestOptions, shrinkage: Double,
        progress: @Sendable (Int) -> Void = { _ in }
    ) async throws(ForestError) -> (forest: RegressionForest, outOfBag: OutOfBagForecasts?) {
        try check(shrinkage)
        return try await train(set, options: options, shrinkage: shrinkage, progress: progress)
    }

    private static func train(
        _ set: RegressionSet, options: ForestOptions, shrinkage: Double?, progress: (Int) -> Void
    ) async throws(ForestError) -> (forest: RegressionForest, outOfBag: OutOfBagForecasts?) {
        try options.validate(features: set.features, classes: nil)
        let limit = MomentTally<SIMD4<Double>>.rowLimit
        guard set.rows <= limit else { throw .invalidTrainingSet("more than \(limit) rows") }
        return options.exactSplits
            ? try await train(
                set, BinnedTable<UInt16>(set.table, threads: options.threads), options, shrinkage, progress)
            : try await train(
                set, BinnedTable<UInt8>(set.table, threads: options.threads), options, shrinkage, progress)
    }

    private static func train<Code>(
        _ set: RegressionSet, _ table: BinnedTable<Code>, _ options: ForestOptions, _ shrinkage: Double?,
        _ progress: (Int) -> Void
    ) async throws(ForestError) -> (forest: RegressionForest, outOfBag: OutOfBagForecasts?) {
        let growth =
            set.targets <= 3
            ? try await grow(set, table, options, SIMD4<Double>.self, progress)
            : try await grow(set, table, options, SIMD16<Double>.self, progress)
        var forecasts: OutOfBagForecasts?
        if let shrinkage, options.leavesRowsOut {
            forecasts = OutOfBagForecasts(
                width: set.targets,
                values: try await growth.outOfBagMeans(
                    table, values(growth.trees.records, shrinkage: shrinkage), threads: options.threads))
        }
        let forest = RegressionForest(
            featureNames: set.featureNames, targets: set.targets, options: options,
            featureImportance: growth.importance, edges: growth.edges, trees: growth.trees)
        return (forest, forecasts)
    }

    private static func grow<Code, Lanes: SIMD & BitwiseCopyable & Sendable>(
        _ set: RegressionSet, _ table: BinnedTable<Code>, _ options: ForestOptions, _ lanes: Lanes.Type,
        _ progress: (Int) -> Void
    ) async throws(ForestError) -> Growth where Lanes.Scalar == Double {
        let (values, width) = (set.values, set.targets)
        return try await Growth(
            table, options, by: MomentTally<Lanes>.self, labels: [], recordWidth: width + 1, progress: progress
        ) { sample in
            sample.times.indices.map { row in
                MomentTally<Lanes>.evidence(values[row * width..<(row + 1) * width], times: sample.times[row])
            }
        }
    }
}
