-- What was said or decided is changed after the minutes were approved only with a reason, and takes the approval back.
alter table meeting_entries add column changed_because text not null default '';
comment on column meeting_entries.changed_because is
  'Why what stood in minutes that had been approved was changed to this; empty for all that was written before they were, and for what was never changed.';

-- That a case was on an agenda and was not done at that date, said in its minutes: an entry without words, with the rights of the others.
alter table meeting_entries drop constraint meeting_entries_kind_known,
  add constraint meeting_entries_kind_known check (kind in ('note', 'decision', 'carried-over'));
