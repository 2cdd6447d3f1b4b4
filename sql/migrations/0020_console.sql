-- The console's own data: single-use codes, the sessions that they begin, and where it listens. Codes and session ids are
-- kept as hashes only: whoever reads these tables cannot enter with what stands there.

create schema console;
comment on schema console is 'lexrelay: who may enter the console, and who is in it.';

create table console.code (
    code_sha256 bytea primary key,
    role text not null check (role in ('operator', 'viewer', 'practice')),
    practice_id bigint,
    name text not null,
    created_at timestamptz not null default clock_timestamp(),
    expires_at timestamptz not null,
    used_at timestamptz,
    check ((role = 'practice') = (practice_id is not null))
);
comment on table console.code is 'A code lets one browser in, once, and not after its end.';
comment on column console.code.name is 'Whom it lets in: the name that operator actions are recorded with.';

create table console.session (
    session_sha256 bytea primary key,
    role text not null check (role in ('operator', 'viewer', 'practice')),
    practice_id bigint,
    name text not null,
    begun_at timestamptz not null default clock_timestamp(),
    seen_at timestamptz not null default clock_timestamp(),
    ended_at timestamptz,
    check ((role = 'practice') = (practice_id is not null))
);
comment on table console.session is 'A browser that came in by a code. It ends when it is left, when idle, and at the latest after a working day.';
comment on column console.session.seen_at is 'When its user last did something; a page that refreshes itself does not count.';

create table console.server (
    one boolean primary key default true check (one),
    url text not null,
    since timestamptz not null default clock_timestamp()
);
comment on table console.server is 'The address under which the console that was started last is reached.';
