-- The views lexrelay reads: the only doorway into the host's tables. A host adapts the bodies, never the columns.
-- Diagnosis, birth date and insurance number are left out here, so nothing behind this line can send them.
-- Idempotent.

create schema if not exists contract;
comment on schema contract is 'What the practice software shows to lexrelay. Adapt the bodies to the host; keep the columns.';

create or replace view contract.practice as
select p.id as practice_id, p.name, p.plan
from practice.practices p;

comment on view contract.practice is 'One row per practice: one customer of the practice software.';
comment on column contract.practice.practice_id is 'The host''s id of the practice.';
comment on column contract.practice.name is 'The practice''s name, for operators.';
comment on column contract.practice.plan is 'solo, team or business: decides what the transfer costs.';

create or replace view contract.document as
select i.id as document_id, i.practice_id, i.customer_id as payer_id, i.kind, i.cancels_id as original_id, i.number,
       i.status, i.invoice_date, i.due_date, i.tax_mode, i.exemption_note, i.introduction, i.total, i.completed_at
from practice.invoices i;

comment on view contract.document is 'One row per invoice or cancellation, drafts included.';
comment on column contract.document.document_id is 'The host''s id of the document.';
comment on column contract.document.practice_id is 'The practice that wrote it.';
comment on column contract.document.payer_id is 'The customer it is addressed to.';
comment on column contract.document.kind is 'invoice or cancellation.';
comment on column contract.document.original_id is 'On a cancellation: the invoice it cancels.';
comment on column contract.document.number is 'The practice''s own number.';
comment on column contract.document.status is 'draft, completed or cancelled.';
comment on column contract.document.invoice_date is 'The day printed on it.';
comment on column contract.document.due_date is 'The day it is to be paid, if it says so.';
comment on column contract.document.tax_mode is 'vatfree, net or gross: what unit prices mean.';
comment on column contract.document.exemption_note is 'Why no VAT is charged, in the practice''s words.';
comment on column contract.document.introduction is 'The practice''s opening text; leaves only when lines are itemised.';
comment on column contract.document.total is 'Gross, what the payer owes; negative on a cancellation.';
comment on column contract.document.completed_at is 'When it was completed; the safety net looks at it.';

create or replace view contract.document_line as
select l.id as line_id, l.invoice_id as document_id, l.position, l.treated_on, l.code, l.description, l.quantity,
       l.unit, l.unit_price, l.vat_rate
from practice.invoice_items l;

comment on view contract.document_line is 'The lines of a document.';
comment on column contract.document_line.line_id is 'The host''s id of the line; orders lines of one position.';
comment on column contract.document_line.document_id is 'The document it stands on.';
comment on column contract.document_line.position is 'Its place on the document.';
comment on column contract.document_line.treated_on is 'The day of the treatment; only first and last day leave.';
comment on column contract.document_line.code is 'Code of the fee schedule; leaves only when lines are itemised.';
comment on column contract.document_line.description is 'What was done; leaves only when lines are itemised.';
comment on column contract.document_line.quantity is 'How many units.';
comment on column contract.document_line.unit is 'Name of the unit; leaves only when lines are itemised.';
comment on column contract.document_line.unit_price is 'Net, or gross in tax_mode gross; negative on a cancellation.';
comment on column contract.document_line.vat_rate is 'Per cent.';

create or replace view contract.payer as
select c.id as payer_id, c.practice_id, c.customer_number, c.salutation, c.first_name, c.last_name, c.company_name,
       c.street, c.address_supplement, c.zip, c.city, c.country_code, c.email, c.phone
from practice.customers c;

comment on view contract.payer is 'Whom documents are addressed to: person or company, not always the patient.';
comment on column contract.payer.payer_id is 'The host''s id of the customer.';
comment on column contract.payer.practice_id is 'The practice whose customer this is.';
comment on column contract.payer.customer_number is 'The practice''s own customer number.';
comment on column contract.payer.salutation is 'Frau, Herr, or as the practice writes it.';
comment on column contract.payer.first_name is 'First name of a person.';
comment on column contract.payer.last_name is 'Last name of a person.';
comment on column contract.payer.company_name is 'Name of a company; then the person is not sent.';
comment on column contract.payer.street is 'Street and house number.';
comment on column contract.payer.address_supplement is 'A second line of the address.';
comment on column contract.payer.zip is 'Postal code.';
comment on column contract.payer.city is 'Town.';
comment on column contract.payer.country_code is 'ISO 3166 alpha-2.';
comment on column contract.payer.email is 'E-mail address; leaves only when lines are itemised.';
comment on column contract.payer.phone is 'Telephone; leaves only when lines are itemised.';
