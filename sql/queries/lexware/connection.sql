-- How a practice is connected: key, organisation, settings.

-- name: key
-- The stored API key, encrypted, and whose it is; no row: not connected. Params: practice_id.
-- Reads outbox: whether there may still be tokens that do not say whose they are.
select practice_id, key_encrypted, organisation_id, lines, matching,
       (select keys_bound_at is null from outbox.installation) as may_be_unbound
from lexware.connection
where practice_id = %(practice_id)s and key_encrypted is not null and organisation_id is not null;

-- name: choose
-- Switch on; settings that are null stay what they are. Params: practice_id, lines, matching, avv_date, by.
insert into lexware.connection as c (practice_id, lines, matching, avv_date, avv_recorded_by, avv_recorded_at)
values (%(practice_id)s, coalesce(%(lines)s, 'neutral'), coalesce(%(matching)s, 'exact'), %(avv_date)s,
        case when %(avv_date)s::date is not null then %(by)s end,
        case when %(avv_date)s::date is not null then clock_timestamp() end)
on conflict (practice_id) do update
set lines = coalesce(%(lines)s, c.lines), matching = coalesce(%(matching)s, c.matching),
    avv_date = coalesce(%(avv_date)s, c.avv_date),
    avv_recorded_by = case when %(avv_date)s::date is null then c.avv_recorded_by else %(by)s end,
    avv_recorded_at = case when %(avv_date)s::date is null then c.avv_recorded_at else clock_timestamp() end;

-- name: store
-- A working key of an organisation; settings stay. Params: practice_id, organisation_id, company_name, tax_type,
-- small_business, key_encrypted, keeps_day (it is the key that was stored already).
insert into lexware.connection as c
    (practice_id, organisation_id, company_name, tax_type, small_business, key_encrypted, key_stored_at, profile_read_at,
     profile_token)
values (%(practice_id)s, %(organisation_id)s, %(company_name)s, %(tax_type)s, %(small_business)s, %(key_encrypted)s,
        clock_timestamp(), clock_timestamp(), md5(%(key_encrypted)s))
on conflict (practice_id) do update
set organisation_id = excluded.organisation_id, company_name = excluded.company_name, tax_type = excluded.tax_type,
    small_business = excluded.small_business, key_encrypted = excluded.key_encrypted,
    key_stored_at = case when %(keeps_day)s then c.key_stored_at else excluded.key_stored_at end,
    profile_read_at = excluded.profile_read_at, profile_token = excluded.profile_token;

-- name: left_behind
-- What belongs to an organisation that the practice leaves. Params: practice_id, organisation_id.
-- Reads outbox: what is in doubt there is left behind too.
select (select count(*) from lexware.document_link
        where practice_id = %(practice_id)s and organisation_id = %(organisation_id)s) as documents,
       (select count(*) from lexware.contact_link
        where practice_id = %(practice_id)s and organisation_id = %(organisation_id)s and unlinked_at is null) as contacts,
       (select count(*) from outbox.intent
        where practice_id = %(practice_id)s and organisation_id = %(organisation_id)s and closed_at is null) as intents;

-- name: sharing
-- Other practices connected with the same organisation. Params: practice_id, organisation_id.
select practice_id
from lexware.connection
where organisation_id = %(organisation_id)s and practice_id <> %(practice_id)s and key_encrypted is not null
order by practice_id;

-- name: stored_keys
-- Every stored API key, encrypted, and whose it is.
-- Reads outbox: whether there may still be tokens that do not say whose they are.
select practice_id, key_encrypted, organisation_id, (select keys_bound_at is null from outbox.installation) as may_be_unbound
from lexware.connection
where key_encrypted is not null
order by practice_id;

-- name: keys_are_bound
-- From now on a token that does not say whose it is opens nothing.
-- Reads outbox: the function by which the installation is told.
select outbox.keys_are_bound();

-- name: relock
-- The same key under another secret key, unless it was replaced meanwhile; what its profile said still holds.
-- Params: practice_id, key_encrypted, relocked.
update lexware.connection
set key_encrypted = %(relocked)s,
    profile_token = case when profile_token = md5(key_encrypted) then md5(%(relocked)s) else profile_token end
where practice_id = %(practice_id)s and key_encrypted = %(key_encrypted)s;

-- name: read_profiles_anew
-- Somebody may have changed the tax settings in Lexware: the next claim reads them. Params: practice_ids.
update lexware.connection set profile_read_at = null where practice_id = any (%(practice_ids)s);

-- name: in_use
-- Every practice with a stored key.
-- Reads outbox: whether the lane is in use decides how bad a finding is, and whether there may be tokens without an owner.
select c.practice_id, c.key_encrypted, c.organisation_id,
       (select keys_bound_at is null from outbox.installation) as may_be_unbound,
       coalesce(outbox.lane_connection(l), 'disabled') in ('active', 'paused') as in_use
from lexware.connection c
left join outbox.lane l using (practice_id)
where c.key_encrypted is not null
order by c.practice_id;
