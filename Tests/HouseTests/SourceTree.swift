import FoundationEssentials
import Testing

/// The package's own files, as a reviewer would read them.
enum SourceTree {
    /// A source file, with comments taken out of its lines.
    struct File {
        /// The path below the package's root.
        let path: String
        let lines: [String]

        /// The folder below `Sources/`.
        var room: String { path.split(separator: "/").dropFirst().first.map(String.init) ?? "" }

        /// The modules that it imports, whatever stands before the keyword.
        var imports: [String] {
            lines.compactMap { line in
                let words = line.split(separator: " ")
                guard let keyword = words.firstIndex(of: "import"), keyword + 1 < words.count,
                    words[..<keyword].allSatisfy({ modifiers.contains($0) })
                else { return nil }
                return words.last.map(String.init)
            }
        }

        private var modifiers: Set<Substring> {
            ["internal", "public", "package", "private", "fileprivate", "@preconcurrency", "@testable"]
        }

        /// `path:line: text` of each line that matches.
        func places(of pattern: some RegexComponent) -> [String] {
            lines.enumerated().filter { $1.contains(pattern) }.map { "\(path):\($0 + 1): \($1)" }
        }
    }

    /// Records an issue for each place, so that a failure reads as a list of what to change.
    static func expectNone(_ places: [String], sourceLocation: SourceLocation = #_sourceLocation) {
        for place in places { Issue.record("\(place)", sourceLocation: sourceLocation) }
    }

    static let root: String = {
        var parts = #filePath.split(separator: "/", omittingEmptySubsequences: false)
        parts.removeLast(3)
        return parts.joined(separator: "/")
    }()

    /// The names in a folder below the root, sorted.
    static func names(in folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: "\(root)/\(folder)").sorted()
    }

    /// Every Swift file below a folder.
    static func swiftFiles(in folder: String) throws -> [File] {
        var files: [File] = []
        for name in try names(in: folder) {
            let path = "\(folder)/\(name)"
            var isDirectory = false
            guard FileManager.default.fileExists(atPath: "\(root)/\(path)", isDirectory: &isDirectory) else { continue }
            if isDirectory {
                files += try swiftFiles(in: path)
            } else if name.hasSuffix(".swift") {
                files.append(try file(path))
            }
        }
        return files
    }

    private static func file(_ path: String) throws -> File {
        let text = try String(contentsOfFile: "\(root)/\(path)", encoding: .utf8)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            // An address in a string holds `//` too, but never with a blank before it.
            if line.drop(while: { $0 == " " }).hasPrefix("//") { return "" }
            guard let comment = line.firstRange(of: " //") else { return String(line) }
            return String(line[..<comment.lowerBound])
        }
        return File(path: path, lines: lines)
    }
}
