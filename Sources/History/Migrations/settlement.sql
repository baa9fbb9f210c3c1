-- The odds that each forecast was made at, and whose they were; unknown for forecasts made before this was kept.
alter table predictions
    add column bookmaker text,
    add column odds_home double precision check (odds_home > 1 and odds_home < 'infinity'),
    add column odds_draw double precision check (odds_draw > 1 and odds_draw < 'infinity'),
    add column odds_away double precision check (odds_away > 1 and odds_away < 'infinity'),
    add constraint predictions_whole_odds check (num_nulls(bookmaker, odds_home, odds_draw, odds_away) in (0, 4));

-- How often the forecast was scored, since a result can be corrected; and the share of each outcome in the matches of
-- the days before, with one of each added, as an opponent that needs no skill.
alter table evaluations
    add column revision integer not null default 1 check (revision > 0),
    add column base_home double precision check (base_home between 0 and 1),
    add column base_draw double precision check (base_draw between 0 and 1),
    add column base_away double precision check (base_away between 0 and 1),
    add constraint evaluations_whole_base check (num_nulls(base_home, base_draw, base_away) in (0, 3));

create view base_rates as
with days as (
    select f.division, f.day, count(*) as matches, count(*) filter (where m.home_goals > m.away_goals) as home,
        count(*) filter (where m.home_goals = m.away_goals) as draw
    from matches m join fixtures f on f.id = m.fixture_id group by 1, 2
), before as (
    select division, day, coalesce(sum(matches) over earlier, 0)::float8 as matches,
        coalesce(sum(home) over earlier, 0)::float8 as home, coalesce(sum(draw) over earlier, 0)::float8 as draw
    from days
    window earlier as (partition by division order by day rows between unbounded preceding and 1 preceding)
)
select division, day, (home + 1) / (matches + 3) as home, (draw + 1) / (matches + 3) as draw,
    (matches - home - draw + 1) / (matches + 3) as away
from before;

update evaluations e set (base_home, base_draw, base_away) = (r.home, r.draw, r.away)
from predictions p, fixtures f, base_rates r
where p.id = e.prediction_id and f.id = p.fixture_id and (r.division, r.day) = (f.division, f.day);

-- Scores that no longer hold, because the result that they were given for was corrected.
create table superseded_evaluations (
    prediction_id bigint not null references predictions,
    revision integer not null,
    outcome text not null,
    hit boolean not null,
    log_loss double precision not null,
    ranked_probability double precision not null,
    brier double precision not null,
    market_log_loss double precision,
    market_ranked_probability double precision,
    evaluated_at timestamptz not null,
    superseded_at timestamptz not null,
    primary key (prediction_id, revision)
);

-- The outcome that a match was settled with; unknown ones are looked at once more, since every forecast from before
-- the kick-off is scored now, and not only each model's last.
alter table settled_matches add column outcome text check (outcome in ('home', 'draw', 'away'));
