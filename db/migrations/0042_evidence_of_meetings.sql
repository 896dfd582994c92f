-- Files that show what was done about an action of a meeting (M1d). They carry the lists of the action: whoever keeps it keeps them, and nobody from
-- whom its item is kept. Content, name and scan as those of documents (src/documents).
create table meeting_evidence (
  id uuid primary key,
  item_id uuid not null references meeting_items (id) on delete restrict,
  action_id uuid not null references meeting_actions (id) on delete restrict,
  entry_id uuid not null references meeting_action_entries (id) on delete restrict,
  file_name text not null,
  content_type text not null,
  bytes int not null,
  storage_key text not null,
  added_at timestamptz not null,
  added_by uuid not null references users (id) on delete restrict,
  withdrawn_at timestamptz,
  withdrawn_by uuid references users (id) on delete restrict,
  scan text not null constraint meeting_evidence_scan_known check (scan in ('not-scanned', 'awaiting-scan', 'clean', 'infected')),
  scan_started_at timestamptz,
  scanned_at timestamptz,
  scan_words text not null default '',
  own int[] not null,
  readers int[] not null,
  editors int[] not null,
  withheld int[] not null default '{}',
  constraint meeting_evidence_withdrawn_by_somebody check ((withdrawn_at is null) = (withdrawn_by is null))
);
create index on meeting_evidence (item_id);
create index on meeting_evidence (action_id);
create index on meeting_evidence (entry_id);
create index on meeting_evidence (added_by);
create index on meeting_evidence (withdrawn_by);
create index on meeting_evidence (added_at) where scan = 'awaiting-scan';
comment on column meeting_evidence.entry_id is 'With what was written when it was given.';
comment on column meeting_evidence.storage_key is 'The SHA-256 of the file''s content, by which storage finds it.';
comment on column meeting_evidence.withdrawn_at is 'A wrong file is opened no more; that there was one stays.';
