import Football

// libFuzzer brings a main of its own, and the package manager wants one under another name: it hands over to the driver.
@_silgen_name("LLVMFuzzerRunDriver")
func LLVMFuzzerRunDriver(
    _ count: UnsafeMutablePointer<CInt>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>,
    _ body: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

@_cdecl("FuzzFeeds_main")
func main(_ count: CInt, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?) -> CInt {
    var count = count
    var arguments = arguments
    return LLVMFuzzerRunDriver(&count, &arguments, decode)
}

/// Decodes one input: its first byte chooses the decoder, the rest is the file.
@_cdecl("LLVMFuzzerTestOneInput")
func decode(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    guard let start, count > 0 else { return 0 }
    let bytes = Array(UnsafeBufferPointer(start: start + 1, count: count - 1))
    switch start.pointee % 5 {
    case 0:
        guard let feed = try? SeasonFile.decode(bytes, division: "E0", season: Season(startYear: 2023)) else { break }
        check(feed.rows, feed.quarantined)
    case 1:
        if let feed = try? FixturesFile.decode(bytes, division: "E0") { check([], feed.quarantined) }
    case 2:
        let teams = Dictionary(uniqueKeysWithValues: ClubNames.england.names.prefix(20).enumerated().map { ($0, $1) })
        guard let feed = try? FantasyFeed.decode(bytes, teams: teams, division: "E0") else { break }
        check(feed.rows.compactMap(\.match), feed.quarantined)
    case 3: _ = try? FantasyFeed.teams(bytes)
    default:
        guard let feed = try? OrganisationFeed.decode(bytes, division: "E0") else { break }
        check(feed.rows.compactMap(\.match), feed.quarantined)
    }
    return 0
}

/// Stops the fuzzer at a row that no validation should let through.
private func check(_ matches: [Match], _ quarantined: [QuarantinedRow]) {
    for match in matches {
        let (key, result) = (match.fixture.key, match.result)
        let goals = [result.goals.home, result.goals.away]
        precondition(goals.allSatisfy { (0...30).contains($0) }, "goals \(goals)")
        precondition(key.home != key.away && ClubNames.england[key.home] == key.home, "teams \(key)")
        precondition(Season(containing: match.fixture.day) == key.season, "day \(match.fixture.day)")
        if let half = result.halfTimeGoals {
            precondition(half.home <= result.goals.home && half.away <= result.goals.away, "half-time \(half)")
        }
        for odds in match.fixture.odds.values {
            precondition(min(odds.home, odds.draw, odds.away) > 1 && odds.overround.isFinite, "odds \(odds)")
        }
    }
    for row in quarantined { precondition(row.line > 0 && row.text.utf8.count <= 2_000, "line \(row.line)") }
}
