internal import History

/// The models that were made as one of them was: of the same features, by the same options.
///
/// Training anew on more matches hardly changes how a model forecasts; another recipe does, and that is no drift.
struct ModelsAlike: Sendable, Hashable {
    private let numbers: Set<Int64>

    init(of number: Int64, in models: [StoredModel]) {
        let made = models.first { $0.id == number }
        let alike = models.filter { model in
            model.featureSet == made?.featureSet && model.options == made?.options && model.features == made?.features
        }
        numbers = Set(alike.compactMap(\.id)).union([number])
    }

    /// Whether it is one of them.
    func contains(_ number: Int64) -> Bool { numbers.contains(number) }
}
