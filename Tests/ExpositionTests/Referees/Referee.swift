import Exposition
import FoundationEssentials
import Subprocess
import SystemPackage
import Testing

/// The parsers of other people that judge our pages: Python's `prometheus_client`, protobuf and gzip.
enum Referee {
    /// A page, and what has to be found in it.
    struct Case: Encodable {
        let id: String
        let format: String
        let gzip: Bool
        let page: Data
        let samples: [ExpectedSample]

        init(_ id: String, as format: String? = nil, _ page: Page, _ samples: [ExpectedSample]) {
            self.id = id
            self.format = format ?? Self.name(of: page.format)
            self.gzip = page.isCompressed
            self.page = Data(page.bytes)
            self.samples = samples
        }

        private static func name(of format: ExpositionFormat) -> String {
            switch format {
            case .text: "text"
            case .openMetrics1, .openMetrics001: "openmetrics"
            case .protobuf: "protobuf"
            }
        }
    }

    /// What the referee said.
    struct Verdict {
        /// A line for each fault.
        let faults: [String]
        /// What it read altogether: `read n cases, m samples`.
        let summary: String
    }

    /// Where `.ci/install --tests` puts the interpreter with the packages that are needed.
    static var interpreter: String {
        let environment = ProcessInfo.processInfo.environment
        return environment["TOUCHLINE_REFEREES"] ?? root + "/.build/referees/bin/python3"
    }

    private static let root = #filePath.split(separator: "/").dropLast(4).reduce("") { $0 + "/" + $1 }

    /// Has the pages read by their formats' own parsers.
    static func judge(_ cases: [Case]) async throws -> Verdict {
        try #require(
            FileManager.default.isExecutableFile(atPath: interpreter),
            "no \(interpreter); .ci/install --tests installs Python's prometheus_client and protobuf there")
        let encoder = JSONEncoder()
        var input: [UInt8] = []
        for one in cases {
            input += try encoder.encode(one)
            input.append(UInt8(ascii: "\n"))
        }
        let script = #filePath.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 } + "/referee.py"
        let result = try await run(
            .path(FilePath(interpreter)), arguments: [script], input: .array(input), output: .string(limit: 1 << 20),
            error: .string(limit: 1 << 16))
        try #require(result.terminationStatus == .exited(0), "\(result.standardError)")
        let lines = result.standardOutput.split(separator: "\n").map(String.init)
        return Verdict(faults: lines.dropLast(), summary: lines.last ?? "")
    }
}
