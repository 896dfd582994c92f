-- Case notes, plans, documents, tasks: what is written about a case, what was agreed, what was put on file, what is to be done.
--
-- Nothing here is overwritten. A note is corrected by another note; a plan keeps every version of itself; a document keeps every file;
-- a task says who finished it or let it go, and why, and like a document what it said before it was changed.

-- ── Case notes. ─────────────────────────────────────────────────────────────────────────────────────────────────────────

insert into list_options (list, code, label, position, source, verified) values
  ('note-type', 'call', 'Call', 1, 'Lanyard', false),
  ('note-type', 'visit', 'Visit', 2, 'Lanyard', false),
  ('note-type', 'text', 'Text message', 3, 'Lanyard', false),
  ('note-type', 'email', 'Email', 4, 'Lanyard', false),
  ('note-type', 'meeting', 'Meeting', 5, 'Lanyard', false),
  ('note-type', 'other', 'Other', 6, 'Lanyard', false);

create table case_notes (
  id uuid primary key,
  case_id uuid not null references cases (id) on delete restrict,
  note_type text not null,
  happened_at timestamptz not null,
  recorded_at timestamptz not null,
  recorded_by uuid not null references users (id) on delete restrict,
  recorded_for text not null default '',
  text text not null default '',
  facts text not null default '',
  analysis text not null default '',
  own_words text not null default '',
  corrects uuid references case_notes (id) on delete restrict,
  correction_reason text not null default '',
  named_readers int[],
  named_because text not null default '',
  readers int[] not null,
  editors int[] not null,
  withheld int[] not null default '{}',
  constraint case_notes_say_something check (text <> '' or facts <> '' or analysis <> '' or own_words <> ''),
  constraint case_notes_correction_says_why check ((corrects is null) = (correction_reason = '')),
  constraint case_notes_corrected_once unique (corrects)
);
create index on case_notes (case_id, happened_at desc, id desc);
create index on case_notes (recorded_by);
comment on table case_notes is 'Never changed and never deleted: no role may update the words. A correction is another note that names the one it corrects.';
comment on column case_notes.note_type is 'A code of the list note-type. Every type but `other` is a contact with the person.';
comment on column case_notes.recorded_for is 'The team that the author was working for then: their posts may have ended since.';
comment on column case_notes.facts is 'F6: what was seen and done, kept apart from what it may mean.';
comment on column case_notes.own_words is 'F6: what the person said, as they said it. Dated by happened_at.';
comment on column case_notes.named_because is 'Why who may read it was last changed. Empty when that was decided with the note itself.';
comment on column case_notes.named_readers is 'Null for everyone who may read the notes of the case; else the principals of the people who alone may.';

create table note_drafts (
  owner int not null references principals (id) on delete cascade,
  about uuid not null,
  case_id uuid not null references cases (id) on delete cascade,
  fields jsonb not null,
  saved_at timestamptz not null,
  primary key (owner, about)
);
create index on note_drafts (case_id);
comment on table note_drafts is 'F1: what somebody is still writing. Theirs alone, and gone once it is saved.';
comment on column note_drafts.about is 'The case for a new note; the note that is being corrected for a correction.';

-- ── Plans: needs, goals for each, actions towards each goal. ───────────────────────────────────────────────────────────────

create table plans (
  id uuid primary key,
  case_id uuid not null unique references cases (id) on delete restrict,
  version int not null default 0,
  agreed_with text not null default '',
  agreed_on date,
  agreed_how text not null default '',
  agreed_version int,
  created_at timestamptz not null,
  created_by uuid not null references users (id) on delete restrict,
  readers int[] not null,
  editors int[] not null,
  withheld int[] not null default '{}'
);
create index on plans (created_by);
comment on column plans.version is 'Goes up with every change; plan_versions holds the whole plan as it was at each.';
comment on column plans.agreed_on is 'Null until somebody has gone through it with the person. When the next look at it is due is in `reviews`.';
comment on column plans.agreed_with is 'Empty when it was not agreed: agreed_how then says why it is used all the same.';
comment on column plans.agreed_version is 'The version that was agreed. A later change of the plan does not take the agreement back; the page says that there was one.';

create table plan_needs (
  id uuid primary key,
  plan_id uuid not null references plans (id) on delete restrict,
  case_id uuid not null references cases (id) on delete restrict,
  position int not null,
  title text not null,
  detail text not null default '',
  version int not null default 1,
  ended_at timestamptz,
  ended_reason text not null default '',
  readers int[] not null,
  editors int[] not null,
  withheld int[] not null default '{}',
  constraint plan_needs_ended_for_a_reason check ((ended_at is null) = (ended_reason = ''))
);
create index on plan_needs (plan_id);
create index on plan_needs (case_id);

