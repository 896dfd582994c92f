-- Forms: definitions as data, the answers given to them, and everything that the answers have been.
--
-- An answer set belongs to a case. Its answers lie in sections, each a protected row of its own, so that one section can be withheld
-- from somebody who reads the rest. Every save adds the questions that it changed to answer_versions; nothing there is ever changed.

create table form_definitions (
  code text not null constraint form_definitions_code_shape check (code ~ '^[a-z][a-z0-9-]{1,60}$'),
  version int not null constraint form_definitions_version_counts check (version > 0),
  status text not null default 'draft' constraint form_definitions_status_known check (status in ('draft', 'released')),
  title text not null,
  definition jsonb not null,
  fingerprint text not null,
  created_by uuid references users (id) on delete restrict,
  created_at timestamptz not null,
  released_by uuid references users (id) on delete restrict,
  released_at timestamptz,
  primary key (code, version),
  constraint form_definitions_released_when check ((status = 'released') = (released_at is not null))
);
create index on form_definitions (created_by);
create index on form_definitions (released_by);
comment on table form_definitions is 'A released version is never changed again (policy): answers keep the version that they were given to.';
comment on column form_definitions.fingerprint is 'SHA-256 of the definition: compiled forms are cached by it.';
comment on column form_definitions.created_by is 'Null for the definitions that come with the product.';

create table answer_sets (
  id uuid primary key,
  case_id uuid not null references cases (id) on delete restrict,
  person_id uuid not null references people (id) on delete restrict,
  form_code text not null,
  form_version int not null,
  part text not null default 'forms',
  state text not null default 'draft' constraint answer_sets_state_known check (state in ('draft', 'completed', 'signed-off', 'reopened')),
  started_by uuid not null references users (id) on delete restrict,
  started_at timestamptz not null,
  completed_by uuid references users (id) on delete restrict,
  completed_at timestamptz,
  signed_off_by uuid references users (id) on delete restrict,
  signed_off_at timestamptz,
  readers int[] not null,
  editors int[] not null,
  withheld int[] not null default '{}',
  constraint answer_sets_form foreign key (form_code, form_version) references form_definitions (code, version) on delete restrict
);
create index on answer_sets (case_id);
create index on answer_sets (person_id);
create index on answer_sets (form_code, form_version);
create index on answer_sets (started_by);
create index on answer_sets (completed_by);
create index on answer_sets (signed_off_by);
comment on column answer_sets.part is 'The part of the case that it belongs to, as a share can name it.';
comment on column answer_sets.state is 'An index of answer_set_events, written with each of them.';

create table answer_set_events (
  id uuid primary key,
  answer_set_id uuid not null references answer_sets (id) on delete restrict,
  case_id uuid not null references cases (id) on delete restrict,
  part text not null,
  kind text not null constraint answer_set_events_kind_known check (kind in ('started', 'completed', 'signed-off', 'reopened')),
  reason text not null default '',
  user_id uuid not null references users (id) on delete restrict,
  author text not null,
  at timestamptz not null,
  readers int[] not null,
  editors int[] not null,
  withheld int[] not null default '{}',
  constraint answer_set_events_reopened_says_why check (kind <> 'reopened' or reason <> '')
);
create index on answer_set_events (answer_set_id, at);
create index on answer_set_events (case_id);
create index on answer_set_events (user_id);

create table answer_sections (
  answer_set_id uuid not null references answer_sets (id) on delete restrict,
  section text not null,
  case_id uuid not null references cases (id) on delete restrict,
  part text not null,
  revision int not null default 0,
  answers jsonb not null default '{}',
  typed jsonb not null default '{}',
  completed jsonb,
  saved_by uuid references users (id) on delete restrict,
  saved_at timestamptz,
  readers int[] not null,
  editors int[] not null,
  withheld int[] not null default '{}',
  primary key (answer_set_id, section)
);
create index on answer_sections (case_id);
create index on answer_sections (saved_by);
comment on column answer_sections.answers is 'The draft: answers by question code, those of hidden questions too.';
comment on column answer_sections.typed is 'Fields that could not be read as answers, just as they were typed.';
comment on column answer_sections.completed is 'What completing kept: answers of questions that applied, with scores and calculations. Null until then. Reports read this.';

create table answer_versions (
  id uuid primary key,
  position bigint generated always as identity,
  answer_set_id uuid not null references answer_sets (id) on delete restrict,
  section text not null,
  case_id uuid not null references cases (id) on delete restrict,
  part text not null,
  kind text not null constraint answer_versions_kind_known check (kind in ('autosaved', 'saved', 'chosen', 'set-aside')),
  revision int not null,
  changes jsonb not null,
  user_id uuid not null references users (id) on delete restrict,
  author text not null,
  saved_at timestamptz not null,
  readers int[] not null,
  editors int[] not null,
  withheld int[] not null default '{}'
);
create unique index answer_versions_in_order on answer_versions (answer_set_id, section, revision) where kind <> 'set-aside';
create index on answer_versions (answer_set_id, position);
create index on answer_versions (case_id);
create index on answer_versions (user_id);
comment on table answer_versions is 'Every save: the questions that it changed, by code, with their new answer (null: emptied). Added to, never changed.';
comment on column answer_versions.kind is 'set-aside: words that met a later save of the same question by somebody else, kept until their author has chosen, and afterwards.';
comment on column answer_versions.revision is 'The revision of the section that this save made; for words set aside, the one that they were written on.';

create table form_presence (
  answer_set_id uuid not null references answer_sets (id) on delete cascade,
  user_id uuid not null references users (id) on delete cascade,
  case_id uuid not null references cases (id) on delete cascade,
  part text not null,
  seen_at timestamptz not null,
  readers int[] not null,
  editors int[] not null,
  withheld int[] not null default '{}',
  primary key (answer_set_id, user_id)
);
create index on form_presence (user_id);
create index on form_presence (case_id);
comment on table form_presence is 'Who has a form open now, so that two people in one form see each other. A record of nothing.';
