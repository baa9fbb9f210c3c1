/// What a simulated feed gets wrong, for showing and testing that bad and late data are caught.
///
/// Which rows are hit follows from the league's seed and the match, so that a file is the same whenever it is asked for.
public struct InjectedFaults: Hashable, Sendable {
    /// A feed that gets nothing wrong.
    public static let none = InjectedFaults()

    /// How many days results come late.
    public let delayedDays: Int
    /// Columns that are left out of the files, by name, for instance `HS`.
    public let missingColumns: Set<String>
    /// Share of the rows that are corrupted, 0 to 1.
    public let corruptedRows: Double

    /// Makes faults; what is not given is right.
    public init(delayedDays: Int = 0, missingColumns: Set<String> = [], corruptedRows: Double = 0) {
        self.delayedDays = delayedDays
        self.missingColumns = missingColumns
        self.corruptedRows = corruptedRows
    }

    /// A file with the faults in it; without any, the file itself.
    ///
    /// - Parameters:
    ///   - file: A file that the league encoded: no field of it is quoted.
    ///   - seed: Decides which rows are corrupted, and how.
    /// - Returns: The file as a bad feed would serve it.
    public func applied(to file: [UInt8], seed: UInt64) -> [UInt8] {
        guard !missingColumns.isEmpty || corruptedRows > 0 else { return file }
        let lines = String(decoding: file, as: UTF8.self).split(separator: "\r\n", omittingEmptySubsequences: false)
        guard let header = lines.first else { return file }
        let names = header.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        let kept = names.indices.filter { !missingColumns.contains(names[$0]) }
        let rows = lines.enumerated().map { number, line -> String in
            guard !line.isEmpty else { return "" }
            var fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            if number > 0 { corrupt(&fields, names, seed: seed) }
            // A row that was cut short has fewer fields than the header.
            return kept.filter { $0 < fields.count }.map { fields[$0] }.joined(separator: ",")
        }
        return Array(rows.joined(separator: "\r\n").utf8)
    }

    private func corrupt(_ fields: inout [String], _ names: [String], seed: UInt64) {
        guard let home = names.firstIndex(of: "HomeTeam"), let away = names.firstIndex(of: "AwayTeam") else { return }
        // FNV-1a over the teams' names, from the seed on.
        let pair = (fields[home] + fields[away]).utf8.reduce(seed) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 }
        var stream = RandomStream(seed: pair, 5)
        guard stream.uniform() < corruptedRows else { return }
        func put(_ value: String, in name: String) {
            if let column = names.firstIndex(of: name) { fields[column] = value }
        }
        switch Int(stream.uniform() * 6) {
        case 0: put("-1", in: "FTHG")
        case 1: put("0.5", in: "B365H")
        case 2: put("31/02/2024", in: "Date")
        case 3: put(fields[home], in: "AwayTeam")
        case 4: put("25:61", in: "Time")
        default: fields.removeLast(fields.count / 2)
        }
    }
}
