-- One row for each time that an agent began to lead.
create table terms (
    term bigint generated always as identity primary key,
    holder text not null,
    began_at timestamptz not null default now()
);

-- One row: the term that is under way. A write made in a term holds this row until it commits, so that no other term
-- can begin before, and is refused once one has.
create table leadership (
    singleton boolean primary key default true check (singleton),
    term bigint not null references terms,
    holder text not null
);

-- Keys of facts that are kept, so that one which is offered twice counts once.
create table kept_facts (
    key uuid primary key,
    term bigint references terms,
    made_at timestamptz not null,
    kept_at timestamptz not null default now(),
    -- Whether it waited in a spool.
    late boolean not null
);
create index kept_facts_kept_at on kept_facts (kept_at);

alter table job_runs add column term bigint references terms;
create unique index job_runs_once_in_a_term on job_runs (term, job, started_at);
