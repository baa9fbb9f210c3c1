-- What the feeds of fixtures say of each match at the moment: a match put off is not overdue.
create table announcements (
    source text not null,
    division text not null,
    season smallint not null,
    home text not null,
    away text not null check (away <> home),
    status text not null
        check (status in ('scheduled', 'provisional', 'postponed', 'playing', 'finished', 'cancelled')),
    kick_off timestamptz,
    home_goals smallint check (home_goals >= 0),
    away_goals smallint check (away_goals >= 0),
    seen_at timestamptz not null,
    primary key (source, division, season, home, away),
    check ((home_goals is null) = (away_goals is null))
);
create index announcements_match on announcements (division, season, home, away, seen_at desc);

-- Results that were stored and then read differently: what stood before, and what stands since.
create table result_revisions (
    id bigint generated always as identity primary key,
    fixture_id bigint not null references fixtures,
    revision integer not null check (revision > 0),
    source text not null,
    recorded_at timestamptz not null,
    previous_home_goals smallint not null,
    previous_away_goals smallint not null,
    home_goals smallint not null,
    away_goals smallint not null,
    unique (fixture_id, revision)
);

-- The columns that a file had when it was last read, and what kind of values they held.
create table feed_columns (
    url text not null,
    name text not null,
    kind text not null,
    primary key (url, name)
);
