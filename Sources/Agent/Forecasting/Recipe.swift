internal import Football
internal import Forest

/// What a forecaster is made of and how.
struct Recipe: Sendable, Hashable {
    /// What it learns from.
    enum Columns: Sendable, Hashable {
        /// A set that is known before kick-off.
        case known(FeatureSet)
        /// The seed's columns of the same match: a benchmark that cannot serve.
        case seedAfterTheMatch

        /// Its name where people choose it.
        var name: String {
            switch self {
            case .known(let set): set.rawValue
            case .seedAfterTheMatch: "seed15-post"
            }
        }

        init?(name: String) {
            if name == Columns.seedAfterTheMatch.name { self = .seedAfterTheMatch; return }
            guard let set = FeatureSet(rawValue: name) else { return nil }
            self = .known(set)
        }

        /// Every name.
        static let names = FeatureSet.allCases.map(\.rawValue) + [Columns.seedAfterTheMatch.name]
    }

    var columns: Columns
    var trees: Int
    var maximumDepth: Int
    var minimumLeaf: Int
    /// Share of the features that a split tries; nil stands for the square root of their number.
    var featureShare: Double?
    /// How many matches the assumption weighs that the market is right, where the forest learns from results.
    var shrinkage: Double
    /// The same where it learns from closing odds, of which a few matches say more than hundreds of results; nil if it
    /// always learns from results.
    var closingShrinkage: Double?
    var seed: UInt64
    var threads: Int

    /// The recipe that serves unless the settings say otherwise.
    static let served = Recipe(.known(.market))

    /// The options that did best on the seasons 2013/14 to 2020/21, forecast block by block.
    ///
    /// What was tried there and what came of it is in <doc:ServedForecast>.
    init(_ columns: Columns, seed: UInt64 = 1, threads: Int = 1) {
        self.columns = columns
        self.seed = seed
        self.threads = threads
        shrinkage = 800
        closingShrinkage = columns == .known(.market) ? 50 : nil
        switch columns {
        case .known(.market): (trees, maximumDepth, minimumLeaf, featureShare) = (200, 64, 50, 0.4)
        case .known(.odds): (trees, maximumDepth, minimumLeaf, featureShare) = (200, 64, 100, 0.4)
        case .known(.seed15): (trees, maximumDepth, minimumLeaf, featureShare) = (200, 10, 50, nil)
        case .known(.noOdds), .seedAfterTheMatch:
            (trees, maximumDepth, minimumLeaf, featureShare) = (100, 10, 1, nil)
        }
    }

    /// What its forecasts start from before the forest says by how much to move them; nil where they start from
    /// nothing.
    var base: String? {
        switch columns {
        case .known(.market), .known(.odds): Fixture.consensusName
        case .known(.seed15), .known(.noOdds), .seedAfterTheMatch: nil
        }
    }

    /// How its forest is grown.
    var forest: ForestOptions {
        ForestOptions(
            trees: trees, maximumDepth: maximumDepth, minimumLeaf: minimumLeaf, seed: seed, threads: threads,
            featureShare: featureShare)
    }
}
