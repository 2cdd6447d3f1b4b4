-- Retention: how long the detail of settled events is kept. What says "event E ended so" or "document D is Lexware's X"
-- (events, intents, links) and what operators did is never removed.

alter table outbox.installation add column keep_days int not null default 90 check (keep_days >= 1);
comment on column outbox.installation.keep_days is
    'Attempts and looks of delivered and discarded events are kept for so many days; change it with an update.';

create index look_recent on outbox.look (looked_at);
