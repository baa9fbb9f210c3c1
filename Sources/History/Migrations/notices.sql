-- Tells whoever listens on the channel "touchline" which table got rows; nobody has to, and nothing waits for them.
create function touchline_tell() returns trigger language plpgsql as $$
begin
    perform pg_notify('touchline', tg_table_name);
    return null;
end
$$;
create trigger job_runs_tell after insert on job_runs for each statement execute function touchline_tell();
create trigger model_events_tell after insert on model_events for each statement execute function touchline_tell();
create trigger training_requests_tell after insert on training_requests
    for each statement execute function touchline_tell();
