import Testing

/// The star of modules: the leaves know nothing of each other, and `Agent` alone knows all.
struct ImportTests {
    /// Every room, and what it may import besides the system's modules.
    private static let rooms: [String: Set<String>] = [
        "Clibcurl": [], "Clibpq": [], "Exposition": [],
        "ExpositionMetrics": ["Exposition", "CoreMetrics"], "Forest": [], "Drift": [], "Football": [],
        "Simulation": ["Football"], "Fetch": ["Clibcurl"],
        "History": ["Clibpq", "Football", "Subprocess", "SystemPackage"],
        "Agent": [
            "Exposition", "Forest", "Drift", "Football", "Simulation", "Fetch", "History", "HTTPTypes", "Hummingbird",
            "Logging", "NIOCore", "ServiceLifecycle", "Subprocess", "SystemPackage", "UnixSignals", "Yams",
        ],
        "Command": ["Agent", "ArgumentParser"],
    ]

    private static let system: Set<String> = ["Dispatch", "FoundationEssentials", "Glibc", "Synchronization"]

    @Test func `every room is one of the plan's, and every room of the plan is there`() throws {
        #expect(try SourceTree.names(in: "Sources") == ImportTests.rooms.keys.sorted())
    }

    @Test(arguments: rooms.keys.sorted())
    func `a room imports only what it may`(room: String) throws {
        let allowed = try #require(ImportTests.rooms[room]).union(ImportTests.system)
        for file in try SourceTree.swiftFiles(in: "Sources/\(room)") {
            for module in file.imports where !allowed.contains(module) {
                Issue.record("\(file.path) imports \(module), which \(room) may not know")
            }
        }
    }

    @Test func `imports are found behind every access level`() {
        let file = SourceTree.File(
            path: "Sources/X/Y.swift",
            lines: [
                "import A", "internal import B", "@preconcurrency public import C", "let text = \"import D\"",
                "// import E", "import struct F", "    important(G)",
            ])
        #expect(file.imports == ["A", "B", "C", "F"])
    }

    @Test func `nothing that is shipped imports the whole of Foundation`() throws {
        for file in try SourceTree.swiftFiles(in: "Sources") {
            #expect(
                !file.imports.contains { $0.hasPrefix("Foundation") && $0 != "FoundationEssentials" }, "\(file.path)")
        }
    }

    @Test func `C libraries are called in their own room`() throws {
        for file in try SourceTree.swiftFiles(in: "Sources") {
            if file.room != "Fetch" { SourceTree.expectNone(file.places(of: /\bcurl_[a-z]|\bCURL[A-Z_]/)) }
            if file.room != "History" { SourceTree.expectNone(file.places(of: /\bPQ[a-z]|\bPG[A-Z]/)) }
        }
    }

    @Test func `a metric is named in a collector and nowhere else`() throws {
        var named = 0
        for file in try SourceTree.swiftFiles(in: "Sources") {
            let places = file.places(of: /"touchline_|"process_/)
            if file.path.hasPrefix("Sources/Agent/Collectors/") {
                named += places.count
            } else {
                SourceTree.expectNone(places)
            }
        }
        #expect(named > 0)
    }
}
