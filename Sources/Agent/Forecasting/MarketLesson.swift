internal import Football

/// What past matches teach of where the market's opinion days before kick-off is wrong.
///
/// Closing odds say it with a hundredth of a result's noise: where enough matches have them, the forest learns by how
/// much the market's own opinion moved until kick-off, and from results only where they are missing.
struct MarketLesson: Sendable {
    /// The fewest matches with closing odds to learn from them alone: a season of the largest leagues.
    static let fewestClosed = 380

    /// Each match's features, and what its probabilities ought to have been less what the market said.
    let rows: [(features: [Double], residuals: [Double])]
    /// How many matches the assumption weighs that the market is right.
    let shrinkage: Double

    /// Takes from rows what can be learnt from; the market must have had an opinion.
    init(_ rows: [Fitted.Row], _ recipe: Recipe) {
        let usable = rows.compactMap { row in LeagueBook.market(in: row.features).map { (row: row, market: $0) } }
        if let shrinkage = recipe.closingShrinkage {
            let closed = usable.compactMap { row, market in
                row.match.fixture.closingOpinion.map {
                    (features: row.features, residuals: zip($0.values, market.values).map { $0 - $1 })
                }
            }
            if closed.count >= MarketLesson.fewestClosed {
                (self.rows, self.shrinkage) = (closed, shrinkage)
                return
            }
        }
        shrinkage = recipe.shrinkage
        self.rows = usable.map { row, market in
            let happened = row.match.result.outcome.rawValue
            return (row.features, market.values.enumerated().map { ($0 == happened ? 1 : 0) - $1 })
        }
    }
}
