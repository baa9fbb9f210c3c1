import Testing

@testable import Forest

@Suite struct ForestBytesTests {
    private func small() async throws -> Forest {
        try await Forest.train(Patterns.bands(rows: 60), options: ForestOptions(trees: 2, minimumLeaf: 6, seed: 3))
    }

    @Test func `a forest read back forecasts the same and writes the same bytes`() async throws {
        var options = ForestOptions(trees: 7, minimumLeaf: 2, seed: .max, threads: 2)
        let forest = try await Forest.train(Patterns.bands(), options: options)
        let copy = try Forest(bytes: forest.bytes)
        options.threads = 1
        #expect(copy.options == options)
        #expect(copy.outOfBag == forest.outOfBag)
        #expect(copy.featureNames == forest.featureNames)
        #expect(copy.featureImportance == forest.featureImportance)
        #expect(copy.treeCount == 7)
        #expect(copy.bytes == forest.bytes)
        for step in 0..<100 {
            let row = [Double(step) / 100, step % 7 == 0 ? .nan : 0.3]
            #expect(try copy.probabilities(row) == forest.probabilities(row))
        }
    }

    @Test func `a change of any single byte is refused`() async throws {
        let bytes = try await small().bytes
        for index in bytes.indices {
            for change: UInt8 in [0x01, 0x80, 0xFF] {
                var changed = bytes
                changed[index] ^= change
                #expect(throws: ForestError.self, "byte \(index) changed by \(change)") { try Forest(bytes: changed) }
            }
        }
    }

    @Test func `bytes that end too early or too late are refused`() async throws {
        let bytes = try await small().bytes
        for length in bytes.indices {
            #expect(throws: ForestError.self, "\(length) bytes") { try Forest(bytes: Array(bytes.prefix(length))) }
        }
        #expect(throws: ForestError.wrongLength(expected: bytes.count, found: bytes.count + 1)) {
            try Forest(bytes: bytes + [0])
        }
    }

    @Test func `other files and later versions are told apart from damage`() async throws {
        #expect(throws: ForestError.foreignBytes) { try Forest(bytes: Array("Div,Date,HomeTeam\r\n".utf8)) }
        var later = try await small().bytes
        later[8] += 1
        #expect(throws: ForestError.newerVersion(found: 3, supported: 2)) { try Forest(bytes: later) }
        later[8] = 1
        #expect(throws: ForestError.olderVersion(found: 1, supported: 2)) { try Forest(bytes: later) }
        var changed = try await small().bytes
        changed[40] ^= 1
        #expect(throws: ForestError.damagedBytes("the checksum does not match")) { try Forest(bytes: changed) }
    }

    @Test func `bytes with a matching checksum and senseless contents neither crash nor hang`() async throws {
        let bytes = try await small().bytes
        let row = [0.5, 0.5]
        for index in 24..<bytes.count - 4 {
            for value: UInt8 in [0x00, 0x7F, 0xFF] where bytes[index] != value {
                var changed = Array(bytes.dropLast(4))
                changed[index] = value
                var checksum = ByteWriter()
                checksum.append(crc32(changed))
                guard let forest = try? Forest(bytes: changed + checksum.bytes) else { continue }
                #expect(try abs(forest.probabilities(row).reduce(0, +) - 1) < 1e-9)
            }
        }
    }

    @Test func `the checksum is the one that everybody calls CRC-32`() {
        #expect(crc32(Array("123456789".utf8)) == 0xCBF4_3926)
    }
}
