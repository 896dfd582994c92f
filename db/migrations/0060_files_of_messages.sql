-- Files that a message brings where there is no case whose documents its writer may add to (I2). They carry the lists of the message: whoever is in the
-- conversation opens them, of those who may read what it is about, and nobody else. Content, name and scan as those of documents (src/documents).
create table message_files (
  id uuid primary key,
  message_id uuid not null references messages (id) on delete cascade,
  conversation_id uuid not null references conversations (id) on delete cascade,
  case_id uuid references cases (id) on delete restrict,
  part text not null,
  file_name text not null,
  content_type text not null,
  bytes int not null,
  storage_key text not null,
  added_at timestamptz not null,
  added_by uuid not null references users (id) on delete restrict,
  authors_own boolean not null default false,
  scan text not null constraint message_files_scan_known check (scan in ('not-scanned', 'awaiting-scan', 'clean', 'infected')),
  scan_started_at timestamptz,
  scanned_at timestamptz,
  scan_words text not null default '',
  named_readers int[] not null,
  readers int[] not null,
  editors int[] not null,
  withheld int[] not null default '{}'
);
create index on message_files (message_id);
create index on message_files (conversation_id);
create index on message_files (case_id);
create index on message_files (added_by);
create index on message_files (storage_key);
create index on message_files (added_at) where scan = 'awaiting-scan';
comment on column message_files.storage_key is 'The SHA-256 of the file''s content, by which storage finds it. Content of which no row speaks any more is removed by a nightly job.';
comment on column message_files.authors_own is 'Of a message that was withdrawn: its author alone opens it.';

comment on column conversations.changes is 'Goes up with every message, edit, withdrawal, coming and going: whoever adds one holds this row until it is committed, so an open page can ask for what came after a number and misses nothing.';

-- What is searched holds no address of ours: who or what a link leads to is asked for each reader (src/messages/send.ts writes them so from here on).
alter table texts no force row level security;
update texts set words = regexp_replace(words, replace(
    '(?<![\w/.-])(?:/(?:people|tasks)/ID|/cases/ID(?:/documents/ID)?|/meetings/(?:dates|items|actions)/ID)(?![\w/-])',
    'ID', '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'), '…', 'g')
  where source = 'message' and words ~ '/(people|tasks|cases|meetings)/';
alter table texts force row level security;
