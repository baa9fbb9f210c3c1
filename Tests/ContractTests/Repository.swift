import FoundationEssentials

/// The files that ship beside the binary.
enum Repository {
    static var root: String {
        var parts = #filePath.split(separator: "/", omittingEmptySubsequences: false)
        parts.removeLast(3)
        return parts.joined(separator: "/")
    }

    static func text(_ path: String) throws -> String {
        try String(contentsOfFile: "\(root)/\(path)", encoding: .utf8)
    }

    /// The files of a folder with an ending, by name.
    static func files(_ folder: String, ending: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: "\(root)/\(folder)").filter { $0.hasSuffix(ending) }
            .sorted()
            .map { "\(folder)/\($0)" }
    }

    /// The lines between two marks.
    static func lines(of path: String, from first: String, to last: String) throws -> [String] {
        let lines = try text(path).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        guard let start = lines.firstIndex(of: first), let end = lines[start...].firstIndex(of: last) else { return [] }
        return Array(lines[(start + 1)..<end])
    }
}
