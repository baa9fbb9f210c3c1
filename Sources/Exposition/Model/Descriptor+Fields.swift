extension Descriptor {
    /// What a descriptor says.
    final class Fields: Sendable, Hashable {
        let name: String
        let kind: Kind
        let help: String
        let labels: [String]

        init(name: String, kind: Kind, help: String, labels: [String]) {
            self.name = name
            self.kind = kind
            self.help = help
            self.labels = labels
        }

        static func == (one: Fields, other: Fields) -> Bool {
            one.name == other.name && one.kind == other.kind && one.help == other.help && one.labels == other.labels
        }

        func hash(into hasher: inout Hasher) {
            hasher.combine(name)
            hasher.combine(kind)
            hasher.combine(help)
            hasher.combine(labels)
        }
    }
}
