internal import Exposition
internal import Football
internal import FoundationEssentials

/// How good the newest matches' data are, and whether finished seasons are whole.
struct QualityCollector: Collector {
    static let matches = Descriptor.gauge(
        "touchline_data_quality_matches", "Newest matches whose data were judged; computed when something arrived.")
    static let score = Descriptor.gauge(
        "touchline_data_quality_ratio",
        "Quality of a column group: what is left after the missing, outlier and duplicate shares, 0 to 1; absent for a group that the feed never had.",
        labels: ["column_group"])
    static let missing = Descriptor.gauge(
        "touchline_data_missing_ratio", "Share of the newest matches that lack a column group.",
        labels: ["column_group"])
    static let outliers = Descriptor.gauge(
        "touchline_data_outlier_ratio",
        "Share of a column group's newest values far outside what the columns held before.", labels: ["column_group"])
    static let duplicates = Descriptor.gauge(
        "touchline_data_duplicate_ratio", "Share of the newest matches whose whole column group repeats another's.",
        labels: ["column_group"])
    static let findings = Descriptor.gauge(
        "touchline_season_audit_findings", "Breaches of a rule for whole seasons, over the finished ones.",
        labels: ["rule"])
    static let descriptors = [matches, score, missing, outliers, duplicates, findings]

    let name = "quality"
    let snapshots: SnapshotStore

    func collect() -> [Family] {
        let quality = snapshots.current?.quality
        func groups(_ descriptor: Descriptor, _ value: (GroupQuality) -> Double?) -> Family {
            var family = Family(descriptor)
            for group in quality?.groups ?? [] { family.append(value(group), labels: [group.group.rawValue]) }
            return family
        }
        var findings = Family(Self.findings)
        for rule in SeasonAudit.Rule.allCases {
            findings.append(
                quality.map { quality in Double(quality.findings.count { $0.rule == rule }) }, labels: [rule.rawValue])
        }
        return [
            Family(Self.matches, quality?.groups.first.map { Double($0.matches) }),
            groups(Self.score) { $0.score }, groups(Self.missing) { $0.missing },
            groups(Self.outliers) { $0.outliers }, groups(Self.duplicates) { $0.duplicates },
            findings,
        ]
    }
}

extension Snapshot {
    /// What was found of the data when something last arrived.
    struct Quality: Sendable {
        let groups: [GroupQuality]
        let findings: [SeasonAudit.Finding]

        /// Judges the newest season's worth of matches against the four before, and every season that is over.
        init(_ matches: [Match], settings: Settings, at now: Date) {
            let newest = matches.suffix(380)
            groups =
                newest.isEmpty
                ? [] : DataQuality(newest: Array(newest), earlier: Array(matches.dropLast(380).suffix(1_520))).groups
            let current = Season(containing: Day(containing: now))
            findings = Dictionary(grouping: matches, by: \.fixture.key.season).filter { $0.key < current }
                .sorted { $0.key < $1.key }.flatMap { SeasonAudit($0.value, season: $0.key).findings }
        }
    }
}
