-- What a human wants sent again: the link moves to lexware.former_links, in the commit that makes the event pending. The
-- worker itself may remove no link. Idempotent.

create or replace function lexware.send_again(of_practice bigint, of_document bigint, of_organisation uuid) returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    again bigint;
begin
    if (select n.state from lexware.document_now n
        where n.practice_id = of_practice and n.document_id = of_document and n.organisation_id = of_organisation)
       is distinct from 'deleted' then
        return null;
    end if;
    again := outbox.start_afresh(of_practice, of_document, of_organisation);
    if again is not null then
        with link as (
            delete from lexware.document_link d
            where d.practice_id = of_practice and d.document_id = of_document and d.organisation_id = of_organisation
            returning d.*
        )
        insert into lexware.former_links (practice_id, document_id, organisation_id, kind, lexware_id, contact_id,
                                          linked_invoice_id, notice, origin, linked_at)
        select practice_id, document_id, organisation_id, kind, lexware_id, contact_id, linked_invoice_id, notice, origin,
               linked_at
        from link;
    end if;
    return again;
end
$$;
comment on function lexware.send_again(bigint, bigint, uuid) is
    'A fresh start for a document whose draft a human has deleted; returns its event. Null: it is not known to be deleted.';
revoke all on function lexware.send_again(bigint, bigint, uuid) from public;
grant execute on function lexware.send_again(bigint, bigint, uuid) to lexrelay_worker, lexrelay_operator;
