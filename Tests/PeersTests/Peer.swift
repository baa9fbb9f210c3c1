import FoundationEssentials
import Subprocess
import SystemPackage
import Testing

/// Other people's libraries, which compute what we compute.
enum Peer {
    private static let folder = #filePath.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 }

    /// Where `.ci/install --tests` puts the interpreter with the libraries.
    private static var interpreter: String {
        let environment = ProcessInfo.processInfo.environment
        return environment["TOUCHLINE_REFEREES"] ?? folder + "/../../.build/referees/bin/python3"
    }

    /// Has a script of this folder compute a row of numbers from every sample.
    static func numbers(_ script: String, from input: [Double]) async throws -> [Double] {
        try #require(
            FileManager.default.isExecutableFile(atPath: interpreter),
            "no \(interpreter); .ci/install --tests installs Python's scikit-learn and scipy there")
        let bytes = input.withUnsafeBytes { Array($0) }
        let result = try await run(
            .path(FilePath(interpreter)), arguments: ["\(folder)/\(script)"], input: .array(bytes),
            output: .bytes(limit: 1 << 26), error: .string(limit: 1 << 16))
        try #require(result.terminationStatus == .exited(0), "\(result.standardError)")
        let output = result.standardOutput
        return stride(from: 0, to: output.count, by: 8).map { place in
            output.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: place, as: Double.self) }
        }
    }
}

/// The largest relative difference of some numbers from those of others.
struct LargestDifference {
    private(set) var value = 0.0
    private(set) var compared = 0

    /// Compares two numbers; differences of at most `floor` are the peer's rounding.
    mutating func add(_ ours: Double, _ theirs: Double, floor: Double = 0) {
        compared += 1
        let gap = max(0, abs(ours - theirs) - floor)
        value = max(value, gap == 0 ? 0 : gap / max(abs(theirs), .leastNormalMagnitude))
    }
}
