import Football
import FoundationEssentials
import History
import Testing

@testable import Agent

struct ModelFileTests {
    private func file() async throws -> ModelFile {
        let model = StoredModel(
            id: 7, trainedAt: Example.instant, featureSet: "market", seed: .max, options: #"{"trees":3}"#,
            matches: 760, firstDay: Day(number: 18_000), lastDay: Day(number: 19_000), holdout: "{}",
            bytes: try await Example.model().bytes, synthetic: true, trainingSeconds: 1.25, features: ["a", "b"],
            dataChecksum: "abc", calibration: #"{"none":{}}"#)
        return ModelFile(model, bytesChecksum: "def")
    }

    @Test func `a model comes back from its file with all that is known of it`() async throws {
        let file = try await file()
        let read = try ModelFile(bytes: file.bytes)
        #expect(read.model == file.model && read.bytesChecksum == "def")
        #expect(read.bytes == file.bytes)
    }

    @Test func `a file that was cut or changed anywhere is refused`() async throws {
        let bytes = try await file().bytes
        for count in stride(from: 0, to: bytes.count, by: 61) {
            #expect(throws: ModelFileError.self) { try ModelFile(bytes: Array(bytes.prefix(count))) }
        }
        for place in stride(from: 0, to: bytes.count, by: 47) {
            var changed = bytes
            changed[place] ^= 0x20
            #expect(throws: ModelFileError.self) { try ModelFile(bytes: changed) }
        }
    }

    @Test func `foreign and newer files are refused with the reason`() async throws {
        var later = try await file().bytes
        later[8] = 9
        #expect { try ModelFile(bytes: later) } throws: { "\($0)".contains("later version") }
        #expect { try ModelFile(bytes: Array("PK\u{3}\u{4} something else".utf8)) } throws: {
            "\($0)".contains("not a model")
        }
        var inner = try await file().model
        inner.bytes = [1, 2, 3]
        #expect { try ModelFile(bytes: ModelFile(inner, bytesChecksum: "x").bytes) } throws: {
            "\($0)".contains("not a model of Touchline's")
        }
    }
}
