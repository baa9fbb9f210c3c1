public import FoundationEssentials
import Glibc

/// The real data and the independently computed numbers that tests read; they lie beside the package, not in it.
public enum SharedData {
    /// Returns the path of a file or folder of the shared data.
    ///
    /// The data is looked for as `shared/data` beside each folder above this source file, or in `$TOUCHLINE_SHARED/data`
    /// if that is set.
    ///
    /// - Parameter relative: The path below the data's folder; empty for the folder itself.
    /// - Returns: An absolute path that exists.
    /// - Throws: ``SharedDataMissing`` with the places looked in.
    public static func path(_ relative: String = "") throws(SharedDataMissing) -> String {
        try path(relative, below: "data")
    }

    /// Returns the URL of a file or folder of the shared data.
    ///
    /// - Parameter relative: The path below the data's folder; empty for the folder itself.
    /// - Returns: A file URL of something that exists.
    /// - Throws: ``SharedDataMissing`` with the places looked in.
    public static func url(_ relative: String = "") throws(SharedDataMissing) -> URL {
        URL(filePath: try path(relative))
    }

    /// Reads a file of the shared data.
    ///
    /// - Parameter relative: The path below the data's folder.
    /// - Returns: All of its bytes.
    /// - Throws: ``SharedDataMissing`` with the places looked in, or what reading threw.
    public static func bytes(_ relative: String) throws -> [UInt8] {
        Array(try Data(contentsOf: url(relative)))
    }

    /// Reads a file of reference figures, which were computed independently of this project.
    ///
    /// - Parameter relative: The path below `shared/reference`.
    /// - Returns: All of its bytes.
    /// - Throws: ``SharedDataMissing`` with the places looked in, or what reading threw.
    public static func reference(_ relative: String) throws -> Data {
        try Data(contentsOf: URL(filePath: path(relative, below: "reference")))
    }

    private static func path(_ relative: String, below folder: String) throws(SharedDataMissing) -> String {
        let places = candidates().map { "\($0)/\(folder)" }
        let suffix = relative.isEmpty ? "" : "/" + relative
        guard let found = places.first(where: { FileManager.default.fileExists(atPath: $0 + suffix) }) else {
            throw SharedDataMissing(wanted: relative, places: places)
        }
        return found + suffix
    }

    private static func candidates() -> [String] {
        if let override = getenv("TOUCHLINE_SHARED") { return [String(cString: override)] }
        var folders = resolved(#filePath).split(separator: "/").dropLast()
        var places: [String] = []
        while !folders.isEmpty {
            folders = folders.dropLast()
            places.append("/" + (folders + ["shared"]).joined(separator: "/"))
        }
        return places
    }

    /// The path without symbolic links: a package may be built through links from elsewhere.
    private static func resolved(_ path: String) -> String {
        guard let real = realpath(path, nil) else { return path }
        defer { free(real) }
        return String(cString: real)
    }
}

/// The shared data is not where tests look for it.
public struct SharedDataMissing: Error, CustomStringConvertible {
    /// What was asked for, below one of the places.
    public let wanted: String
    /// The folders looked in.
    public let places: [String]

    /// One line that names what is missing and where it was looked for.
    public var description: String {
        "no shared test data '\(wanted)'; looked in \(places.joined(separator: ", ")); set TOUCHLINE_SHARED to the "
            + "folder that holds data/ and reference/"
    }
}
