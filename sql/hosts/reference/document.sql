-- One row per invoice or cancellation, drafts included. Diagnoses stay where they are.
select i.id as document_id, i.practice_id, i.customer_id as payer_id, i.kind, i.cancels_id as original_id, i.number,
       i.status, i.invoice_date, i.due_date, i.tax_mode, i.exemption_note, i.introduction, i.total, i.completed_at
from practice.invoices i
