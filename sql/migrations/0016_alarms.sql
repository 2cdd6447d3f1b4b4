-- Alarms that the daemon sends itself: what rings, who was told, and where a practice wants to be told. Kept here, so that
-- restarts and several pollers tell nothing twice. Ids, numbers and codes only, but for the addresses.

create table outbox.alarm (
    alarm_id bigint generated always as identity primary key,
    cause text not null,
    name text not null,
    practice_id bigint,
    for_practice boolean not null,
    told_de text not null,
    told_en text not null,
    first_seen_at timestamptz not null default clock_timestamp(),
    last_seen_at timestamptz not null default clock_timestamp(),
    over_at timestamptz
);
comment on table outbox.alarm is 'A cause that rang, from when it was first seen until it was over.';
comment on column outbox.alarm.for_practice is 'The practice itself must do something.';
create unique index one_alarm_a_cause on outbox.alarm (cause) where over_at is null;

create table outbox.alarm_message (
    alarm_id bigint not null references outbox.alarm,
    stage text not null check (stage in ('on', 'over')),
    channel text not null check (channel in ('mail', 'url', 'practice')),
    due_at timestamptz not null default clock_timestamp(),
    tries int not null default 0,
    sent_at timestamptz,
    primary key (alarm_id, stage, channel)
);
comment on table outbox.alarm_message is 'That somebody is to be told of an alarm, or of its end, and whether it was done.';
create index alarm_message_due on outbox.alarm_message (due_at) where sent_at is null;

create table outbox.alarm_digest (
    day date not null,
    channel text not null check (channel in ('mail', 'url')),
    due_at timestamptz not null default clock_timestamp(),
    tries int not null default 0,
    sent_at timestamptz,
    primary key (day, channel)
);
comment on table outbox.alarm_digest is 'The daily digest, by Berlin day.';

create table outbox.alarm_address (
    practice_id bigint primary key,
    mail text,
    set_by text not null,
    set_at timestamptz not null default clock_timestamp()
);
comment on table outbox.alarm_address is 'Where a practice wants to be told what it must do; null: nowhere.';
