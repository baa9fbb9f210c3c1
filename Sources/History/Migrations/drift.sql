-- What was found changed in the data or in the stream of scores, from when until when.
create table drift_findings (
    id bigint generated always as identity primary key,
    subject text not null check (subject <> ''),
    found_at timestamptz not null,
    statistic double precision,
    p_value double precision check (p_value between 0 and 1),
    matches integer not null check (matches >= 0),
    cleared_at timestamptz check (cleared_at >= found_at)
);
create unique index drift_findings_open on drift_findings (subject) where cleared_at is null;
