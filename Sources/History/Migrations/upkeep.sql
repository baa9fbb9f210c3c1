-- Archived models may lose their bytes but not what they were: the checksum stays that of the bytes as they were written.
alter table models
    alter column bytes_checksum drop expression,
    alter column bytes drop not null,
    add constraint models_without_bytes_are_archived check (bytes is not null or state = 'archived');

-- By age, for the statements that remove what is too old.
create index feed_disagreements_age on feed_disagreements (seen_at);
create index superseded_evaluations_age on superseded_evaluations (superseded_at);
create index fallback_predictions_age on fallback_predictions (made_at);

-- Models that a tracking server was sent, each once to every destination, and its run there.
create table model_exports (
    model_id bigint not null references models,
    destination text not null check (destination <> ''),
    run text not null check (run <> ''),
    exported_at timestamptz not null default now(),
    primary key (destination, model_id)
);
