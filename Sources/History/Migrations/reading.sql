-- The newest forecast of a match first, whatever model made it.
create index predictions_newest on predictions (fixture_id, made_at desc, id desc);

-- Matches of which every forecast is scored, so that scoring looks at the others only.
create table settled_matches (fixture_id bigint primary key references fixtures);
insert into settled_matches
select distinct p.fixture_id from evaluations e join predictions p on p.id = e.prediction_id
join matches m on m.fixture_id = p.fixture_id;
