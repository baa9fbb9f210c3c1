import FoundationEssentials

/// The files that ship beside the binary.
public enum Repository {
    /// The folder of the package.
    public static var root: String {
        var parts = #filePath.split(separator: "/", omittingEmptySubsequences: false)
        parts.removeLast(3)
        return parts.joined(separator: "/")
    }

    /// A file's text.
    ///
    /// - Parameter path: Relative to the package.
    /// - Returns: All of it.
    /// - Throws: If it is not there.
    public static func text(_ path: String) throws -> String {
        try String(contentsOfFile: "\(root)/\(path)", encoding: .utf8)
    }

    /// The files of a folder with an ending, by name.
    ///
    /// - Parameters:
    ///   - folder: Relative to the package.
    ///   - ending: For instance `.yml`.
    /// - Returns: Paths relative to the package.
    /// - Throws: If the folder is not there.
    public static func files(_ folder: String, ending: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: "\(root)/\(folder)").filter { $0.hasSuffix(ending) }
            .sorted()
            .map { "\(folder)/\($0)" }
    }

    /// The lines between two marks; none without them.
    ///
    /// - Parameters:
    ///   - path: Relative to the package.
    ///   - first: The line before.
    ///   - last: The line after.
    /// - Returns: What lies between.
    /// - Throws: If the file is not there.
    public static func lines(of path: String, from first: String, to last: String) throws -> [String] {
        let lines = try text(path).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        guard let start = lines.firstIndex(of: first), let end = lines[start...].firstIndex(of: last) else { return [] }
        return Array(lines[(start + 1)..<end])
    }
}
