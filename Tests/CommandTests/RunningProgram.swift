import Glibc
import Subprocess
import TestSupport

/// The program while it runs.
struct RunningProgram {
    private let process: ProcessIdentifier
    private var unread: SubprocessOutputSequence.StringSequence<UTF8>.AsyncIterator
    /// What it said on standard error, as far as it was read.
    private(set) var lines: [String] = []

    init(_ process: ProcessIdentifier, _ errors: SubprocessOutputSequence) {
        self.process = process
        unread = errors.strings().makeAsyncIterator()
    }

    func send(_ signal: Int32) { kill(process.value, signal) }

    /// Reads on to the next line that contains some words.
    ///
    /// - Throws: ``NeverSaid`` if the program ended without saying them.
    @discardableResult
    mutating func line(with words: String) async throws -> String {
        while let line = try await next() {
            if line.contains(words) { return line }
        }
        throw NeverSaid(words: words, lines: lines)
    }

    /// Reads on to the line that tells the port.
    mutating func port() async throws -> Int {
        let line = try await line(with: "listening")
        let digits = line.split(separator: ":").last?.prefix { $0.isNumber } ?? ""
        guard let port = Int(digits) else { throw NeverSaid(words: "a port", lines: lines) }
        return port
    }

    mutating func readToEnd() async {
        while (try? await next()) != nil {}
    }

    private mutating func next() async throws -> String? {
        guard let line = try await unread.next() else { return nil }
        let text = String(line.prefix { !$0.isNewline })
        lines.append(text)
        return text
    }
}

struct NeverSaid: Error, CustomStringConvertible {
    let words: String
    let lines: [String]

    var description: String { "never said '\(words)', only: \(lines.joined(separator: " | "))" }
}
