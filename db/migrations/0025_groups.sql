-- Group work: groups and their sessions, who has a place and who waits for one, attendance, what came of it for each person; structured
-- programmes of modules in order, how far each person has come, and completion (U23).

-- A programme is what is taught: it names nobody.
create table programmes (
  id uuid primary key,
  name text not null constraint programmes_named check (name <> ''),
  about text not null default '',
  service_area text not null references service_areas (code) on delete restrict,
  team_id uuid not null references teams (id) on delete restrict,
  open_to text not null constraint programmes_open_to_known check (open_to in ('team', 'agency', 'everyone')),
  seen_by int[] not null,
  run_by int[] not null,
  created_at timestamptz not null,
  created_by uuid not null references users (id) on delete restrict,
  version int not null default 1,
  withdrawn_at timestamptz
);
create index on programmes (service_area);
create index on programmes (team_id);
create index on programmes (created_by);
comment on column programmes.seen_by is 'Principals who may see that there is such a programme. It is about no person, so it has no access lists.';
comment on column programmes.run_by is 'Principals who may change it: the post of its team.';
comment on column programmes.withdrawn_at is 'Nobody new begins it. Null while it is offered.';

create table programme_modules (
  id uuid primary key,
  programme_id uuid not null references programmes (id) on delete restrict,
  position int not null constraint programme_modules_position_counts check (position > 0),
  title text not null constraint programme_modules_titled check (title <> ''),
  about text not null default '',
  is_needed boolean not null default true,
  withdrawn_at timestamptz,
  open_to text not null,
  seen_by int[] not null,
  run_by int[] not null
);
create index on programme_modules (programme_id, position);
comment on column programme_modules.is_needed is 'Whether the programme is complete only with this module.';
comment on column programme_modules.withdrawn_at is 'No longer part of it for those who have not done it. Null while it is.';

create table groups (
  id uuid primary key,
  name text not null constraint groups_named check (name <> ''),
  about text not null default '',
  service_area text not null references service_areas (code) on delete restrict,
  team_id uuid not null references teams (id) on delete restrict,
  programme_id uuid references programmes (id) on delete restrict,
  place text not null default '',
  capacity int constraint groups_capacity_bounded check (capacity between 1 and 500),
  open_to text not null constraint groups_open_to_known check (open_to in ('team', 'agency', 'everyone')),
  seen_by int[] not null,
  run_by int[] not null,
  created_at timestamptz not null,
  created_by uuid not null references users (id) on delete restrict,
  version int not null default 1,
  ended_at timestamptz,
  ended_by uuid references users (id) on delete restrict,
  ended_because text not null default '',
  constraint groups_ended_by_somebody check ((ended_at is null) = (ended_by is null))
);
create index on groups (service_area);
create index on groups (team_id);
create index on groups (programme_id);
create index on groups (created_by);
create index on groups (ended_by);
comment on column groups.capacity is 'How many places it has. Null: as many as come.';
comment on column groups.open_to is 'Who may see the group and book into it. Who is booked is seen by whoever may see that part of each person''s case.';
comment on column groups.seen_by is 'Principals who may see that there is such a group. It is about no person, so it has no access lists.';
comment on column groups.run_by is 'Principals who may change it and its sessions: the post of its team, and whoever facilitates it.';

create table group_facilitators (
  group_id uuid not null references groups (id) on delete restrict,
  user_id uuid not null references users (id) on delete restrict,
  run_by int[] not null,
  added_at timestamptz not null,
  added_by uuid not null references users (id) on delete restrict,
  ended_at timestamptz,
  primary key (group_id, user_id)
);
create index on group_facilitators (user_id);
create index on group_facilitators (added_by);
comment on column group_facilitators.ended_at is 'Null while they do.';

create table group_sessions (
  id uuid primary key,
  group_id uuid not null references groups (id) on delete restrict,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  place text not null default '',
  topic text not null default '',
  module_id uuid references programme_modules (id) on delete restrict,
  open_to text not null,
  seen_by int[] not null,
  run_by int[] not null,
  version int not null default 1,
  cancelled_at timestamptz,
  cancelled_by uuid references users (id) on delete restrict,
  cancelled_because text not null default '',
  constraint group_sessions_end_after_they_start check (ends_at > starts_at),
  constraint group_sessions_cancelled_for_a_reason check ((cancelled_at is null) = (cancelled_because = ''))
);
create index on group_sessions (group_id, starts_at);
create index on group_sessions (module_id);
create index on group_sessions (cancelled_by);
comment on column group_sessions.place is 'Empty: where the group meets.';
comment on column group_sessions.module_id is 'The module of the programme that it is about. Null where there is none.';

