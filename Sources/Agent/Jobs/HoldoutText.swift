internal import Football
internal import FoundationEssentials

/// The JSON that a model's row keeps of its scores and its correction.
enum HoldoutText {
    static func encode(_ holdout: Holdout?) -> String { holdout.map(text) ?? "{}" }

    static func decode(_ text: String) -> Holdout? {
        try? JSONDecoder().decode(Holdout.self, from: Data(text.utf8))
    }

    static func encode(_ calibration: Calibration) -> String { text(calibration) }

    private static func text(_ value: some Encodable) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return (try? encoder.encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    }
}
