-- The recurring probe of Lexware's answers: a job like the others, but only of practices for which it was asked for.

alter table outbox.job add column wanted boolean not null default true;
comment on column outbox.job.wanted is 'False: switched off, and not handed out; only the kind `probe` is switched for each practice.';
alter table outbox.job drop constraint job_kind_check,
    add constraint job_kind_check check (kind in ('delta', 'sweep', 'deep', 'contacts', 'probe'));

alter table lexware.watch_runs drop constraint watch_runs_kind_check,
    add constraint watch_runs_kind_check check (kind in ('delta', 'sweep', 'deep', 'contacts', 'month', 'probe'));
alter table lexware.watch_steps drop constraint watch_steps_what_check,
    add constraint watch_steps_what_check check (what in ('profile', 'list', 'document', 'confirm', 'payments', 'stranger',
                                                          'orphan', 'contacts', 'contact', 'compare', 'compare_contacts', 'shape'));

alter table lexware.answer_shapes add column noticed jsonb, add column noticed_at timestamptz;
comment on column lexware.answer_shapes.noticed is
    'How the answer differs from `shape` by the last recurring probe; null: not at all. `lexrelay probe` takes it as known.';
