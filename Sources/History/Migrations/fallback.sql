-- Each provider of feeds: since when all that it was asked for has failed; null while something of it is read.
create table feed_standing (
    provider text primary key,
    failing_since timestamptz,
    last_success_at timestamptz
);

-- Forecasts of invented fixtures at invented odds, made while no feed answered. They refer to no fixture, and nothing
-- can refer to them: numbers below zero are no forecast's that a score could belong to.
create table fallback_predictions (
    id bigint generated always as identity (start with -1 increment by -1) primary key check (id < 0),
    source text not null check (source = 'simulation'),
    model_id bigint not null references models,
    division text not null,
    season smallint not null,
    home_team text not null,
    away_team text not null check (away_team <> home_team),
    kick_off timestamptz not null,
    made_at timestamptz not null check (made_at < kick_off),
    tier text not null check (tier in ('market', 'no-odds', 'prior')),
    home double precision not null check (home between 0 and 1),
    draw double precision not null check (draw between 0 and 1),
    away double precision not null check (away between 0 and 1),
    market_home double precision check (market_home between 0 and 1),
    market_draw double precision check (market_draw between 0 and 1),
    market_away double precision check (market_away between 0 and 1),
    check (abs(home + draw + away - 1) <= 1e-9),
    check (num_nulls(market_home, market_draw, market_away) in (0, 3))
);
create index fallback_predictions_newest on fallback_predictions
    (division, season, home_team, away_team, made_at desc, id);

-- A forecast that is kept for scoring is numbered above zero, so that no number means both.
alter table predictions add constraint predictions_numbered_above_zero check (id > 0);