create table plan_goals (
  id uuid primary key,
  need_id uuid not null references plan_needs (id) on delete restrict,
  case_id uuid not null references cases (id) on delete restrict,
  position int not null,
  title text not null,
  measure text not null default '',
  version int not null default 1,
  ended_at timestamptz,
  ended_reason text not null default '',
  readers int[] not null,
  editors int[] not null,
  withheld int[] not null default '{}',
  constraint plan_goals_ended_for_a_reason check ((ended_at is null) = (ended_reason = ''))
);
create index on plan_goals (need_id);
create index on plan_goals (case_id);
comment on column plan_goals.measure is 'How everybody will know that it has been reached.';

create table plan_actions (
  id uuid primary key,
  goal_id uuid not null references plan_goals (id) on delete restrict,
  case_id uuid not null references cases (id) on delete restrict,
  position int not null,
  what text not null,
  who int references principals (id) on delete restrict,
  who_words text not null default '',
  due_on date,
  status text not null default 'open' constraint plan_actions_status_known check (status in ('open', 'done', 'dropped')),
  evidence text not null default '',
  dropped_reason text not null default '',
  closed_at timestamptz,
  closed_by uuid references users (id) on delete restrict,
  version int not null default 1,
  readers int[] not null,
  editors int[] not null,
  withheld int[] not null default '{}',
  constraint plan_actions_somebody check ((who is null) <> (who_words = '')),
  constraint plan_actions_closed_by_somebody check ((status = 'open') = (closed_at is null)),
  constraint plan_actions_dropped_for_a_reason check ((status = 'dropped') = (dropped_reason <> ''))
);
create index on plan_actions (goal_id);
create index on plan_actions (case_id) where status = 'open';
create index plan_actions_case_id_all on plan_actions (case_id);
create index on plan_actions (who, due_on) where status = 'open';
create index plan_actions_who_all on plan_actions (who);
create index on plan_actions (closed_by);
comment on column plan_actions.who is 'The principal of a user of any agency, or null.';
comment on column plan_actions.who_words is 'The person themself, somebody of the family, anyone without an account. Empty when `who` is a user.';
comment on column plan_actions.due_on is 'Null for what is ongoing.';

create table plan_versions (
  plan_id uuid not null references plans (id) on delete restrict,
  version int not null,
  case_id uuid not null references cases (id) on delete restrict,
  at timestamptz not null,
  by uuid not null references users (id) on delete restrict,
  change text not null,
  content jsonb not null,
  readers int[] not null,
  editors int[] not null,
  withheld int[] not null default '{}',
  primary key (plan_id, version)
);
create index on plan_versions (case_id);
create index on plan_versions (by);
comment on column plan_versions.change is 'What was done, as a code of src/cases/plans: need-added, action-done …';
comment on column plan_versions.content is 'The whole plan after the change, as it is shown and printed.';

-- ── Documents. ─────────────────────────────────────────────────────────────────────────────────────────────────────────

insert into list_options (list, code, label, position, source, verified) values
  ('document-kind', 'letter', 'Letter or email', 1, 'Lanyard', false),
  ('document-kind', 'report', 'Report', 2, 'Lanyard', false),
  ('document-kind', 'assessment', 'Assessment', 3, 'Lanyard', false),
  ('document-kind', 'consent', 'Consent', 4, 'Lanyard', false),
  ('document-kind', 'referral', 'Referral', 5, 'Lanyard', false),
  ('document-kind', 'minutes', 'Minutes of a meeting', 6, 'Lanyard', false),
  ('document-kind', 'court', 'Court or police paper', 7, 'Lanyard', false),
  ('document-kind', 'health', 'Health record', 8, 'Lanyard', false),
  ('document-kind', 'identity', 'Proof of identity or address', 9, 'Lanyard', false),
  ('document-kind', 'picture', 'Picture', 10, 'Lanyard', false),
  ('document-kind', 'other', 'Other', 11, 'Lanyard', false);

create table documents (
  id uuid primary key,
  case_id uuid not null references cases (id) on delete restrict,
  answer_set_id uuid references answer_sets (id) on delete restrict,
  section text,
  kind text not null,
  title text not null,
  dated_on date,
  current_version int not null default 1,
  added_at timestamptz not null,
  added_by uuid not null references users (id) on delete restrict,
  version int not null default 1,
  withdrawn_at timestamptz,
  withdrawn_by uuid references users (id) on delete restrict,
  withdrawn_reason text not null default '',
  readers int[] not null,
  editors int[] not null,
  withheld int[] not null default '{}',
  constraint documents_of_a_section check ((answer_set_id is null) = (section is null)),
  constraint documents_withdrawn_for_a_reason check ((withdrawn_at is null) = (withdrawn_reason = ''))
);
create index on documents (case_id, added_at desc, id desc);
create index on documents (answer_set_id);
create index on documents (added_by);
create index on documents (withdrawn_by);
comment on column documents.section is 'Of the form whose question it was given to: it is withheld with that section. Null for a document of the case itself.';
comment on column documents.kind is 'A code of the list document-kind.';
comment on column documents.dated_on is 'The date that the document itself carries. Null where it has none.';
comment on column documents.version is 'Goes up with every change of title, kind, date or files, so that two people changing it at once are told.';

