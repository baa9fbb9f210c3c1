import Football

/// A row of the reference beside ours.
struct Agreement {
    let name: String
    /// How far our ranked probability scores may be from the reference's.
    let tolerance: Double
    /// The reference's values by season (`s21` and so on, `dev` for all), then by name.
    let reference: [String: [String: Reference.Value]]

    /// Whether every value is near the reference's; says so.
    ///
    /// Of forecasters that draw, the ranked probability score over all seasons decides alone; of the others everything.
    func holds(_ forecasts: [(row: Row, says: OutcomeProbabilities)]) -> Bool {
        guard let all = RowScores(forecasts), forecasts.count == 1_140, reference["dev"] != nil else {
            print("FAR  \(name): not in the reference, or not every match forecast")
            return false
        }
        let isExact = tolerance <= Forecaster.exact
        var compared = 0
        var largest = (what: "none", gap: 0.0)
        for (part, expected) in reference {
            let scores =
                part == "dev"
                ? all
                : RowScores(forecasts.filter { "s\($0.row.match.fixture.key.season.startYear - 2000)" == part })
            for (what, value) in expected {
                guard let wanted = value.number, let found = scores?.values[what] else { continue }
                compared += 1
                let gap = abs(found - wanted) / max(1, abs(wanted))
                if isExact, what == "ece", gap > Agreement.everything, gap <= scores?.borderShare ?? 0 {
                    print("     \(name): \(what) of \(part) differs by \(gap): a forecast is on the border of two bins")
                    continue
                }
                if !(gap <= largest.gap) { largest = ("\(what) of \(part)", gap) }
            }
        }
        let gap = abs((all.values["rps"] ?? .nan) - (reference["dev"]?["rps"]?.number ?? .nan))
        let agrees = isExact ? largest.gap <= Agreement.everything && compared > 0 : gap <= tolerance
        func both(_ what: String) -> String {
            let wanted = reference["dev"]?[what]?.number.map { "\($0)" } ?? "none"
            return "\(what) \(all.values[what] ?? .nan) (\(wanted))"
        }
        print(
            "\(agrees ? "ok  " : "FAR ") \(name): \(["rps", "ll", "acc"].map(both).joined(separator: ", ")); "
                + "of \(compared) values the furthest by \(largest.gap), \(largest.what)"
                + (isExact ? "" : "; score by \(gap), allowed \(tolerance)"))
        return agrees
    }

    /// How far any value of a forecaster that does not draw may be: the reference's own fits are that precise.
    private static let everything = 1e-6
}
