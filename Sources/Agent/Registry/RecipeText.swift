internal import Football
internal import FoundationEssentials

/// A recipe as a model's row keeps it: JSON that people and later programs can read.
struct RecipeText: Codable {
    let trees: Int
    let maximumDepth: Int
    let minimumLeaf: Int
    let featureShare: Double?
    let shrinkage: Double
    /// Nil in models that learnt from results alone.
    let closingShrinkage: Double?
    /// What it starts from and the margin's removal there, as ``Recipe/base`` names it; nil in models from before it
    /// was kept.
    let base: String?

    private enum CodingKeys: String, CodingKey {
        case trees, shrinkage, base
        case maximumDepth = "maximum_depth"
        case minimumLeaf = "minimum_leaf"
        case featureShare = "feature_share"
        case closingShrinkage = "closing_shrinkage"
    }

    /// Writes a recipe's options; its seed and features have columns of their own.
    static func encode(_ recipe: Recipe) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let text = RecipeText(
            trees: recipe.trees, maximumDepth: recipe.maximumDepth, minimumLeaf: recipe.minimumLeaf,
            featureShare: recipe.featureShare, shrinkage: recipe.shrinkage,
            closingShrinkage: recipe.closingShrinkage, base: recipe.base)
        return (try? encoder.encode(text)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    }

    /// What a model's forecasts start from, as its options tell; nil if they do not.
    static func base(_ options: String) -> String? {
        (try? JSONDecoder().decode(RecipeText.self, from: Data(options.utf8)))?.base
    }

    /// The recipe that a model's row tells of; nil if it was made in a way that this program does not know.
    static func decode(_ options: String, featureSet: String, seed: UInt64) -> Recipe? {
        guard let set = FeatureSet(rawValue: featureSet),
            let text = try? JSONDecoder().decode(RecipeText.self, from: Data(options.utf8))
        else { return nil }
        var recipe = Recipe(.known(set), seed: seed)
        // What starts from something else is another model, whose like this program cannot make.
        if let base = text.base, base != recipe.base { return nil }
        (recipe.trees, recipe.maximumDepth, recipe.minimumLeaf) = (text.trees, text.maximumDepth, text.minimumLeaf)
        recipe.featureShare = text.featureShare
        recipe.shrinkage = text.shrinkage
        recipe.closingShrinkage = text.closingShrinkage
        return recipe
    }
}
