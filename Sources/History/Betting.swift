public import Football
public import FoundationEssentials

/// A strategy's simulated wallet and its bets.
public struct Wallet: Sendable, Hashable {
    /// The strategy's name.
    public var strategy: String
    /// What it began with.
    public var openingBalance: Double
    /// Its bets, in the order in which they were placed.
    public var bets: [PlacedBet]
}

/// What one look at the matches did to the wallets.
public struct BettingOutcome: Sendable, Hashable {
    /// Bets that were placed.
    public var placed = 0
    /// Bets that were settled, or settled again because a result was corrected.
    public var settled = 0

    /// Nothing placed and nothing settled.
    public static let nothing = BettingOutcome()

    /// Whether the wallets are as they were.
    public var isNothing: Bool { placed == 0 && settled == 0 }
}

extension History {
    /// Settles the open bets whose results are known, and bets on the matches that have kicked off since.
    ///
    /// A match is bet on once by each strategy, at the odds that the served forecast which stood at its kick-off was made
    /// at, whenever this is called: its result plays no part. Matches of earlier days are settled before stakes of later
    /// ones are chosen. All of it is one transaction, which waits for any other.
    ///
    /// - Parameters:
    ///   - strategies: The strategies that bet; without any, open bets are still settled.
    ///   - openingBalance: What a wallet holds that is opened now.
    ///   - instant: The league's present; matches with a kick-off after it and without a result are not looked at.
    /// - Returns: How many bets were placed and settled.
    /// - Throws: `HistoryError` if PostgreSQL does not do its part.
    public func bet(
        _ strategies: [BettingStrategy], openingBalance: Double, at instant: Date
    ) async throws(HistoryError) -> BettingOutcome {
        try await write(.bets) { session throws(HistoryError) in
            for strategy in strategies {
                try session.execute(
                    """
                    insert into wallets (strategy, opening_balance, opened_at, synthetic)
                    select $1, $2, $3, synthetic from provenance on conflict do nothing
                    """,
                    [strategy.name, openingBalance, instant])
            }
            try session.execute("select from wallets order by strategy for update")
            var outcome = BettingOutcome(settled: try session.settleBets(at: instant))
            let days = Dictionary(grouping: try session.undecided(at: instant), by: \.day)
            for (_, matches) in days.sorted(by: { $0.key < $1.key }) {
                for strategy in strategies {
                    outcome.placed += try session.place(strategy, matches, at: instant)
                }
                if matches.contains(where: \.isPlayed) { outcome.settled += try session.settleBets(at: instant) }
            }
            return outcome
        }
    }

    /// Every wallet with its bets.
    public func wallets() async throws(HistoryError) -> [Wallet] {
        try await run(.bets) { session throws(HistoryError) in
            let openings = try session.execute("select strategy, opening_balance from wallets order by strategy")
                .map { row throws(HistoryError) in
                    Wallet(strategy: try row.next(), openingBalance: try row.next(), bets: [])
                }
            let bets = try session.execute(
                """
                select b.strategy, f.day, b.status, b.stake, b.odds, b.closing_odds
                from bets b join fixtures f on f.id = b.fixture_id order by b.deadline, b.id
                """
            ).map { row throws(HistoryError) in
                let strategy = try row.next(String.self)
                let day = try row.next(Day.self)
                let status = try row.next(String.self)
                guard let state = PlacedBet.State(rawValue: status) else {
                    throw .unreadable("a bet's state \(status)")
                }
                return (
                    strategy,
                    PlacedBet(
                        day: day, state: state, stake: try row.next(), odds: try row.next(),
                        closingOdds: try row.optional())
                )
            }
            let byStrategy = Dictionary(grouping: bets, by: \.0)
            return openings.map { wallet in
                Wallet(
                    strategy: wallet.strategy, openingBalance: wallet.openingBalance,
                    bets: (byStrategy[wallet.strategy] ?? []).map(\.1))
            }
        }
    }
}

/// A match that has kicked off and on which nobody has decided to bet or not.
private struct UndecidedMatch: Sendable {
    let fixture: Int64
    let day: Day
    let deadline: Date
    let isPlayed: Bool
    /// The forecast that stood, and the odds that it was made at; nil where there is none.
    let offer: (prediction: Int64, bookmaker: String, odds: Odds, forecast: OutcomeProbabilities)?
}

