-- Whom a text to a group did not go to, and why.

alter table text_batches add column left_out jsonb not null default '[]';
comment on column text_batches.left_out is
  'As it was confirmed: [{"caseId", "why"}], why by its code. Names nobody: whoever may still see the case is told whose it is.';
