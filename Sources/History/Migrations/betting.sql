-- Simulated wallets, one for each strategy: no money moves anywhere.
create table wallets (
    strategy text primary key check (strategy in ('flat', 'kelly', 'rule')),
    opening_balance double precision not null check (opening_balance > 0 and opening_balance < 'infinity'),
    opened_at timestamptz not null,
    synthetic boolean not null references provenance (synthetic)
);

-- Simulated bets, each at the odds that the forecast which stood at the kick-off was made at.
create table bets (
    id bigint generated always as identity primary key,
    strategy text not null references wallets,
    fixture_id bigint not null references fixtures,
    prediction_id bigint not null references predictions,
    deadline timestamptz not null,
    placed_at timestamptz not null,
    bookmaker text not null,
    outcome text not null check (outcome in ('home', 'draw', 'away')),
    odds double precision not null check (odds > 1 and odds < 'infinity'),
    probability double precision not null check (probability between 0 and 1),
    stake double precision not null check (stake > 0 and stake < 'infinity'),
    status text not null default 'open' check (status in ('open', 'won', 'lost', 'void')),
    returned double precision not null default 0 check (returned >= 0 and returned < 'infinity'),
    settled_at timestamptz,
    closing_odds double precision check (closing_odds > 1 and closing_odds < 'infinity'),
    -- How often it was settled: more than once where a result was corrected.
    revision integer not null default 0 check (revision >= 0),
    check ((status = 'open') = (settled_at is null) and (status = 'open') = (revision = 0)),
    check (status in ('won', 'void') or returned = 0)
);
create unique index bets_once on bets (strategy, fixture_id) where status <> 'void';
create index bets_fixture on bets (fixture_id);

-- Matches that have kicked off and of which every strategy has decided whether to bet.
create table bet_matches (fixture_id bigint primary key references fixtures, decided_at timestamptz not null);