extension Session {
    /// Takes the matches that have kicked off, each for the last time.
    fileprivate func undecided(at instant: Date) throws(HistoryError) -> [UndecidedMatch] {
        let matches = try execute(
            """
            select f.id, f.day, \(deadline), m.fixture_id is not null, p.id, p.bookmaker, p.odds_home, p.odds_draw,
                p.odds_away, p.home, p.draw, p.away
            from fixtures f left join matches m on m.fixture_id = f.id left join lateral (
                select * from predictions p where p.fixture_id = f.id and p.made_at < \(deadline) and not p.shadow
                order by p.made_at desc, p.id desc limit 1
            ) p on p.bookmaker is not null
            where (\(deadline) <= $1 or m.fixture_id is not null)
                and not exists (select from bet_matches b where b.fixture_id = f.id)
            order by 3, f.id
            """,
            [instant]
        ).map { row throws(HistoryError) in
            let (id, day, deadline) = (try row.next(Int64.self), try row.next(Day.self), try row.next(Date.self))
            let isPlayed = try row.next(Bool.self)
            guard let prediction = try row.optional(Int64.self) else {
                return UndecidedMatch(fixture: id, day: day, deadline: deadline, isPlayed: isPlayed, offer: nil)
            }
            let bookmaker = try row.next(String.self)
            let odds = Odds(home: try row.next(), draw: try row.next(), away: try row.next())
            let forecast = OutcomeProbabilities(home: try row.next(), draw: try row.next(), away: try row.next())
            return UndecidedMatch(
                fixture: id, day: day, deadline: deadline, isPlayed: isPlayed,
                offer: (prediction, bookmaker, odds, forecast))
        }
        try copy(into: "bet_matches", matches.map { [$0.fixture, instant] })
        return matches
    }

    /// Places a strategy's bets on the matches of a day, each from what the ones before it left in the wallet.
    fileprivate func place(
        _ strategy: BettingStrategy, _ matches: [UndecidedMatch], at instant: Date
    ) throws(HistoryError) -> Int {
        // In one order, whatever order the rows lie in: a sum's last digit depends on it, and the stakes on the sum.
        let held = try execute(
            """
            select w.opening_balance + coalesce(sum(b.returned - b.stake order by b.deadline, b.id), 0)
            from wallets w left join bets b on b.strategy = w.strategy where w.strategy = $1 group by w.opening_balance
            """,
            [strategy.name]
        ).first { row throws(HistoryError) in try row.next(Double.self) }
        guard var balance = held else { return 0 }
        var placed = 0
        for match in matches {
            guard let offer = match.offer,
                let wager = strategy.wager(offer.forecast, offer.odds, balance: balance)
            else { continue }
            placed += try execute(
                """
                insert into bets (
                    strategy, fixture_id, prediction_id, deadline, placed_at, bookmaker, outcome, odds, probability, stake
                ) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict do nothing
                """,
                [
                    strategy.name, match.fixture, offer.prediction, match.deadline, instant, offer.bookmaker,
                    wager.outcome.name, wager.odds, wager.probability, wager.stake,
                ]
            ).changed
            balance -= wager.stake
        }
        return placed
    }

    /// Settles bets whose result is known and differs from how they stand; one on a match put off by more than a day is
    /// void, and the match is decided on anew at its new kick-off.
    fileprivate func settleBets(at instant: Date) throws(HistoryError) -> Int {
        let settled = try execute(
            """
            with ended as (
                select b.id, o.closing_odds, case
                        when b.status = 'open' and \(deadline) > b.deadline + interval '1 day' then 'void'
                        when b.outcome = \(outcome) then 'won' else 'lost'
                    end as status
                from bets b join fixtures f on f.id = b.fixture_id left join matches m on m.fixture_id = f.id
                left join lateral (
                    select case b.outcome when 'home' then o.home when 'draw' then o.draw else o.away end as closing_odds
                    from odds o where (o.fixture_id, o.bookmaker, o.closing) = (f.id, b.bookmaker, true)
                ) o on true
                where b.status <> 'void' and (
                    m.fixture_id is not null or b.status = 'open' and \(deadline) > b.deadline + interval '1 day'
                )
            )
            update bets b set (status, returned, settled_at, closing_odds, revision) = row (
                e.status, case e.status when 'won' then b.stake * b.odds when 'void' then b.stake else 0 end, $1,
                e.closing_odds, b.revision + 1
            )
            from ended e where e.id = b.id and e.status <> b.status
            """,
            [instant]
        ).changed
        try execute(
            """
            delete from bet_matches where fixture_id in (select fixture_id from bets where status = 'void')
                and fixture_id not in (select fixture_id from bets where status <> 'void') and fixture_id in (
                    select f.id from fixtures f where \(deadline) > $1
                )
            """,
            [instant])
        return settled
    }
}