-- Somebody's place in a group, or on its waiting list: a part of their case.
create table group_bookings (
  id uuid primary key,
  group_id uuid not null references groups (id) on delete restrict,
  case_id uuid not null references cases (id) on delete restrict,
  status text not null constraint group_bookings_status_known check (status in ('waiting', 'booked', 'ended')),
  needs text not null default '',
  asked_at timestamptz not null,
  asked_by uuid not null references users (id) on delete restrict,
  placed_at timestamptz,
  ended_at timestamptz,
  ended_by uuid references users (id) on delete restrict,
  outcome text not null default '',
  outcome_words text not null default '',
  readers int[] not null,
  editors int[] not null,
  withheld int[] not null default '{}',
  constraint group_bookings_have_a_place_or_wait check (status <> 'waiting' or placed_at is null),
  constraint group_bookings_ended_by_somebody check ((status = 'ended') = (ended_at is not null) and (ended_at is null) = (ended_by is null))
);
create unique index group_bookings_once on group_bookings (group_id, case_id) where status <> 'ended';
create index on group_bookings (group_id, status, asked_at);
create index on group_bookings (case_id);
create index on group_bookings (asked_by);
create index on group_bookings (ended_by);
comment on column group_bookings.needs is 'What they need to take part, such as an interpreter or a seat by the door.';
comment on column group_bookings.placed_at is 'When they were given a place. Null while they wait, and where they never had one.';
comment on column group_bookings.outcome is 'A code of the list group-outcome. Empty until it has ended.';

create table group_attendances (
  id uuid primary key,
  booking_id uuid not null references group_bookings (id) on delete restrict,
  session_id uuid not null references group_sessions (id) on delete restrict,
  case_id uuid not null references cases (id) on delete restrict,
  attendance text not null constraint group_attendances_known check (attendance in ('attended', 'late', 'did-not-attend', 'excused')),
  reason text not null default '',
  note_id uuid not null references case_notes (id) on delete restrict,
  recorded_at timestamptz not null,
  recorded_by uuid not null references users (id) on delete restrict,
  replaced_at timestamptz,
  corrected_because text not null default '',
  readers int[] not null,
  editors int[] not null,
  withheld int[] not null default '{}'
);
create unique index group_attendances_once on group_attendances (booking_id, session_id) where replaced_at is null;
create index on group_attendances (booking_id);
create index on group_attendances (session_id);
create index on group_attendances (case_id);
create index on group_attendances (note_id);
create index on group_attendances (recorded_by);
comment on table group_attendances is 'Never changed: a correction is another row, and this one was replaced.';
comment on column group_attendances.reason is 'Why they did not come, as far as anybody knows.';
comment on column group_attendances.note_id is 'The note on the case that says so.';
comment on column group_attendances.replaced_at is 'Null for what holds now.';
comment on column group_attendances.corrected_because is 'Why this row corrects the one before it. Empty for the first.';

-- Somebody's way through a programme, in a group or one to one: a part of their case.
create table programme_courses (
  id uuid primary key,
  programme_id uuid not null references programmes (id) on delete restrict,
  case_id uuid not null references cases (id) on delete restrict,
  status text not null constraint programme_courses_status_known check (status in ('going', 'completed', 'left')),
  began_on date not null,
  begun_by uuid not null references users (id) on delete restrict,
  ended_on date,
  ended_by uuid references users (id) on delete restrict,
  ended_words text not null default '',
  recorded_at timestamptz not null,
  readers int[] not null,
  editors int[] not null,
  withheld int[] not null default '{}',
  constraint programme_courses_ended_on_a_day check ((status = 'going') = (ended_on is null) and (ended_on is null) = (ended_by is null))
);
create unique index programme_courses_once on programme_courses (programme_id, case_id) where status = 'going';
create index on programme_courses (programme_id);
create index on programme_courses (case_id);
create index on programme_courses (begun_by);
create index on programme_courses (ended_by);
comment on column programme_courses.ended_words is 'What came of it, or why they left.';

create table module_completions (
  id uuid primary key,
  course_id uuid not null references programme_courses (id) on delete restrict,
  module_id uuid not null references programme_modules (id) on delete restrict,
  case_id uuid not null references cases (id) on delete restrict,
  done_on date not null,
  how text not null constraint module_completions_how_known check (how in ('in-session', 'one-to-one', 'elsewhere')),
  session_id uuid references group_sessions (id) on delete restrict,
  words text not null default '',
  recorded_at timestamptz not null,
  recorded_by uuid not null references users (id) on delete restrict,
  withdrawn_at timestamptz,
  withdrawn_because text not null default '',
  readers int[] not null,
  editors int[] not null,
  withheld int[] not null default '{}',
  constraint module_completions_in_a_session check ((how = 'in-session') = (session_id is not null)),
  constraint module_completions_withdrawn_for_a_reason check ((withdrawn_at is null) = (withdrawn_because = ''))
);
create unique index module_completions_once on module_completions (course_id, module_id) where withdrawn_at is null;
create index on module_completions (course_id);
create index on module_completions (module_id);
create index on module_completions (case_id);
create index on module_completions (session_id);
create index on module_completions (recorded_by);
comment on column module_completions.session_id is 'The session that they attended. Null for one to one, or elsewhere.';
comment on column module_completions.withdrawn_at is 'It turned out not to be so. Null while it holds.';

-- The owner is under the policies of a database that is already at work.
alter table list_options no force row level security;
insert into list_options (list, code, label, position, source, verified) values
  ('group-outcome', 'completed', 'Completed', 1, 'Lanyard', false),
  ('group-outcome', 'partly', 'Took part in some of it', 2, 'Lanyard', false),
  ('group-outcome', 'left', 'Left early', 3, 'Lanyard', false),
  ('group-outcome', 'did-not-start', 'Did not start', 4, 'Lanyard', false),
  ('group-outcome', 'moved-on', 'Moved to something else', 5, 'Lanyard', false),
  ('group-outcome', 'no-place', 'Had no place', 6, 'Lanyard', false);
alter table list_options force row level security;
