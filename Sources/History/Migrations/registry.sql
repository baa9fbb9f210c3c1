-- What is known of a model beside its bytes. Those trained before this was kept have no data checksum.
alter table models drop constraint models_state_check;
alter table models
    add constraint models_state_check check (state in ('candidate', 'champion', 'archived')),
    add column features json not null default '[]',
    add column data_checksum text,
    add column calibration json not null default '"none"',
    add column registered_at timestamptz not null default now(),
    -- Found when the bytes were written: damage to the table's file shows when it is computed again.
    add column bytes_checksum text not null generated always as (encode(sha256(bytes), 'hex')) stored;
create unique index models_one_candidate on models (state) where state = 'candidate';

-- What became of each model, and why; rows are only ever added.
create table model_events (
    id bigint generated always as identity primary key,
    model_id bigint not null references models,
    event text not null
        check (event in ('registered', 'imported', 'promoted', 'rejected', 'archived', 'rolled_back', 'restored')),
    reason text not null check (reason <> ''),
    evidence json not null default '{}',
    requested_by text not null
        check (requested_by in ('schedule', 'drift', 'score', 'age', 'request', 'operator')),
    -- In league time, as `trained_at` is.
    at timestamptz not null,
    recorded_at timestamptz not null default now(),
    term bigint references terms
);
create index model_events_model on model_events (model_id, id);
-- Until now a model served from when it was trained.
insert into model_events (model_id, event, reason, requested_by, at)
select m.id, event, 'trained before promotions were judged', 'schedule', m.trained_at
from models m cross join unnest(array['registered', 'promoted']) with ordinality as events (event, step)
order by m.id, step;

-- Decisions about training anew: what spoke for it, what held it back, and the model that came of it.
create table training_decisions (
    id bigint generated always as identity primary key,
    decided_at timestamptz not null,
    train boolean not null,
    reasons json not null,
    held_back text check (held_back <> ''),
    evidence json not null default '{}',
    term bigint references terms,
    model_id bigint references models,
    check (not (train and (held_back is not null or json_array_length(reasons) = 0)))
);
create index training_decisions_open on training_decisions (id) where train and model_id is null;

-- Wishes for a training, by whoever may have one; the key makes one that is told twice count once.
create table training_requests (
    id bigint generated always as identity primary key,
    source text not null check (source in ('command', 'api', 'alert')),
    reason text not null check (reason <> ''),
    key text unique,
    requested_at timestamptz not null,
    decision_id bigint references training_decisions
);
create index training_requests_open on training_requests (id) where decision_id is null;

-- A forecast that is not served but kept beside the one that is, so that its model can be judged.
alter table predictions add column shadow boolean not null default false;
