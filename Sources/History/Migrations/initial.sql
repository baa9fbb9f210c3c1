-- One row: whether this database holds real or simulated rows. Every fact refers to it, so the two cannot mix.
create table provenance (
    singleton boolean primary key default true check (singleton),
    synthetic boolean not null unique,
    since timestamptz not null default now()
);

create table fixtures (
    id bigint generated always as identity primary key,
    division text not null,
    season smallint not null,
    home text not null,
    away text not null check (away <> home),
    day date not null,
    kick_off timestamptz,
    source text not null,
    synthetic boolean not null references provenance (synthetic),
    unique (division, season, home, away)
);
create index fixtures_day on fixtures (day);

create table matches (
    fixture_id bigint primary key references fixtures,
    -- The place in its file: the order of matches on one day is part of what a model is trained on.
    position integer not null,
    home_goals smallint not null check (home_goals >= 0),
    away_goals smallint not null check (away_goals >= 0),
    half_time_home_goals smallint check (half_time_home_goals between 0 and home_goals),
    half_time_away_goals smallint check (half_time_away_goals between 0 and away_goals),
    home_shots smallint, away_shots smallint,
    home_shots_on_target smallint, away_shots_on_target smallint,
    home_corners smallint, away_corners smallint,
    home_fouls smallint, away_fouls smallint,
    home_yellow_cards smallint, away_yellow_cards smallint,
    home_red_cards smallint, away_red_cards smallint,
    check ((half_time_home_goals is null) = (half_time_away_goals is null)),
    check ((home_shots is null) = (away_shots is null)),
    check ((home_shots_on_target is null) = (away_shots_on_target is null)),
    check ((home_corners is null) = (away_corners is null)),
    check ((home_fouls is null) = (away_fouls is null)),
    check ((home_yellow_cards is null) = (away_yellow_cards is null)),
    check ((home_red_cards is null) = (away_red_cards is null)),
    check (least(
        home_shots, away_shots, home_shots_on_target, away_shots_on_target, home_corners, away_corners,
        home_fouls, away_fouls, home_yellow_cards, away_yellow_cards, home_red_cards, away_red_cards
    ) >= 0)
);

create table odds (
    fixture_id bigint not null references fixtures,
    bookmaker text not null,
    closing boolean not null,
    home double precision not null check (home > 1 and home < 'infinity'),
    draw double precision not null check (draw > 1 and draw < 'infinity'),
    away double precision not null check (away > 1 and away < 'infinity'),
    primary key (fixture_id, bookmaker, closing)
);

create table quarantined_rows (
    id bigint generated always as identity primary key,
    source text not null,
    url text not null,
    line integer not null check (line > 0),
    rule text not null,
    value text not null,
    text text not null,
    seen_at timestamptz not null,
    synthetic boolean not null references provenance (synthetic)
);
-- A raw line may be longer than an index entry: its digest stands for it.
create unique index quarantined_rows_once on quarantined_rows (url, line, md5(text));

create table validators (
    url text primary key,
    etag text,
    last_modified text,
    recorded_at timestamptz not null
);

create table fetches (
    id bigint generated always as identity primary key,
    source text not null,
    url text not null,
    at timestamptz not null,
    outcome text not null,
    status smallint check (status between 100 and 999),
    bytes bigint not null check (bytes >= 0),
    seconds double precision not null check (seconds >= 0),
    attempts integer not null check (attempts > 0)
);
create index fetches_at on fetches (source, at desc);

create table job_runs (
    id bigint generated always as identity primary key,
    job text not null,
    started_at timestamptz not null,
    finished_at timestamptz not null check (finished_at >= started_at),
    outcome text not null,
    items_in bigint not null check (items_in >= 0),
    items_out bigint not null check (items_out >= 0)
);
create index job_runs_newest on job_runs (job, finished_at desc, id desc);

create table models (
    id bigint generated always as identity primary key,
    state text not null check (state in ('champion', 'archived')),
    trained_at timestamptz not null,
    feature_set text not null,
    seed numeric(20) not null check (seed >= 0),
    options json not null,
    matches integer not null check (matches >= 0),
    first_day date not null,
    last_day date not null check (last_day >= first_day),
    holdout json not null,
    bytes bytea not null,
    training_seconds double precision not null check (training_seconds >= 0),
    synthetic boolean not null references provenance (synthetic)
);
create unique index models_one_champion on models (state) where state = 'champion';

create table predictions (
    id bigint generated always as identity primary key,
    model_id bigint not null references models,
    fixture_id bigint not null references fixtures,
    made_at timestamptz not null,
    deadline timestamptz not null,
    home double precision not null check (home between 0 and 1),
    draw double precision not null check (draw between 0 and 1),
    away double precision not null check (away between 0 and 1),
    market_home double precision check (market_home between 0 and 1),
    market_draw double precision check (market_draw between 0 and 1),
    market_away double precision check (market_away between 0 and 1),
    synthetic boolean not null references provenance (synthetic),
    constraint predictions_before_deadline check (made_at < deadline),
    constraint predictions_sum_to_one check (abs(home + draw + away - 1) <= 1e-9),
    constraint predictions_market_sums_to_one check (abs(market_home + market_draw + market_away - 1) <= 1e-9),
    constraint predictions_whole_market check (num_nulls(market_home, market_draw, market_away) in (0, 3))
);
create index predictions_latest on predictions (fixture_id, model_id, made_at desc, id desc);

create table evaluations (
    prediction_id bigint primary key references predictions,
    outcome text not null check (outcome in ('home', 'draw', 'away')),
    hit boolean not null,
    log_loss double precision not null check (log_loss between 0 and 'infinity'),
    ranked_probability double precision not null check (ranked_probability between 0 and 1),
    brier double precision not null check (brier between 0 and 2),
    market_log_loss double precision check (market_log_loss between 0 and 'infinity'),
    market_ranked_probability double precision check (market_ranked_probability between 0 and 1),
    evaluated_at timestamptz not null
);
