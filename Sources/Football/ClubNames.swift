/// The canonical names of clubs and every spelling of them that the feeds use.
///
/// A name is canonical in football-data.co.uk's spelling, which the whole history is kept in. Spellings are compared
/// without case, punctuation, spaces and a final `FC` or `AFC`; a name that is then still unknown is never guessed.
public struct ClubNames: Sendable {
    /// Every club that has been in the Premier League since 1993, and those that may well come up to it.
    public static let england = ClubNames(premierLeague + otherEnglish)

    /// The names that a division's files must use; nil where any name is taken as it is.
    public static func of(division: String) -> ClubNames? { division == "E0" ? england : nil }

    private let canonical: [String: String]

    /// Makes a table from canonical names and their further spellings.
    init(_ clubs: [(name: String, spellings: [String])]) {
        var canonical: [String: String] = [:]
        for club in clubs {
            for spelling in [club.name] + club.spellings { canonical[ClubNames.folded(spelling)] = club.name }
        }
        self.canonical = canonical
    }

    /// The canonical names, sorted.
    public var names: [String] { Set(canonical.values).sorted() }

    /// The club that a spelling stands for; nil if no feed is known to use it.
    public subscript(spelling: String) -> String? { canonical[ClubNames.folded(spelling)] }

    /// The canonical names whose spellings are nearest to an unknown one, the nearest first; for people to read.
    ///
    /// - Parameters:
    ///   - spelling: The unknown name.
    ///   - limit: The most names that are returned.
    /// - Returns: Names within an edit distance of half the spelling's length; may be empty.
    public func nearest(to spelling: String, limit: Int = 3) -> [String] {
        let folded = Array(ClubNames.folded(spelling.unicodeScalars.prefix(60).map(String.init).joined()).utf8)
        guard !folded.isEmpty else { return [] }
        var distances: [String: Int] = [:]
        for (known, name) in canonical {
            let distance = ClubNames.distance(folded, Array(known.utf8))
            distances[name] = min(distance, distances[name] ?? .max)
        }
        return distances.filter { $0.value * 2 <= max(2, folded.count) }
            .sorted { ($0.value, $0.key) < ($1.value, $1.key) }.prefix(limit).map(\.key)
    }

    /// The letters and digits in lower case, without the words that only say that it is a football club.
    static func folded(_ spelling: String) -> String {
        var words: [String] = [""]
        for scalar in spelling.unicodeScalars {
            switch scalar {
            case "A"..."Z", "a"..."z", "0"..."9": words[words.count - 1] += String(scalar).lowercased()
            case " ": words.append("")
            case "&": words[words.count - 1] += "and"
            case "\u{80}"...: words[words.count - 1].unicodeScalars.append(scalar)
            default: continue
            }
        }
        // Only at the end: AFC Wimbledon is another club than Wimbledon.
        while words.count > 1, let last = words.last, ["", "fc", "afc"].contains(last) { words.removeLast() }
        return words.joined()
    }

    /// Insertions, deletions and substitutions between two spellings.
    ///
    /// Source: R. Wagner and M. Fischer, "The String-to-String Correction Problem", JACM 21 (1974).
    private static func distance(_ one: [UInt8], _ other: [UInt8]) -> Int {
        var row = Array(0...other.count)
        for (i, byte) in one.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, target) in other.enumerated() {
                let substituted = diagonal + (byte == target ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(substituted, row[j] + 1, row[j + 1] + 1)
            }
        }
        return row[other.count]
    }
}
