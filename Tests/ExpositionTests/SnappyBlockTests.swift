import Exposition
import Testing

struct SnappyBlockTests {
    @Test(arguments: [0, 1, 3, 4, 5, 59, 60, 61, 255, 256, 257, 65_535, 65_536, 65_537, 200_000])
    func `what repeats nothing comes back`(count: Int) throws {
        var state = UInt64(count + 1)
        let bytes = (0..<count).map { _ -> UInt8 in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return UInt8(truncatingIfNeeded: state >> 33)
        }
        let block = SnappyBlock.compress(bytes)
        #expect(try Self.uncompress(block) == bytes)
        #expect(block.count <= bytes.count + bytes.count / 100 + 16)
    }

    @Test(arguments: 1...40)
    func `what repeats comes back, and is shorter`(period: Int) throws {
        let bytes = (0..<(70_000 + period)).map { UInt8(truncatingIfNeeded: ($0 % period) &* 37) }
        let block = SnappyBlock.compress(bytes)
        #expect(try Self.uncompress(block) == bytes)
        #expect(block.count < bytes.count / 15)
    }

    @Test func `labels and values, as remote write sends them, become less than half as long`() throws {
        let series = (0..<200).map { number in
            RemoteWriteRequest.Series(
                labels: [
                    .init(name: "__name__", value: "touchline_score_log_loss"),
                    .init(name: "forecaster", value: "model \(number)"), .init(name: "job", value: "touchline"),
                ], samples: [.init(value: Double(number) / 7, timestamp: 1_700_000_000_000)])
        }
        let request = RemoteWriteRequest(series: series)
        #expect(try Self.uncompress(request.body) == request.message)
        #expect(request.body.count * 2 < request.message.count)
    }

    /// A reader of the format, as its description has it: whatever it does not know is an error.
    private static func uncompress(_ block: [UInt8]) throws -> [UInt8] {
        var rest = block[...]
        func byte() throws -> Int {
            let next = rest.popFirst()
            return Int(try #require(next))
        }
        var length = 0
        var shift = 0
        while true {
            let next = try byte()
            length |= (next & 0x7f) << shift
            shift += 7
            if next < 0x80 { break }
        }
        var bytes: [UInt8] = []
        while !rest.isEmpty {
            let tag = try byte()
            if tag & 3 == 0 {
                var count = tag >> 2
                if count >= 60 {
                    let width = count - 59
                    count = try (0..<width).reduce(0) { sum, place in sum | (try byte()) << (8 * place) }
                }
                try #require(rest.count > count)
                bytes += rest.prefix(count + 1)
                rest = rest.dropFirst(count + 1)
            } else {
                try #require(tag & 3 == 2, "our writer makes copies with offsets of two bytes only")
                let offset = try byte() | byte() << 8
                try #require(offset > 0 && offset <= bytes.count)
                for _ in 0...(tag >> 2) { bytes.append(bytes[bytes.count - offset]) }
            }
        }
        #expect(bytes.count == length)
        return bytes
    }
}
