-- Who may enter the console, and who is in it. Codes and session ids come as hashes; the database's clock decides.

-- name: offer
-- A code for one browser. Params: code_sha256, role, practice_id, name, minutes.
insert into console.code (code_sha256, role, practice_id, name, expires_at)
values (%(code_sha256)s, %(role)s, %(practice_id)s, %(name)s, clock_timestamp() + make_interval(mins => %(minutes)s));

-- name: redeem
-- Use a code and begin a session, in one statement: of two browsers with one code the second gets no row.
-- No row: unknown, used, or too late. Params: code_sha256, session_sha256.
with code as (
    update console.code set used_at = clock_timestamp()
    where code_sha256 = %(code_sha256)s and used_at is null and expires_at > clock_timestamp()
    returning role, practice_id, name
)
insert into console.session (session_sha256, role, practice_id, name)
select %(session_sha256)s, role, practice_id, name from code
returning role, practice_id, name;

-- name: session
-- Whose session it is, noting that its user is there, at most every few seconds. No row: none, ended, idle or too old.
-- Params: session_sha256, idle_seconds, longest_seconds, is_live (a page that refreshes itself: nobody is there).
with known as (
    select s.session_sha256, s.role, s.practice_id, s.name, s.seen_at from console.session s
    where s.session_sha256 = %(session_sha256)s and s.ended_at is null
      and s.seen_at > clock_timestamp() - make_interval(secs => %(idle_seconds)s)
      and s.begun_at > clock_timestamp() - make_interval(secs => %(longest_seconds)s)
), seen as (
    update console.session s set seen_at = clock_timestamp()
    from known k
    where s.session_sha256 = k.session_sha256 and not %(is_live)s
      and k.seen_at < clock_timestamp() - interval '5 seconds'
)
select role, practice_id, name from known;

-- name: leave
-- End a session. Params: session_sha256.
update console.session set ended_at = clock_timestamp() where session_sha256 = %(session_sha256)s and ended_at is null;

-- name: listens
-- The console that was started last is reached here. Params: url.
insert into console.server (url) values (%(url)s)
on conflict (one) do update set url = excluded.url, since = clock_timestamp();

-- name: address
-- Where the console that was started last is reached. No row: none was ever started.
select url from console.server;
