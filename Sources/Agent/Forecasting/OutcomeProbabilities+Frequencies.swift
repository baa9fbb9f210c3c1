internal import Football

extension OutcomeProbabilities {
    /// The share of each outcome, with one of each added so that none is impossible.
    init(frequenciesOf outcomes: [Outcome]) {
        let share = { (outcome: Outcome) in
            Double(outcomes.count { $0 == outcome } + 1) / Double(outcomes.count + Outcome.allCases.count)
        }
        self.init(home: share(.home), draw: share(.draw), away: share(.away))
    }
}
