-- What each forecast was made from; unknown for those made before this was kept.
alter table predictions add column tier text check (tier in ('market', 'no-odds', 'prior'));
