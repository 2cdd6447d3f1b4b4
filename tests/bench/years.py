"""What many practices leave behind in years, written by few statements: documents, events, links, what was seen of them, letters.

Customers are `Nr. 7`; nothing in it is a person's.
"""

import psycopg

from tests.bench.masses import without_indexes

#: Dead letters come of so many causes, in turn; what each needs stands in the document.
CAUSES = ("missing_field", "exemption_note_missing", "totals_differ", "no_items", "refused_by_lexware")
_PRACTICES = """
insert into practice.practices (name, plan)
select 'Praxis Nr. ' || n, 'solo' from generate_series(1, %(practices)s::int) n;
insert into practice.customers (practice_id, customer_number, last_name, street, zip, city)
select 1 + n %% %(practices)s, 'K-' || n, 'Nr. ' || n, 'Lindenweg 1', '12345', 'Musterstadt'
from generate_series(0, 200 * %(practices)s::int - 1) n;
insert into outbox.lane (practice_id, enabled, booked_from, connected, pause_reason, paused_at)
select n, true, now() - interval '3 years', true, case when n %% 100 = 0 then 'operator' end, case when n %% 100 = 0 then now() end
from generate_series(1, %(practices)s::int) n;
insert into outbox.lane_period (practice_id, enabled_at) select practice_id, now() - interval '3 years' from outbox.lane;
insert into lexware.connection (practice_id, organisation_id, company_name, tax_type, small_business, key_encrypted, key_stored_at,
                                profile_read_at, avv_date)
select practice_id, md5('company' || practice_id)::uuid, 'Praxis', 'vatfree', false, 'sealed', now(), now(), current_date from outbox.lane;
insert into lexware.booking (practice_id, billing, ordered_on, ordered_by)
select practice_id, 'monthly', current_date - 1000, 'bench' from outbox.lane;
insert into lexware.contact_link (practice_id, customer_id, organisation_id, contact_id, origin, linked_by)
select c.practice_id, c.id, md5('company' || c.practice_id)::uuid, md5('contact' || c.id)::uuid, 'created', 'bench'
from practice.customers c
"""
#: Twenty drafts of each practice wait to be finalised, and a hundred have been forgotten. Document n is of practice 1 + n % practices, and of one of its 200 customers; the oldest is three years old.
_DOCUMENT = """
with document as (
    select n as id, 1 + n %% %(practices)s as practice_id, 1 + n %% %(practices)s + %(practices)s * (n / %(practices)s %% 200) as customer_id,
           now() - interval '3 years' * (%(all)s - n) / %(all)s::float8 as at, md5('company' || 1 + n %% %(practices)s)::uuid as organisation_id,
           md5('document' || n)::uuid as remote_id, %(all)s - n < 10000 or n %% 50000 = 250 as is_draft, n %% 25000 = 7 as is_changed
    from generate_series(%(first)s::bigint, %(last)s::bigint) n
)
"""
_OF_ALL = {
    "practice.invoices": """
insert into practice.invoices (id, practice_id, customer_id, number, status, invoice_date, exemption_note, total, completed_at)
select id, practice_id, customer_id, 'RE-' || id, 'completed', at::date, 'Umsatzsteuerfrei', 85, at from document""",
    "outbox.event": """
insert into outbox.event (practice_id, document_id, payer_id, kind, number, marker_code, origin, state, due_at, created_at, closed_at)
select practice_id, id, customer_id, 'invoice', 'RE-' || id, '7Q4K-X2MB-91TD', 'trigger', 'delivered', null, at, at + interval '1 minute'
from document""",
    "lexware.document_link": """
insert into lexware.document_link (practice_id, document_id, organisation_id, kind, lexware_id, contact_id, origin, linked_at)
select practice_id, id, organisation_id, 'invoice', remote_id, md5('contact' || customer_id)::uuid, 'created', at from document""",
    "outbox.intent": """
insert into outbox.intent (practice_id, organisation_id, event_id, effect, subject_id, fence, worker, opened_at, send_by, sent_with,
                           outcome, closed_at, remote_id)
select practice_id, organisation_id, id, 'invoice', id, 1, 1, at, at, '{"day": "2026-01-01", "total": "85.00"}', 'created', at, remote_id
from document""",
    "lexware.document_states": """
insert into lexware.document_states (practice_id, document_id, organisation_id, remote_id, kind, state, remote_status, number, total,
                                     differs, source, seen_at)
select practice_id, id, organisation_id, remote_id, 'invoice', case when is_draft then 'draft' when is_changed then 'changed' else 'paid' end,
       case when is_draft then 'draft' when is_changed then 'open' else 'paid' end, 'RE' || id, 85,
       case when is_changed then '{money}'::text[] else '{}' end, 'delta', at from document order by id""",
    "lexware.document_latest": """
insert into lexware.document_latest (practice_id, document_id, remote_id, state_id, first_id, state, is_draft, finalised_once, noteworthy)
select d.practice_id, d.id, d.remote_id, d.id, d.id, case when is_draft then 'draft' when is_changed then 'changed' else 'paid' end, is_draft,
       not is_draft, is_changed from document d""",
}
_LETTERS = """
with letter as (
    insert into practice.invoices (practice_id, customer_id, number, status, invoice_date, exemption_note, total, completed_at)
    select 1 + n %% %(practices)s, 1 + n %% %(practices)s, 'D-' || n, 'completed', current_date,
           case n %% 5 when 1 then null else 'Umsatzsteuerfrei' end, case n %% 5 when 2 then 85.01 else 85 end, now()
    from generate_series(1, %(letters)s::bigint) n
    returning id, practice_id, customer_id, number, substr(number, 3)::bigint as n
), item as (
    insert into practice.invoice_items (invoice_id, unit_price) select id, 85 from letter where n %% 5 <> 3
)
insert into outbox.event (practice_id, document_id, payer_id, kind, number, marker_code, origin, state, due_at, fence, closed_at, reason,
                          cause, http_status)
select practice_id, id, customer_id, 'invoice', number, '7Q4K-X2MB-91TD', 'trigger', 'dead', null, 1,
       now() - interval '1 second' * (n %% 3600), reason, reason, case reason when 'refused_by_lexware' then 406 end
from (select *, (%(causes)s::text[])[1 + n %% 5] as reason from letter) letter;
insert into outbox.attempt (event_id, fence, epoch, step, worker, ended_at, outcome, reason)
select event_id, 1, 1, 'document', 1, closed_at, 'dead', reason from outbox.event where state = 'dead';
insert into outbox.intent (practice_id, organisation_id, event_id, effect, subject_id, fence, worker, send_by, sent_with, outcome, closed_at)
select practice_id, md5('company' || practice_id)::uuid, event_id, 'invoice', document_id, 1, 1, now(), '{}', 'refused', now()
from outbox.event where state = 'dead' and reason = 'refused_by_lexware';
insert into outbox.event (practice_id, document_id, payer_id, kind, number, marker_code, origin)
select 1 + n %% %(practices)s, -n, 1 + n %% %(practices)s, 'invoice', 'N-' || n, '7Q4K-X2MB-91TD', 'trigger'
from generate_series(1, %(letters)s::bigint / 5) n;
insert into outbox.operator_action (by, action, practice_id, event_id)
select 'bench', 'replay', practice_id, event_id from outbox.event where state = 'dead'
"""
_TALLY = """
truncate outbox.tally_change;
insert into outbox.tally (practice_id, delivered, dead, discarded, last_delivered_at)
select practice_id, count(*) filter (where state = 'delivered'), count(*) filter (where state = 'dead'), 0,
       max(closed_at) filter (where state = 'delivered')
from outbox.event where state <> 'pending' group by 1
"""
_SEQUENCES = """
select setval(pg_get_serial_sequence('practice.invoices', 'id'), %(all)s + 1);
"""
_AT_ONCE = 1_000_000


def fill(db: psycopg.Connection, *, practices: int, events: int, letters: int) -> None:
    """Fill an empty database; `db` is an owner's connection. The events are settled, the letters dead, a fifth as many pend."""
    of = {"practices": practices, "all": events, "letters": letters, "causes": list(CAUSES)}
    with psycopg.ClientCursor(db) as cursor:
        cursor.execute("set session_replication_role = replica")
        cursor.execute("set maintenance_work_mem = '512MB'")
        cursor.execute(_PRACTICES, of)
        for table, statement in _OF_ALL.items():
            with without_indexes(db, table):
                for first in range(1, events + 1, _AT_ONCE):
                    cursor.execute(
                        _DOCUMENT + statement, of | {"first": first, "last": min(events, first + _AT_ONCE - 1)}
                    )
        cursor.execute(_SEQUENCES, of)
        cursor.execute(_LETTERS, of)
        cursor.execute(_TALLY, of)
        cursor.execute("set session_replication_role = origin")
        cursor.execute("vacuum analyze")
