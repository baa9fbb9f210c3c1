internal import Drift
internal import Football

/// How often the rule raises a false alarm in a season in which nothing drifts.
///
/// Seasons are drawn out of the agent's own history: blocks of half a week, with replacement, so that matches of one
/// round stay together and no time is left in them. A season is looked at after every block, as it would be.
struct DriftReplay: Sendable, Hashable {
    /// The most seasons that are drawn; the rate's standard error is then about 0.01.
    static let enough = 400
    /// The least history to draw from.
    private static let leastMatches = 760
    private static let season = 380

    /// Seasons drawn so far.
    var seasons = 0
    /// Seasons with at least one false alarm.
    var alarms = 0

    /// The share of seasons with a false alarm; nil before the first.
    var ratio: Double? { seasons > 0 ? Double(alarms) / Double(seasons) : nil }

    /// Draws one more season out of the newest matches, and looks for drift as often as the agent would.
    ///
    /// - Parameters:
    ///   - pool: The matches to draw from, and the place where each block begins.
    ///   - rule: The rule to judge by.
    mutating func extend(_ pool: Pool, rule: DriftRule) {
        guard pool.table.count >= Self.leastMatches else { return }
        var draws = SplitMix(seed: UInt64(seasons) &+ 1)
        let (table, looks) = pool.season(rule: rule, length: Self.season, &draws)
        let isFalse = looks.contains { end in
            rule.compare(table, rule.places(before: end), decidingOnly: true).contains { $0.state == .drifted }
        }
        seasons += 1
        alarms += isFalse ? 1 : 0
    }

    /// Matches to draw seasons from.
    struct Pool: Sendable {
        let table: DriftTable
        private let blocks: [Range<Int>]

        /// The newest four seasons' worth of matches, in the order of their days.
        init(_ matches: [Match], newest: Int = 4 * DriftReplay.season) {
            let matches = Array(matches.suffix(newest))
            table = DriftTable(matches)
            var blocks: [Range<Int>] = []
            var start = 0
            for place in matches.indices.dropFirst()
            where Block(containing: matches[place].fixture.day) != Block(containing: matches[start].fixture.day) {
                blocks.append(start..<place)
                start = place
            }
            if start < matches.count { blocks.append(start..<matches.count) }
            self.blocks = blocks
        }

        /// Matches drawn by block: a reference and a season after it, with the places at which one looks.
        func season(
            rule: DriftRule, length: Int, _ draws: inout SplitMix
        ) -> (table: DriftTable, looks: [Int]) {
            let before = rule.settings.referenceMatches + rule.settings.windowMatches
            var places: [Int] = []
            var looks: [Int] = []
            while places.count < before + length {
                places += blocks[draws.below(blocks.count)]
                if places.count > before { looks.append(places.count) }
            }
            return (DriftTable(table, at: places), looks)
        }
    }
}
