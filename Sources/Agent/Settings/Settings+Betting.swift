extension Settings {
    /// Reads the section about simulated bets.
    mutating func readBetting(_ section: SettingsReader) throws(SettingsError) {
        try section.allow([
            "enabled", "opening_balance", "flat_stake", "flat_edge", "kelly_fraction", "kelly_cap", "rule_confidence",
            "rule_edge", "rule_cap", "drawdown_limit",
        ])
        betting.enabled = try section.flag("enabled", default: betting.enabled)
        betting.openingBalance = try section.count(
            "opening_balance", default: betting.openingBalance, in: 1...1_000_000_000)
        betting.flatStake = try section.count("flat_stake", default: betting.flatStake, in: 1...1_000_000_000)
        betting.flatEdge =
            try section.value("flat_edge", "a number from 0 and below 1") {
                Double($0).flatMap { $0 >= 0 && $0 < 1 ? $0 : nil }
            } ?? betting.flatEdge
        betting.kellyFraction = try section.ratio("kelly_fraction", default: betting.kellyFraction)
        betting.kellyCap = try section.ratio("kelly_cap", default: betting.kellyCap)
        betting.ruleConfidence = try section.ratio("rule_confidence", default: betting.ruleConfidence)
        betting.ruleEdge = try section.ratio("rule_edge", default: betting.ruleEdge)
        betting.ruleCap = try section.ratio("rule_cap", default: betting.ruleCap)
        betting.drawdownLimit = try section.ratio("drawdown_limit", default: betting.drawdownLimit)
    }
}