create table document_versions (
  id uuid primary key,
  document_id uuid not null references documents (id) on delete restrict,
  case_id uuid not null references cases (id) on delete restrict,
  answer_set_id uuid references answer_sets (id) on delete restrict,
  section text,
  number int not null,
  file_name text not null,
  content_type text not null,
  bytes int not null,
  storage_key text not null,
  added_at timestamptz not null,
  added_by uuid not null references users (id) on delete restrict,
  note text not null default '',
  scan text not null constraint document_versions_scan_known check (scan in ('not-scanned', 'awaiting-scan', 'clean', 'infected')),
  scan_started_at timestamptz,
  scanned_at timestamptz,
  scan_words text not null default '',
  readers int[] not null,
  editors int[] not null,
  withheld int[] not null default '{}',
  constraint document_versions_number_once unique (document_id, number)
);
create index on document_versions (case_id);
create index on document_versions (answer_set_id);
create index on document_versions (added_by);
create index on document_versions (added_at) where scan = 'awaiting-scan';
comment on column document_versions.storage_key is 'The SHA-256 of the file''s content, by which storage finds it.';
comment on column document_versions.scan is 'not-scanned: no scanner was configured when it came. Only not-scanned and clean can be opened.';
comment on column document_versions.scan_started_at is 'When a scanner last took it up, so that two do not scan it at once; taken up again when that one is not heard of.';

create table document_changes (
  id uuid primary key,
  document_id uuid not null references documents (id) on delete restrict,
  case_id uuid not null references cases (id) on delete restrict,
  answer_set_id uuid references answer_sets (id) on delete restrict,
  section text,
  at timestamptz not null,
  by uuid not null references users (id) on delete restrict,
  kind text not null constraint document_changes_kind_known check (kind in ('described', 'withdrawn', 'put-back')),
  reason text not null default '',
  before jsonb not null default '{}',
  after jsonb not null default '{}',
  readers int[] not null,
  editors int[] not null,
  withheld int[] not null default '{}',
  constraint document_changes_withdrawn_for_a_reason check (kind <> 'withdrawn' or reason <> '')
);
create index on document_changes (document_id);
create index on document_changes (case_id);
create index on document_changes (answer_set_id);
create index on document_changes (by);
comment on table document_changes is 'What a document was called before, and each time that it was withdrawn and put back. Added to, never changed.';
comment on column document_changes.before is 'Of title, kind and datedOn those that changed.';

-- ── Tasks. ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

create table tasks (
  id uuid primary key,
  case_id uuid references cases (id) on delete restrict,
  person_id uuid references people (id) on delete restrict,
  title text not null,
  detail text not null default '',
  due_on date,
  assignee int not null references principals (id) on delete restrict,
  status text not null default 'open' constraint tasks_status_known check (status in ('open', 'done', 'cancelled')),
  outcome text not null default '',
  created_at timestamptz not null,
  created_by uuid not null references users (id) on delete restrict,
  closed_at timestamptz,
  closed_by uuid references users (id) on delete restrict,
  version int not null default 1,
  readers int[] not null,
  editors int[] not null,
  withheld int[] not null default '{}',
  constraint tasks_closed_at_a_time check ((status = 'open') = (closed_at is null)),
  constraint tasks_cancelled_for_a_reason check (status <> 'cancelled' or outcome <> '')
);
create index on tasks (assignee, due_on) where status = 'open';
create index tasks_assignee_all on tasks (assignee);
create index on tasks (case_id, due_on) where status = 'open';
create index tasks_case_id_all on tasks (case_id);
create index on tasks (person_id);
create index on tasks (created_by);
create index on tasks (closed_by);
comment on column tasks.case_id is 'Null for a task of no case: its readers are then its assignee and whoever made it.';
comment on column tasks.assignee is 'The principal of a user or of a team.';
comment on column tasks.outcome is 'What came of it, or why it was cancelled.';

create table task_changes (
  id uuid primary key,
  task_id uuid not null references tasks (id) on delete restrict,
  case_id uuid references cases (id) on delete restrict,
  at timestamptz not null,
  by uuid not null references users (id) on delete restrict,
  before jsonb not null,
  after jsonb not null,
  readers int[] not null,
  editors int[] not null,
  withheld int[] not null default '{}'
);
create index on task_changes (task_id);
create index on task_changes (case_id);
create index on task_changes (by);
comment on table task_changes is 'What a task said before somebody changed it. Added to, never changed.';
comment on column task_changes.before is 'Of title, detail, dueOn and assignee (a principal) those that changed.';
