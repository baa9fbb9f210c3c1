import FoundationEssentials

/// The real data and the independent numbers that stand beside the project.
enum SharedFiles {
    struct Missing: Error, CustomStringConvertible {
        let path: String
        var description: String {
            "\(path) is in no `shared` folder beside the project; name that folder in TOUCHLINE_SHARED"
        }
    }

    /// Reads a file by its path below `shared`.
    static func data(_ path: String, from source: String = #filePath) throws -> Data {
        if let folder = ProcessInfo.processInfo.environment["TOUCHLINE_SHARED"] {
            return try Data(contentsOf: URL(filePath: folder).appending(path: path))
        }
        var folder = URL(filePath: source).resolvingSymlinksInPath().deletingLastPathComponent()
        while folder.path != "/" {
            folder.deleteLastPathComponent()
            let file = folder.appending(path: "shared").appending(path: path)
            if FileManager.default.fileExists(atPath: file.path) { return try Data(contentsOf: file) }
        }
        throw Missing(path: path)
    }
}
