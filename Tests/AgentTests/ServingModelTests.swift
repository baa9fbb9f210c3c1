import Football
import Forest
import Testing

@testable import Agent

struct ServingModelTests {
    @Test func `a model comes back from its bytes and forecasts the same`() async throws {
        let model = try await Example.model().calibrated(by: .temperature(1.25))
        let read = try ServingModel(bytes: model.bytes)
        #expect(read.bytes == model.bytes && read.calibration == .temperature(1.25))
        let features = Self.features(odds: Odds(home: 2, draw: 3.5, away: 4))
        let (one, other) = (try model.forecast(features), try read.forecast(features))
        #expect(one.probabilities == other.probabilities && one.tier == .market && other.tier == .market)
    }

    @Test func `bytes that were cut, changed, foreign or written later are refused with the reason`() async throws {
        let bytes = try await Example.model().bytes
        for count in stride(from: 0, to: bytes.count, by: 97) {
            #expect(throws: ModelBytesError.self) { try ServingModel(bytes: Array(bytes.prefix(count))) }
        }
        for place in stride(from: 0, to: bytes.count, by: 61) {
            var changed = bytes
            changed[place] ^= 0x10
            #expect(throws: ModelBytesError.self) { try ServingModel(bytes: changed) }
        }
        var later = bytes
        later[8] = 9
        #expect { try ServingModel(bytes: later) } throws: { "\($0)".contains("later version") }
        #expect { try ServingModel(bytes: Array("not a model at all".utf8)) } throws: {
            "\($0)".contains("not a model")
        }
    }

    @Test func `a model that was trained on another opinion of the market is refused by its name`() async throws {
        let bytes = try await Example.model().bytes
        let name = Array(Fixture.consensusName.utf8)
        let place = try #require(bytes.indices.first { bytes[$0...].starts(with: name) })
        var other = bytes
        other[place..<place + 7] = ArraySlice("highest".utf8)
        #expect { try ServingModel(bytes: Self.sealed(other)) } throws: {
            "\($0)".contains("'highest") && "\($0)".contains("'\(Fixture.consensusName)'")
                && "\($0)".contains("train anew")
        }
    }

    @Test func `a model that does not say which opinion of the market it moves is refused`() async throws {
        let bytes = try await Example.model().bytes
        // The key's name is all that differs: what stands under another is not read.
        let key = Array("\"market\":\"".utf8)
        let place = try #require(bytes.indices.first { bytes[$0...].starts(with: key) })
        var former = bytes
        former[place + 1] = UInt8(ascii: "M")
        former[8] = 1
        #expect { try ServingModel(bytes: Self.sealed(former)) } throws: { "\($0)".contains("does not name") }
    }

    /// Bytes with the checksum that fits them.
    private static func sealed(_ bytes: [UInt8]) -> [UInt8] {
        let body = bytes.dropLast(8)
        return body + withUnsafeBytes(of: body.fingerprint.littleEndian) { Array($0) }
    }

    @Test func `without odds a model says that it fell back, and to what`() async throws {
        let model = try await Example.model()
        let nothing = [Double](repeating: .nan, count: LeagueBook.names.count)
        #expect(try model.forecast(nothing).tier == .prior)
        #expect(try model.forecast(Self.features(odds: Odds(home: 2, draw: 3.5, away: 4))).tier == .market)
        let known: [(features: [Double], outcome: Outcome)] = (0..<90).map {
            ([Double($0), Double($0 % 7), Double($0 % 5)], Outcome.allCases[$0 % 3])
        }
        let regression = ServingModel(
            offset: model.offset, shrinkage: 400, noOdds: OutcomeRegression(known), prior: model.prior,
            calibration: .none)
        #expect(try regression.forecast(Self.features(odds: nil)).tier == .noOdds)
        #expect(try regression.forecast(nothing).tier == .prior)
    }

    @Test func `with no evidence the forecast is the market's`() async throws {
        let model = try await Example.model()
        let sure = ServingModel(
            offset: model.offset, shrinkage: 1e12, noOdds: nil, prior: model.prior, calibration: .none)
        let odds = Odds(home: 2, draw: 3.5, away: 4)
        let found = try sure.forecast(Self.features(odds: odds)).probabilities.values
        #expect(zip(found, odds.probabilities(.power).values).allSatisfy { abs($0 - $1) < 1e-9 })
    }

    /// A row in which all is known, but perhaps the odds.
    private static func features(odds: Odds?) -> [Double] {
        let market = odds?.probabilities(.power).values ?? [.nan, .nan, .nan]
        return market + [Double](repeating: 2, count: LeagueBook.names.count - 3)
    }
}
