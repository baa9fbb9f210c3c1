extension Fixture {
    /// The odds that a simulated bet is placed at, and whose they are: the first sane ones, never closing odds.
    ///
    /// Bet365's, else the mean across bookmakers, else Pinnacle's, else the highest.
    public var bettingQuote: (bookmaker: Bookmaker, odds: Odds)? {
        [Bookmaker.bet365, .average, .pinnacle, .maximum].lazy
            .compactMap { bookmaker in odds[Quote(bookmaker)].map { (bookmaker, $0) } }
            .first { $0.1.isSane }
    }
}
