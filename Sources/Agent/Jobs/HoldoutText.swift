internal import FoundationEssentials

/// The JSON that a model's row keeps of its options and holdout scores.
enum HoldoutText {
    static func encode(_ holdout: Holdout?) -> String {
        guard let holdout else { return "{}" }
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return (try? encoder.encode(holdout)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    }

    static func decode(_ text: String) -> Holdout? {
        try? JSONDecoder().decode(Holdout.self, from: Data(text.utf8))
    }

    static func options(_ model: Settings.Model) -> String {
        #"{"trees":\#(model.trees),"maximum_depth":\#(model.maximumDepth),"minimum_leaf":\#(model.minimumLeaf),"shrinkage":400}"#
    }
}
