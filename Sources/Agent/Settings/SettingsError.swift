/// Why a configuration was refused; `description` is one line that names the file, the line and the key.
public enum SettingsError: Error, Sendable, Equatable {
    /// The file cannot be read.
    case unreadable(file: String, why: String)
    /// The file is not YAML, or holds a key twice.
    case malformed(file: String, line: Int, why: String)
    /// A key that no setting has.
    case unknownKey(file: String, line: Int, key: String, known: [String])
    /// A value that does not fit its key.
    case badValue(file: String, line: Int, key: String, why: String)
    /// A value given on the command line or in the environment that does not fit.
    case badFlag(name: String, why: String)
    /// A reload changed what only a restart can change.
    case needsRestart(key: String)
}

extension SettingsError: CustomStringConvertible {
    /// One line for a terminal or a log.
    public var description: String {
        switch self {
        case .unreadable(let file, let why):
            "\(file): cannot be read: \(why)"
        case .malformed(let file, let line, let why):
            "\(file):\(line): not valid YAML: \(why)"
        case .unknownKey(let file, let line, let key, let known):
            "\(file):\(line): unknown key '\(key)'; known here: \(known.joined(separator: ", "))"
        case .badValue(let file, let line, let key, let why):
            "\(file):\(line): \(key): \(why)"
        case .badFlag(let name, let why):
            "\(name): \(why)"
        case .needsRestart(let key):
            "\(key) changed: it takes effect only after a restart; the old configuration stays"
        }
    }
}
