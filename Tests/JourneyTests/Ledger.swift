/// Every row that the agent may only ever add: what was once committed must be there for ever, unchanged.
struct Ledger {
    private let rows: Set<String>

    /// Reads it from an agent's database.
    init(of home: AgentHome) async throws {
        rows = Set(
            try await home.texts(
                """
                select 'fixture ' || (id, division, season, home, away)::text from fixtures
                union all select 'match ' || m::text from matches m
                union all select 'odds ' || o::text from odds o
                union all select 'model ' || (id, trained_at, matches, md5(bytes))::text from models
                union all select 'forecast ' || p::text from predictions p
                union all select 'score ' || e::text from evaluations e
                union all select 'bet ' || (id, strategy, fixture_id, prediction_id, outcome, odds, probability, stake,
                    placed_at)::text from bets
                union all select 'settlement ' || (id, status, returned, settled_at, revision)::text from bets
                    where status <> 'open'
                union all select 'decision ' || d::text from bet_matches d
                union all select 'wallet ' || w::text from wallets w
                union all select 'run ' || r::text from job_runs r
                union all select 'fetch ' || f::text from fetches f
                """))
    }

    /// How many rows of a kind there are.
    func count(_ kind: String) -> Int { rows.count { $0.hasPrefix(kind + " ") } }

    /// The rows that another ledger lacks.
    func missing(in later: Ledger) -> Set<String> { rows.subtracting(later.rows) }

    /// What must be true at any instant, with a query that counts the exceptions.
    static let invariants = [
        ("a run is recorded once", "select count(*) - count(distinct (job, started_at)) from job_runs"),
        (
            "a forecast that says nothing new is not kept twice",
            """
            select count(*) from (
                select (deadline, home, draw, away, market_home, market_draw, market_away)
                    is not distinct from lag((deadline, home, draw, away, market_home, market_draw, market_away))
                    over (partition by fixture_id, model_id order by made_at, id) as again
                from predictions
            ) versions where again
            """
        ),
        ("a forecast is scored once", "select count(*) - count(distinct prediction_id) from evaluations"),
        (
            "a forecast is scored on how its match ended",
            """
            select count(*) from evaluations e join predictions p on p.id = e.prediction_id
            join matches m using (fixture_id)
            where e.revision = 1 and e.outcome
                <> case sign(m.home_goals - m.away_goals) when 1 then 'home' when 0 then 'draw' else 'away' end
            """
        ),
        (
            "a strategy bets on a match once",
            "select count(*) - count(distinct (strategy, fixture_id)) from bets where status <> 'void'"
        ),
        (
            "a bet is at the odds of the forecast that stood",
            """
            select count(*) from bets b join predictions p on p.id = b.prediction_id
            where p.made_at >= b.deadline
                or b.odds <> case b.outcome when 'home' then odds_home when 'draw' then odds_draw else odds_away end
                or exists (
                    select from predictions q where (q.fixture_id, q.shadow) = (p.fixture_id, false)
                        and (q.made_at, q.id) > (p.made_at, p.id) and q.made_at < b.placed_at
                )
            """
        ),
        (
            "a bet is settled by how its match ended",
            """
            select count(*) from bets b join matches m using (fixture_id)
            where b.revision = 1 and (b.status = 'won') <> (b.outcome
                = case sign(m.home_goals - m.away_goals) when 1 then 'home' when 0 then 'draw' else 'away' end)
            """
        ),
        ("a bet is settled once", "select count(*) from bets where revision > 1"),
        (
            "what a bet brings back is right",
            "select count(*) from bets where returned <> case status when 'won' then stake * odds else 0 end"
        ),
        ("one model serves", "select abs(count(*) - 1) from models where state = 'champion'"),
        (
            "a score has its match",
            """
            select count(*) from evaluations join predictions p on p.id = prediction_id
            left join matches m on m.fixture_id = p.fixture_id where m.fixture_id is null
            """
        ),
        ("nothing is in quarantine", "select count(*) from quarantined_rows"),
    ]
}
