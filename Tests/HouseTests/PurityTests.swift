import Testing

/// The pure rooms are functions of their arguments: instants and seeds are parameters.
struct PurityTests {
    private static let rooms = ["Exposition", "Forest", "Drift", "Football", "Simulation"]

    private func places(of pattern: some RegexComponent, except exceptions: [String] = []) throws -> [String] {
        try PurityTests.rooms.flatMap { try SourceTree.swiftFiles(in: "Sources/\($0)") }
            .filter { !exceptions.contains($0.path) }
            .flatMap { $0.places(of: pattern) }
    }

    @Test func `pure rooms look at no clock`() throws {
        let clocks = try Regex(
            #"\bDate\(\)|Date\.now|\b(Continuous|Suspending)Clock\b|\bclock_gettime\b|\bgettimeofday\b|\btime\(|Task\.sleep"#
        )
        // A registry times its own collectors.
        SourceTree.expectNone(try places(of: clocks, except: ["Sources/Exposition/Registry/Gathering.swift"]))
    }

    @Test func `pure rooms touch nothing outside the process`() throws {
        let outside = try Regex(
            #"\bprint\(|\bLogger\b|\bFileManager\b|contentsOfFile|\bProcessInfo\b|\bgetenv\(|\bf?open\(|\bsocket\("#
        )
        SourceTree.expectNone(try places(of: outside))
    }

    @Test func `pure rooms draw no numbers of their own`() throws {
        let chance = try Regex(
            #"SystemRandomNumberGenerator|\.random\(in:|\.random\(\)|\.shuffled\(\)|\.randomElement\(\)|\bs?rand\(|\bUUID\(\)|\bHasher\("#
        )
        SourceTree.expectNone(try places(of: chance))
    }
}
