import FoundationEssentials
import Synchronization
import TestSupport
import Testing

@testable import Agent

/// What the client makes of servers that do not do as they should; the real one is met on a whole journey.
@Suite(.timeLimit(.minutes(1)))
struct TrackingServerTests {
    private func server(
        _ address: String, _ change: (inout Settings.MLflow) -> Void = { _ in }
    ) throws -> TrackingServer {
        var settings = Settings.MLflow()
        settings.trackingURI = address
        settings.timeout = .milliseconds(500)
        change(&settings)
        return try TrackingServer(settings)
    }

    private func failure(of server: TrackingServer) async -> TrackingError? {
        let run = TrackedRun(TrackedRunTests.export(), events: TrackedRunTests.events)
        do throws(TrackingError) {
            _ = try await server.keep(run, files: [("model.bin", [1, 2, 3])])
            return nil
        } catch {
            return error
        }
    }

    @Test func `a server that is away, fails, hangs or is no tracking server is named with its reason`() async throws {
        let broken = try LoopbackServer { _ in .status(500) }
        #expect(try await failure(of: server(broken.url("")))?.reason == "status")
        #expect(broken.requests.count == 1, "whoever exports tries again, and later")
        let closed = try LoopbackServer { _ in .status(500) }
        closed.stop()
        #expect(try await failure(of: server(closed.url("")))?.reason == "unreachable")
        let slow = try LoopbackServer { _ in LoopbackResponse(delay: .seconds(30)) }
        #expect(try await failure(of: server(slow.url("")))?.reason == "timeout")
        let page = try LoopbackServer { _ in .text("<html>") }
        #expect(try await failure(of: server(page.url("")))?.description.contains("mlflow.tracking_uri") == true)
        let guarded = try LoopbackServer { _ in .status(401) }
        #expect(try await failure(of: server(guarded.url("")))?.reason == "unauthorized")
    }

    @Test func `a deleted experiment and artifacts past the server are refused with the way out`() async throws {
        let deleted = try LoopbackServer { _ in
            .text(#"{"experiment":{"experiment_id":"1","lifecycle_stage":"deleted"}}"#)
        }
        let gone = try await failure(of: server(deleted.url("")))
        #expect(gone?.reason == "experiment" && gone?.description.contains("mlflow.experiment") == true)
        let elsewhere = FakeTracking(artifacts: "s3://bucket/1/r/artifacts")
        let past = try LoopbackServer { elsewhere.answer($0) }
        let refused = try await failure(of: server(past.url("")))
        #expect(refused?.reason == "artifacts" && refused?.description.contains("s3://bucket") == true)
    }

    @Test func `secrets come from files, are sent, and are read anew each time`() async throws {
        let folder = try Folder()
        let tracking = FakeTracking(artifacts: "mlflow-artifacts://other:5000/1/r/artifacts")
        let listening = try LoopbackServer { tracking.answer($0) }
        try Data("s3cret\nsecond line".utf8).write(to: URL(filePath: folder.path + "/secret"))
        let file = folder.path + "/secret"
        #expect(try await failure(of: server(listening.url("")) { $0.tokenFile = file }) == nil)
        #expect(listening.requests.allSatisfy { $0.headers["authorization"] == "Bearer s3cret" })
        let sent = listening.requests.filter { $0.method == "PUT" }
        #expect(sent.map(\.path) == ["/api/2.0/mlflow-artifacts/artifacts/1/r/artifacts/model.bin"])
        #expect(sent.map(\.body) == [[1, 2, 3]])
        let before = listening.requests.count
        #expect(try await failure(of: server(listening.url("")) { ($0.user, $0.passwordFile) = ("me", file) }) == nil)
        #expect(
            listening.requests.dropFirst(before).allSatisfy {
                $0.headers["authorization"] == "Basic \(Data("me:s3cret".utf8).base64EncodedString())"
            })
        #expect(throws: TrackingError.self) { try server("http://x") { $0.tokenFile = file + "-missing" } }
        try Data("\n".utf8).write(to: URL(filePath: file))
        #expect(throws: TrackingError.self) { try server("http://x") { $0.tokenFile = file } }
    }

    @Test func `a run that was begun is gone on with, and one that is complete is left as it is`() async throws {
        let tracking = FakeTracking(artifacts: "mlflow-artifacts:/1/r/artifacts", found: "RUNNING")
        let listening = try LoopbackServer { tracking.answer($0) }
        #expect(try await failure(of: server(listening.url(""))) == nil)
        #expect(!listening.requests.contains { $0.path.hasSuffix("/runs/create") })
        #expect(listening.requests.last?.path.hasSuffix("/runs/update") == true)
        let done = FakeTracking(artifacts: "mlflow-artifacts:/1/r/artifacts", found: "FINISHED")
        let other = try LoopbackServer { done.answer($0) }
        #expect(try await failure(of: server(other.url(""))) == nil)
        #expect(other.requests.last?.path.hasSuffix("/runs/search") == true)
    }
}

/// Answers as a tracking server does, in one of its states.
private struct FakeTracking: Sendable {
    let artifacts: String
    var found: String?

    func answer(_ request: LoopbackRequest) -> LoopbackResponse {
        let info = #"{"info":{"run_id":"r","status":"\#(found ?? "RUNNING")","artifact_uri":"\#(artifacts)"}}"#
        return switch request.path.split(separator: "/").last {
        case "get-by-name": .text(#"{"experiment":{"experiment_id":"1","lifecycle_stage":"active"}}"#)
        case "search": .text(found == nil ? "{}" : #"{"runs":[\#(info)]}"#)
        case "create": .text(#"{"run":\#(info)}"#)
        default: .text("{}")
        }
    }
}
