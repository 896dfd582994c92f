-- Why somebody beyond a case's own team may see it, and who may not whatever else they hold.

create table access_grants (
  id uuid primary key,
  case_id uuid not null references cases (id) on delete restrict,
  kind text not null constraint access_grants_kind_known
    check (kind in ('named', 'share', 'allocation', 'co-ordinator', 'meeting', 'break-glass')),
  holder int not null references principals (id) on delete restrict,
  principal int not null references principals (id) on delete restrict,
  level text not null constraint access_grants_level_known check (level in ('read', 'edit')),
  parts text[],
  starts_at timestamptz not null,
  ends_at timestamptz,
  purpose text not null default '',
  lawful_basis text not null default '',
  granted_by uuid references users (id) on delete restrict,
  granted_at timestamptz not null,
  ended_at timestamptz,
  ended_by uuid references users (id) on delete restrict,
  ended_reason text not null default '',
  readers int[] not null,
  editors int[] not null,
  withheld int[] not null default '{}',
  constraint access_grants_parts_named check (parts is null or cardinality(parts) > 0),
  constraint access_grants_share_says_why check (kind <> 'share' or (purpose <> '' and lawful_basis <> '')),
  constraint access_grants_emergency_says_why check (kind <> 'break-glass' or (purpose <> '' and ends_at is not null))
);
create index on access_grants (case_id) where ended_at is null;
create index access_grants_case_id_all on access_grants (case_id);
create index on access_grants (holder);
create index on access_grants (principal);
create index on access_grants (granted_by);
create index on access_grants (ended_by);
comment on column access_grants.holder is 'Who was chosen: a user, a team, an agency, a meeting.';
comment on column access_grants.principal is 'What stands in the rows'' lists: the holder itself, or a window of the holder''s where the grant has a beginning or an end.';
comment on column access_grants.parts is 'Null for the whole case, else the parts of it, as named in db/protected-tables.ts.';

create table withholdings (
  id uuid primary key,
  case_id uuid not null references cases (id) on delete restrict,
  holder int not null references principals (id) on delete restrict,
  answer_set_id uuid,
  section text,
  reason text not null constraint withholdings_say_why check (reason <> ''),
  wish_of text not null default '',
  withheld_by uuid references users (id) on delete restrict,
  withheld_at timestamptz not null,
  ended_at timestamptz,
  ended_by uuid references users (id) on delete restrict,
  readers int[] not null,
  editors int[] not null,
  withheld int[] not null default '{}',
  constraint withholdings_section_of_form check ((answer_set_id is null) = (section is null))
);
create index on withholdings (case_id);
create index on withholdings (holder);
create index on withholdings (withheld_by);
create index on withholdings (ended_by);
comment on column withholdings.holder is 'An agency or a user. Beats every share and every role (E5).';
comment on column withholdings.section is 'Null when the whole case is withheld.';

-- E7: that a service is involved and whom to ring, and nothing else. Names are held here so that no part of the record is read.
create table involvements (
  case_id uuid primary key references cases (id) on delete restrict,
  person_id uuid not null references people (id) on delete restrict,
  service_area text not null references service_areas (code) on delete restrict,
  team_id uuid not null references teams (id) on delete restrict,
  opened_on date not null,
  closed_on date,
  readers int[] not null,
  editors int[] not null,
  withheld int[] not null default '{}'
);
create index on involvements (person_id);
create index on involvements (service_area);
create index on involvements (team_id);
