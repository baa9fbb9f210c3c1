-- By age, for the statements that remove what is too old.
create index fetches_age on fetches (at);
create index job_runs_age on job_runs (finished_at);
create index quarantined_rows_age on quarantined_rows (seen_at);
-- By address, for the last fetch that brought a file.
create index fetches_url on fetches (url, at desc);
