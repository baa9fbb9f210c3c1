alter table announcements
    add column half_time_home_goals smallint check (half_time_home_goals >= 0),
    add column half_time_away_goals smallint check (half_time_away_goals >= 0),
    add constraint announcements_whole_half_time check (num_nulls(half_time_home_goals, half_time_away_goals) in (0, 2));

-- Scores that a source gave and that the history holds differently: each is here once.
create table feed_disagreements (
    fixture_id bigint not null references fixtures,
    source text not null,
    score text not null check (score in ('final', 'half_time')),
    their_home_goals smallint not null,
    their_away_goals smallint not null,
    kept_home_goals smallint not null,
    kept_away_goals smallint not null,
    seen_at timestamptz not null,
    primary key (fixture_id, source, score, their_home_goals, their_away_goals, kept_home_goals, kept_away_goals)
);
