import FoundationEssentials
import Synchronization
import TestSupport

/// A copy of football-data.co.uk on loopback: the real season files, and whatever a test puts in their place.
final class LeagueFeed: Sendable {
    typealias Answer = @Sendable (LoopbackRequest) -> LoopbackResponse

    let server: LoopbackServer
    private let answers: Answers

    /// Starts a feed.
    ///
    /// - Parameter fixtures: The text of `fixtures.csv`.
    /// - Throws: If the shared data is missing or no port is free.
    init(fixtures: String) throws {
        let answers = Answers(directory: try SharedData.path("football-data.co.uk"))
        answers.replaced.withLock { $0["/fixtures.csv"] = { _ in .text(fixtures) } }
        self.answers = answers
        server = try LoopbackServer { answers.answer($0) }
    }

    /// The URL for the agent's `feed.base_url`.
    var url: String { "http://127.0.0.1:\(server.port)" }

    /// How often a path was asked for.
    func requests(of path: String) -> Int { server.requests.count { $0.path == path } }

    /// Answers a path in another way from now on; nil restores the file.
    func answer(_ path: String, with answer: Answer?) { answers.replaced.withLock { $0[path] = answer } }

    /// Sends bodies without validators from now on, so that every request gets a whole one.
    func forgetValidators() { answers.withoutValidators.store(true, ordering: .relaxed) }

    /// A season file's bytes as they are on disk.
    func file(_ path: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(filePath: answers.directory + path)))
    }
}

/// What the server's threads share.
private final class Answers: Sendable {
    let directory: String
    let replaced = Mutex<[String: LeagueFeed.Answer]>([:])
    let withoutValidators = Atomic<Bool>(false)

    init(directory: String) {
        self.directory = directory
    }

    func answer(_ request: LoopbackRequest) -> LoopbackResponse {
        if let answer = replaced.withLock({ $0[request.path] }) { return answer(request) }
        guard withoutValidators.load(ordering: .relaxed) else {
            return LoopbackServer.file(for: request, in: directory)
        }
        guard let content = FileManager.default.contents(atPath: directory + request.path) else { return .status(404) }
        return LoopbackResponse(body: .bytes(Array(content)))
    }
}
