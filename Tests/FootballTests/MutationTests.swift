import Football
import FoundationEssentials
import TestSupport
import Testing

/// Real files, damaged at random from a seed: no crash, no hang, no implausible row.
///
/// The default run has time for two thousand inputs of each kind. A million of each, in some minutes:
/// `TOUCHLINE_FUZZ_INPUTS=1000000 swift test -c release -Xswiftc -enable-testing --filter MutationTests`.
/// `Tests/Fuzzing/run` lets libFuzzer look for inputs that reach new code instead.
struct MutationTests {
    private static let inputs =
        ProcessInfo.processInfo.environment["TOUCHLINE_FUZZ_INPUTS"].flatMap { Int($0) } ?? 2_000

    private struct Stream: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }

    private static let tokens = [
        "\"", ",", "\n", "\r", "\0", "\u{FEFF}", "-1", "1e9", "9999999999", "[", "]", "{", "}", ":", "\\u", "\\",
        "null",
        "true", "<html>", ",,,,", "H", "E0", "31/12/2023", "é",
    ].map { Array($0.utf8) }

    private func mutate(_ original: [UInt8], _ stream: inout Stream) -> [UInt8] {
        var bytes = original
        for _ in 0..<Int.random(in: 1...4, using: &stream) where !bytes.isEmpty {
            let place = Int.random(in: 0..<bytes.count, using: &stream)
            let end = min(bytes.count, place + Int.random(in: 1...40, using: &stream))
            switch Int.random(in: 0..<6, using: &stream) {
            case 0: bytes[place] = UInt8.random(in: 0...255, using: &stream)
            case 1: bytes.removeSubrange(place..<end)
            case 2: bytes.insert(contentsOf: Self.tokens.randomElement(using: &stream) ?? [], at: place)
            case 3: bytes.insert(contentsOf: bytes[place..<end], at: Int.random(in: 0...bytes.count, using: &stream))
            case 4: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &stream)
            default: bytes.removeSubrange(place...)
            }
        }
        return bytes
    }

    private func head(_ bytes: [UInt8], lines: Int) -> [UInt8] {
        Array(bytes.split(separator: UInt8(ascii: "\n")).prefix(lines).joined(separator: [UInt8(ascii: "\n")]))
    }

    @Test func `damaged season and fixtures files`() throws {
        let seasons = try [2005, 2016, 2019, 2023].map { year in
            (Season(startYear: year), head(try RealSeasons.file(Season(startYear: year)), lines: 5))
        }
        var stream = Stream(state: 5)
        var kept = 0
        for input in 0..<Self.inputs {
            let (season, original) = seasons[input % seasons.count]
            let bytes = mutate(original, &stream)
            if let feed = try? SeasonFile.decode(bytes, division: "E0", season: season) {
                kept += feed.rows.count
                for match in feed.rows where !Plausible.match(match) { Issue.record("\(input): \(match)") }
                for row in feed.quarantined where row.line < 2 || row.text.utf8.count > 2_000 { Issue.record("\(row)") }
            }
            _ = try? FixturesFile.decode(bytes, division: "E0")
        }
        #expect(kept > Self.inputs)
    }

    @Test func `damaged JSON of both feeds`() throws {
        let fantasy = try SharedData.bytes("fpl/fixtures.json")
        // The first records of both lists, closed where they are cut.
        let cut = try #require(
            fantasy.indices.first { fantasy[$0...].starts(with: Array("}, {\"code\"".utf8)) && $0 > 3_000 })
        let organisation = try SharedData.bytes("football-data.org/PL-matches-scheduled.json")
        let documents = [Array(fantasy[...cut]) + Array("]".utf8), head(organisation, lines: 138) + Array("}]}".utf8)]
        let teams = try FantasyFeed.teams(SharedData.bytes("fpl/bootstrap-static.json")).names
        #expect(try FantasyFeed.decode(documents[0], teams: teams, division: "E0").rows.count >= 1)
        #expect(try OrganisationFeed.decode(documents[1], division: "E0").rows.count >= 1)
        var stream = Stream(state: 6)
        for input in 0..<Self.inputs {
            let bytes = mutate(documents[input % 2], &stream)
            let feed =
                input.isMultiple(of: 2)
                ? try? FantasyFeed.decode(bytes, teams: teams, division: "E0")
                : try? OrganisationFeed.decode(bytes, division: "E0")
            _ = try? FantasyFeed.teams(bytes)
            for match in feed?.rows.compactMap(\.match) ?? [] where !Plausible.match(match) {
                Issue.record("\(input): \(match)")
            }
        }
    }
}
