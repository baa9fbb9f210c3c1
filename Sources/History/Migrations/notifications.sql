-- What Alertmanager told of: once that an alert fires, and once that it is resolved. `starts_at` and `ends_at` are the
-- alert's own, `received_at` is in league time, as are the decisions that came of it.
create table alert_notifications (
    id bigint generated always as identity primary key,
    fingerprint text not null check (fingerprint <> ''),
    starts_at timestamptz not null,
    status text not null check (status in ('firing', 'resolved')),
    ends_at timestamptz,
    name text not null check (name <> ''),
    severity text,
    receiver text not null,
    labels json not null,
    annotations json not null,
    generator_url text,
    received_at timestamptz not null,
    -- The key of the request to train that came of it.
    request_key text,
    unique (fingerprint, starts_at, status)
);
create index alert_notifications_received on alert_notifications (received_at);
