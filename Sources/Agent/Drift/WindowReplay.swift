internal import Drift
internal import Football

/// Replays the comparison of windows over past seasons, as they were and drawn anew.
struct WindowReplay: Sendable {
    /// A change that is injected in mid-season.
    struct Injection: Sendable {
        let name: String
        /// The feature; nil for the margin.
        let feature: String?
        /// In the feature's standard deviations, or in the margin's own unit.
        let shift: Double
    }

    static let injections = [
        Injection(name: "home_shots by half a standard deviation", feature: "home_shots", shift: 0.5),
        Injection(name: "home_shots by one standard deviation", feature: "home_shots", shift: 1),
        Injection(name: "away_yellow_cards by half a standard deviation", feature: "away_yellow_cards", shift: 0.5),
        Injection(name: "home advantage lost as in 2020/21", feature: "outcome", shift: 0.17),
        Injection(name: "odds' margin by 1.5 points", feature: nil, shift: 0.015),
        Injection(name: "odds' margin by 2.5 points", feature: nil, shift: 0.025),
    ]
    /// Matches of a season; a change comes in its middle.
    private static let length = 380

    private let matches: [Match]
    private let table: DriftTable
    private let pool: DriftReplay.Pool
    private let rule: DriftRule
    private let seed: UInt64

    init(_ matches: [Match], rule: DriftRule, seed: UInt64) {
        self.matches = matches
        self.rule = rule
        self.seed = seed
        table = DriftTable(matches)
        pool = DriftReplay.Pool(matches)
    }

    /// Draws seasons without drift and counts those with an alarm.
    func falseAlarms(_ seasons: Int, step: () throws(AgentError) -> Void) throws(AgentError) -> [DriftCalibration.Rate]
    {
        var (features, margins) = (0, 0)
        for number in 0..<seasons {
            var draws = SplitMix(seed: seed &+ UInt64(number) &* 7_919)
            let (table, looks) = pool.season(rule: rule, length: Self.length, &draws)
            features += looks.contains { !drifted(table, before: $0).isEmpty } ? 1 : 0
            margins += looks.contains { rule.margin(table, before: $0)?.isDetected == true } ? 1 : 0
            try step()
        }
        return [
            DriftCalibration.Rate(alarm: "features", seasons: seasons, alarms: features),
            DriftCalibration.Rate(alarm: FindingLedger.margin, seasons: seasons, alarms: margins),
        ]
    }

    /// Draws seasons, changes each from its middle on, and counts the matches until that is found.
    func delay(
        of injection: Injection, _ seasons: Int, step: () throws(AgentError) -> Void
    ) throws(AgentError) -> DriftCalibration.Delay {
        var delays: [Int] = []
        for number in 0..<seasons {
            var draws = SplitMix(seed: seed &+ 1 &+ UInt64(number) &* 104_729)
            let (drawn, looks) = pool.season(rule: rule, length: Self.length, &draws)
            var table = drawn
            let onset = rule.settings.referenceMatches + rule.settings.windowMatches + Self.length / 2
            inject(injection, into: &table, from: onset, &draws)
            let found = looks.first { end in
                guard end > onset else { return false }
                return injection.feature.map { drifted(table, before: end).contains($0) }
                    ?? (rule.margin(table, before: end)?.isDetected == true)
            }
            if let found { delays.append(found - onset) }
            try step()
        }
        return DriftCalibration.Delay(
            change: injection.name, seasons: seasons, found: delays.count,
            medianMatches: StreamTally.median(delays, of: seasons))
    }

    /// What would have been found in each past season, looked at after every block.
    func seasons() -> [DriftCalibration.Season] {
        var seasons: [DriftCalibration.Season] = []
        let before = rule.settings.referenceMatches + rule.settings.windowMatches
        let starts = matches.indices.filter {
            $0 == 0 || matches[$0].fixture.key.season != matches[$0 - 1].fixture.key.season
        }
        for (number, start) in starts.enumerated() where start >= before {
            let end = number + 1 < starts.count ? starts[number + 1] : matches.count
            var found: [String: Int] = [:]
            for place in (start + 1)...end where isLook(place) {
                var names = drifted(table, before: place)
                if rule.margin(table, before: place)?.isDetected == true { names.append(FindingLedger.margin) }
                for name in names where found[name] == nil { found[name] = place - start }
            }
            seasons.append(
                DriftCalibration.Season(season: "\(matches[start].fixture.key.season)", found: found))
        }
        return seasons
    }

    /// Whether a block is over with the match before a place.
    private func isLook(_ place: Int) -> Bool {
        guard place < matches.count else { return true }
        return Block(containing: matches[place].fixture.day) != Block(containing: matches[place - 1].fixture.day)
    }

    private func drifted(_ table: DriftTable, before end: Int) -> [String] {
        rule.compare(table, rule.places(before: end), decidingOnly: true).filter { $0.state == .drifted }.map(\.name)
    }

    private func inject(_ injection: Injection, into table: inout DriftTable, from place: Int, _ draws: inout SplitMix)
    {
        guard let feature = injection.feature else { return table.changeMargin(from: place, by: injection.shift) }
        guard let index = DriftTable.features.firstIndex(where: { $0.name == feature }) else { return }
        if feature == "outcome" {
            // Home wins that become wins of the visitors: of 46 in 100 as many as make 38.
            table.change(index, from: place) { outcome in
                outcome == Double(Outcome.home.rawValue) && draws.unit() < injection.shift
                    ? Double(Outcome.away.rawValue) : outcome
            }
        } else if let sample = try? SortedSample(table.values[index].filter { !$0.isNaN }, name: feature) {
            // Counts stay whole: the part of a step is made by chance.
            let shift = injection.shift * sample.deviation
            table.change(index, from: place) { value in
                let whole = shift.rounded(.down)
                return value + whole + (draws.unit() < shift - whole ? 1 : 0)
            }
        }
    }
}
