import Testing

@testable import Forest

/// Equal seeds and data give equal bytes, however many threads and processes grow them.
struct SameBytesTests {
    /// What is grown.
    enum Kind: CaseIterable, Codable {
        case classification
        case extremelyRandomised
        case regression
    }

    @Test(arguments: Kind.allCases)
    func `one seed gives the same bytes with 1 to 16 threads`(kind: Kind) async throws {
        let bytes = try await Self.bytes(of: kind, threads: 1)
        for threads in 2...16 {
            #expect(try await Self.bytes(of: kind, threads: threads) == bytes, "\(threads) threads")
        }
    }

    @Test func `two processes at once give the same bytes as this one`() async throws {
        var bytes: [[UInt8]] = []
        for kind in Kind.allCases { bytes.append(try await Self.bytes(of: kind, threads: 2)) }
        async let one: Void = Self.expectsSame(bytes, threads: 1)
        async let other: Void = Self.expectsSame(bytes, threads: 7)
        _ = await (one, other)
    }

    private static func expectsSame(_ bytes: [[UInt8]], threads: Int) async {
        await #expect(processExitsWith: .success) { [bytes = bytes as [[UInt8]], threads = threads as Int] in
            for (kind, expected) in zip(Kind.allCases, bytes) {
                let found = try await SameBytesTests.bytes(of: kind, threads: threads)
                try #require(found == expected)
            }
        }
    }

    /// The bytes of a forest of many ties, unknown values and unequal trees, which order could tell apart.
    private static func bytes(of kind: Kind, threads: Int) async throws -> [UInt8] {
        var numbers = Patterns.Numbers(17)
        let rows = (0..<400).map { _ in
            (0..<9).map { column -> Double in
                let number = numbers.next()
                return number < 0.05 ? .nan : column % 3 == 0 ? (number * 6).rounded() : number
            }
        }
        let labels = rows.indices.map { _ in Int(numbers.next() * 3) }
        var options = ForestOptions(trees: 24, maximumDepth: 64, minimumLeaf: 2, seed: 99, threads: threads)
        guard kind == .regression else {
            let set = try TrainingSet(features: rows, labels: labels, classes: 3, featureNames: Patterns.names(9))
            if kind == .extremelyRandomised { (options.bootstrap, options.splitRule) = (false, .random) }
            return try await Forest.train(set, options: options).bytes
        }
        options.featureShare = 0.4
        let targets = zip(rows, labels).map { row, label in
            (0..<3).map { ($0 == label ? 0.7 : -0.3) + (row[1].isNaN ? 0 : row[1] / 7) }
        }
        let set = try RegressionSet(features: rows, targets: targets, featureNames: Patterns.names(9))
        return try await RegressionForest.train(set, options: options).bytes
    }
}
