import FoundationEssentials
import Glibc

/// A temporary folder, gone with its last reference.
final class Folder: Sendable {
    let path: String

    init() throws {
        var template = Array("/tmp/touchline-agent-XXXXXX".utf8CString)
        guard let made = mkdtemp(&template) else { throw FolderError(errno: errno) }
        path = String(cString: made)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// Writes a file and returns its path.
    func file(_ name: String, _ bytes: [UInt8]) throws -> String {
        let file = "\(path)/\(name)"
        try Data(bytes).write(to: URL(filePath: file))
        return file
    }

    func file(_ name: String, _ text: String) throws -> String { try file(name, Array(text.utf8)) }
}

struct FolderError: Error {
    let errno: Int32
}
