-- What the watch has seen last of documents, for lists of them.

-- name: of_documents
-- Of each of these documents of a practice; unread ones have null. Params: practice_id, document_ids.
select w.document_id, w.state as lexware_status, case when w.remote_status <> 'draft' then w.number end as lexware_number
from lexware.watched w
where w.practice_id = %(practice_id)s and w.document_id = any (%(document_ids)s)
order by w.linked_at;
