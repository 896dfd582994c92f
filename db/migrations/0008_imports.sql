-- Imports: an old system's caseload taken over from files, and what became of every row.

create table imports (
  id uuid primary key,
  owner int not null references principals (id) on delete restrict,
  agency int not null references agencies (principal) on delete restrict,
  posts int[] not null,
  started_by uuid not null references users (id) on delete restrict,
  system text not null constraint imports_system_named check (system <> ''),
  team_id uuid not null references teams (id) on delete restrict,
  people_without_case text not null constraint imports_people_without_case_known check (people_without_case in ('take-over', 'leave-out')),
  files jsonb not null,
  columns jsonb not null default '{}',
  mapping_name text not null default '',
  state text not null constraint imports_state_known
    check (state in ('columns', 'checking', 'checked', 'running', 'done', 'undoing', 'undone', 'stopped')),
  stopped_in text not null default '',
  stopped_because text not null default '',
  runner text not null default '',
  progress jsonb not null default '{}',
  checked jsonb,
  result jsonb,
  kept jsonb not null default '[]',
  created_at timestamptz not null,
  checked_at timestamptz,
  run_at timestamptz,
  undone_at timestamptz,
  files_removed_at timestamptz,
  constraint imports_stopped_somewhere check ((state = 'stopped') = (stopped_in <> ''))
);
create index on imports (owner, created_at desc);
create index on imports (agency, created_at desc);
create index on imports (started_by);
create index on imports (team_id);
comment on column imports.owner is 'The user who began it. Others see it when they hold every post that it may bring cases to.';
comment on column imports.posts is 'The posts that its owner held: cases go to the teams and services of these and no other.';
comment on column imports.files is 'By kind (people, cases, notes): name, bytes, the key in storage, encoding, delimiter, headings, a few values of each column.';
comment on column imports.columns is 'By kind: which column of the file is which field here, by its place from 0.';
comment on column imports.runner is 'The job at work on it now. A job that finds another name here has been replaced, and stops.';
comment on column imports.kept is 'After undoing: the records that stayed because somebody has worked on them since.';
comment on column imports.files_removed_at is 'The stored files are gone by then: they are whole caseloads, and are kept for 30 days after anything was last done with them.';

-- Which record each row became: what makes an import safe to run again, and possible to undo.
create table import_keys (
  id uuid primary key,
  import_id uuid not null references imports (id) on delete restrict,
  owner int not null references principals (id) on delete restrict,
  agency int not null references agencies (principal) on delete restrict,
  post int not null references principals (id) on delete restrict,
  system text not null,
  kind text not null constraint import_keys_kind_known check (kind in ('person', 'case', 'note')),
  external_key text collate "C" not null,
  record_id uuid not null,
  linked boolean not null default false,
  content_hash text not null,
  version int not null default 1,
  taken_over_at timestamptz not null,
  undone_at timestamptz
);
create unique index import_keys_once on import_keys (agency, system, kind, external_key, post) where undone_at is null;
create index on import_keys (import_id, kind);
create index on import_keys (record_id);
create index on import_keys (owner);
create index on import_keys (agency);
create index on import_keys (post);
comment on column import_keys.post is 'The post that reads the record: two teams that cannot see each other''s records may each hold one of the same old number.';
comment on column import_keys.linked is 'The person was on record already: undoing the import leaves them.';
comment on column import_keys.version is 'The record''s version as it was taken over: a later one means that somebody has worked on it.';
comment on column import_keys.content_hash is 'Of the row as it was taken over: a row that has changed since is reported and not written over.';

-- What is wrong with a row, or worth knowing of it. Made anew by every check and every run; a record of nothing.
create table import_problems (
  import_id uuid not null references imports (id) on delete cascade,
  owner int not null references principals (id) on delete cascade,
  posts int[] not null,
  file text not null,
  row_number int not null,
  position int not null,
  severity text not null constraint import_problems_severity_known check (severity in ('rejected', 'left-out', 'changed', 'warning')),
  field text not null default '',
  message text not null,
  primary key (import_id, file, row_number, position)
);
create index on import_problems (owner);

-- People of the file who may be on record already, or twice in the file, and what was decided about each.
create table import_doubts (
  import_id uuid not null references imports (id) on delete cascade,
  owner int not null references principals (id) on delete cascade,
  posts int[] not null,
  row_number int not null,
  external_key text not null,
  shown jsonb not null,
  candidates jsonb not null,
  best int not null,
  decision text constraint import_doubts_decision_known check (decision in ('same', 'new', 'leave-out')),
  chosen text,
  decided_by text,
  decided_at timestamptz,
  primary key (import_id, row_number),
  constraint import_doubts_same_as_whom check ((decision = 'same') = (chosen is not null))
);
create index on import_doubts (owner);
comment on column import_doubts.candidates is '[{person | row, score, reasons}], the likeliest first. People on record by id: who they are is read under the reader''s own rights.';
comment on column import_doubts.chosen is 'person:<id> or row:<number>.';

-- Which column means what, kept by name for the next files of the same system.
create table import_mappings (
  agency int not null references agencies (principal) on delete restrict,
  name text not null,
  headings jsonb not null,
  saved_by text not null,
  saved_at timestamptz not null,
  primary key (agency, name)
);
comment on column import_mappings.headings is 'By kind: heading of the file to field here. Headings and not places, so that columns may stand in another order.';
