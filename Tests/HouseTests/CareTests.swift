import Testing

/// What the compiler permits and this house does not.
struct CareTests {
    /// Files that may be longer than 350 lines, with the reason.
    private static let long: [String: String] = [:]

    @Test(arguments: [
        #"\btry!"#, #"\bas!"#, #"\bfatalError\("#, #"\bpreconditionFailure\("#, #"@unchecked"#,
        #"nonisolated\(unsafe\)"#,
        #"\bTask\.detached\b"#, #"// ?MARK"#, #"\bunsafeBitCast\b"#,
    ])
    func `no source says`(pattern: String) throws {
        let regex = try Regex(pattern)
        SourceTree.expectNone(try SourceTree.swiftFiles(in: "Sources").flatMap { $0.places(of: regex) })
    }

    @Test func `a task of nobody is waited for where it is made`() throws {
        let bare = try Regex(#"(^|[^.\w])Task(<[^>]*>)? (\{|\(priority)"#)
        let places = try SourceTree.swiftFiles(in: "Sources").flatMap { $0.places(of: bare) }
        SourceTree.expectNone(places.filter { !$0.hasSuffix("}.value") })
    }

    @Test func `a file is short, or has a reason`() throws {
        for file in try SourceTree.swiftFiles(in: "Sources") + SourceTree.swiftFiles(in: "Tests") {
            #expect(
                file.lines.count <= 351 || CareTests.long[file.path] != nil,
                "\(file.path) has \(file.lines.count) lines")
        }
    }

    @Test func `no type or file has a name that fits anything`() throws {
        let vague = try Regex(
            #"\b(class|struct|enum|actor|protocol|typealias) \w*(Manager|Helper|Utils|Util|Common)\b"#)
        let files = try SourceTree.swiftFiles(in: "Sources")
        SourceTree.expectNone(files.flatMap { $0.places(of: vague) })
        let names = files.map(\.path).filter { $0.contains("Helper") || $0.contains("Util") || $0.contains("Common") }
        SourceTree.expectNone(names)
    }
}
