-- Multi-agency meetings: series, who sits in them, dates, and the items on their agendas with all that is said about them (V4, A5, M1). Rows of an
-- item are a record of their own beside the cases of the people whom it is about: their lists follow from the item alone (decision 25).

create table meeting_series (
  id uuid primary key,
  kind text not null,
  name text not null constraint meeting_series_named check (name <> ''),
  running int not null references principals (id) on delete restrict,
  place text not null default '',
  weeks int not null constraint meeting_series_weeks_bounded check (weeks between 1 and 26),
  starts_at text not null,
  item_minutes int not null constraint meeting_series_minutes_bounded check (item_minutes between 1 and 240),
  quorum int not null constraint meeting_series_quorum_bounded check (quorum between 1 and 50),
  research_days int not null constraint meeting_series_research_bounded check (research_days between 0 and 30),
  closes_after_days int not null constraint meeting_series_closes_bounded check (closes_after_days between 1 and 3660),
  repeat_months int not null constraint meeting_series_repeat_bounded check (repeat_months between 1 and 60),
  repeat_anchor text not null constraint meeting_series_anchor_known check (repeat_anchor in ('referral', 'meeting')),
  adult_women int constraint meeting_series_population_counts check (adult_women > 0),
  version int not null default 1,
  created_at timestamptz not null,
  created_by uuid not null references users (id) on delete restrict,
  unique (id, running)
);
create index on meeting_series (running);
create index on meeting_series (created_by);
comment on column meeting_series.kind is 'A configuration that comes with the product: marac.';
comment on column meeting_series.running is 'The principal of its chair and co-ordinator.';
comment on column meeting_series.closes_after_days is 'So many days after a meeting its items are closed to the members.';
comment on column meeting_series.repeat_anchor is 'What the months of a repeat are counted from: the last referral, or the last meeting that heard it.';
comment on column meeting_series.adult_women is 'Adult women who live in its area, for rates. Null until somebody says so.';

create table meeting_seats (
  id uuid primary key,
  series_id uuid not null,
  running int not null,
  agency_id uuid not null references agencies (id) on delete restrict,
  agency int not null references principals (id) on delete restrict,
  principal int not null unique references principals (id) on delete restrict,
  category text not null default '',
  added_at timestamptz not null,
  added_by uuid not null references users (id) on delete restrict,
  ended_at timestamptz,
  ended_by uuid references users (id) on delete restrict,
  unique (series_id, agency_id),
  foreign key (series_id, running) references meeting_series (id, running) on delete restrict
);
create index on meeting_seats (series_id, running);
create index on meeting_seats (agency_id);
create index on meeting_seats (agency);
create index on meeting_seats (added_by);
create index on meeting_seats (ended_by);
comment on column meeting_seats.principal is 'Held by whoever sits there for the agency: what the seat may read names this, never the whole agency.';
comment on column meeting_seats.category is 'What kind of agency sits there, as the configuration names them.';

create table meeting_members (
  id uuid primary key,
  series_id uuid not null,
  running int not null,
  seat_id uuid references meeting_seats (id) on delete restrict,
  user_id uuid not null references users (id) on delete restrict,
  role text not null constraint meeting_members_role_known check (role in ('chair', 'co-ordinator', 'member', 'deputy')),
  added_at timestamptz not null,
  added_by uuid not null references users (id) on delete restrict,
  ended_at timestamptz,
  ended_by uuid references users (id) on delete restrict,
  foreign key (series_id, running) references meeting_series (id, running) on delete restrict,
  constraint meeting_members_sit_or_run check ((seat_id is null) = (role in ('chair', 'co-ordinator')))
);
create index on meeting_members (series_id, running);
create index on meeting_members (seat_id);
create index on meeting_members (user_id);
create index on meeting_members (added_by);
create index on meeting_members (ended_by);

create table meetings (
  id uuid primary key,
  series_id uuid not null,
  running int not null,
  seen_by int[] not null,
  starts_at timestamptz not null,
  place text not null default '',
  state text not null constraint meetings_state_known check (state in ('planned', 'sent', 'open', 'held', 'cancelled')),
  research_due_on date not null,
  sent_at timestamptz,
  circulated_at timestamptz,
  opened_at timestamptz,
  held_at timestamptz,
  minutes_words text not null default '',
  minutes_approved_at timestamptz,
  minutes_approved_by uuid references users (id) on delete restrict,
  minutes_circulated_at timestamptz,
  version int not null default 1,
  created_at timestamptz not null,
  created_by uuid not null references users (id) on delete restrict,
  foreign key (series_id, running) references meeting_series (id, running) on delete restrict
);
create index on meetings (series_id, running);
create index on meetings (series_id, starts_at);
create index on meetings (minutes_approved_by);
create index on meetings (created_by);
comment on column meetings.seen_by is 'Principals who may know of the date: those who run it and every seat.';
comment on column meetings.circulated_at is 'When its papers went round: research is its agency''s own until then.';

create table meeting_attendance (
  id uuid primary key,
  meeting_id uuid not null references meetings (id) on delete restrict,
  running int not null,
  seen_by int[] not null,
  seat_id uuid not null references meeting_seats (id) on delete restrict,
  status text not null constraint meeting_attendance_known check (status in ('present', 'apologies', 'absent')),
  names text not null default '',
  recorded_at timestamptz not null,
  recorded_by uuid not null references users (id) on delete restrict,
  replaced_at timestamptz
);
create index on meeting_attendance (meeting_id);
create index on meeting_attendance (seat_id);
create index on meeting_attendance (recorded_by);

create table meeting_items (
  id uuid primary key,
  series_id uuid not null,
  running int not null,
  meeting_id uuid references meetings (id) on delete restrict,
  reference text not null,
  state text not null constraint meeting_items_state_known check (state in ('draft', 'referred', 'returned', 'listed', 'sent', 'discussed', 'closed')),
  position int not null default 0,
  minutes int not null,
  referrer int not null references principals (id) on delete restrict,
  referred_by uuid not null references users (id) on delete restrict,
  referring_agency uuid not null references agencies (id) on delete restrict,
  referring_category text not null default '',
  referred_at timestamptz,
  invited int[],
  score int,
  band text not null default '',
  criteria text[] not null default '{}',
  measures text[] not null default '{}',
  summary text not null default '',
  is_repeat boolean not null default false,
  repeat_of uuid references meeting_items (id) on delete restrict,
  triaged_at timestamptz,
  triaged_by uuid references users (id) on delete restrict,
  triage_words text not null default '',
  discussed_at timestamptz,
  closed_at timestamptz,
  created_at timestamptz not null,
  version int not null default 1,
  readers int[] not null,
  editors int[] not null,
  withheld int[] not null default '{}',
  foreign key (series_id, running) references meeting_series (id, running) on delete restrict,
  constraint meeting_items_returned_says_why check (state <> 'returned' or triage_words <> ''),
  unique (series_id, reference)
);
create index on meeting_items (series_id, running);
create index on meeting_items (meeting_id);
create index on meeting_items (referrer);
create index on meeting_items (referred_by);
create index on meeting_items (referring_agency);
create index on meeting_items (repeat_of);
create index on meeting_items (triaged_by);
comment on column meeting_items.reference is 'Made up at random, so that a number left out says nothing.';
comment on column meeting_items.invited is 'The seats whose agencies are asked about it. Null: every one.';
comment on column meeting_items.score is 'What the referral''s checklist came to. Null where it has none, or none was filled in.';
comment on column meeting_items.measures is 'What its return counts of it, as the configuration names them: worked out of the referral when it is made.';
comment on column meeting_items.is_repeat is 'Heard before within the series'' months, about the same people. Kept beside repeat_of, which whoever triages may know and others not.';

create table meeting_item_withholdings (
  id uuid primary key,
  item_id uuid not null references meeting_items (id) on delete restrict,
  part text,
  holder int not null references principals (id) on delete restrict,
  reason text not null constraint meeting_item_withholdings_say_why check (reason <> ''),
  withheld_by uuid not null references users (id) on delete restrict,
  withheld_at timestamptz not null,
  ended_at timestamptz,
  ended_by uuid references users (id) on delete restrict,
  readers int[] not null,
  editors int[] not null,
  withheld int[] not null default '{}'
);
create index on meeting_item_withholdings (item_id);
create index on meeting_item_withholdings (holder);
create index on meeting_item_withholdings (withheld_by);
create index on meeting_item_withholdings (ended_by);
comment on column meeting_item_withholdings.holder is 'An agency or a user. Beats every seat and every role.';
comment on column meeting_item_withholdings.part is 'One part of it, such as its children. Null: the whole item.';

create table meeting_parties (
  id uuid primary key,
  item_id uuid not null references meeting_items (id) on delete restrict,
  part text not null,
  role text not null,
  family_name text not null,
  given_name text not null,
  born_on date,
  position int not null,
  person_id uuid references people (id) on delete restrict,
  linked_at timestamptz,
  linked_by uuid references users (id) on delete restrict,
  readers int[] not null,
  editors int[] not null,
  withheld int[] not null default '{}'
);
create index on meeting_parties (item_id);
create index on meeting_parties (person_id);
create index on meeting_parties (linked_by);
comment on column meeting_parties.person_id is 'Their record, which opens to whoever may see it in their own right. Null until somebody who sees both has linked them.';

create table meeting_answers (
  id uuid primary key,
  item_id uuid not null references meeting_items (id) on delete restrict,
  research_id uuid,
  part text not null,
  form_code text not null,
  form_version int not null,
  section text not null,
  answers jsonb not null,
  typed jsonb not null default '{}',
  revision int not null,
  saved_at timestamptz not null,
  saved_by uuid not null references users (id) on delete restrict,
  replaced_at timestamptz,
  own int[] not null default '{}',
  audience text not null constraint meeting_answers_audience_known check (audience in ('item', 'referrer', 'running', 'own')),
  readers int[] not null,
  editors int[] not null,
  withheld int[] not null default '{}'
);
create index on meeting_answers (item_id);
create index on meeting_answers (research_id);
create index on meeting_answers (saved_by);
create unique index on meeting_answers (item_id, form_code, section) where replaced_at is null and research_id is null;
create unique index on meeting_answers (research_id, section) where replaced_at is null and research_id is not null;
comment on column meeting_answers.replaced_at is 'When a later revision took its place. Null: as it stands.';
comment on column meeting_answers.own is 'Principals whose own row it is, such as the seat that answers.';
comment on column meeting_answers.audience is 'Who reads it beside those: everybody who reads the item, and whoever referred, or those who run the series, or nobody else.';

create table meeting_research (
  id uuid primary key,
  item_id uuid not null references meeting_items (id) on delete restrict,
  meeting_id uuid not null references meetings (id) on delete restrict,
  seat_id uuid not null references meeting_seats (id) on delete restrict,
  state text not null constraint meeting_research_state_known check (state in ('asked', 'begun', 'submitted', 'nothing-held')),
  due_on date not null,
  asked_at timestamptz not null,
  submitted_at timestamptz,
  submitted_by uuid references users (id) on delete restrict,
  chased_at timestamptz,
  own int[] not null,
  audience text not null constraint meeting_research_audience_known check (audience in ('item', 'running', 'own')),
  readers int[] not null,
  editors int[] not null,
  withheld int[] not null default '{}',
  unique (item_id, meeting_id, seat_id)
);
create index on meeting_research (meeting_id);
create index on meeting_research (seat_id);
create index on meeting_research (submitted_by);
alter table meeting_answers add foreign key (research_id) references meeting_research (id) on delete restrict;

create table meeting_entries (
  id uuid primary key,
  item_id uuid not null references meeting_items (id) on delete restrict,
  meeting_id uuid not null references meetings (id) on delete restrict,
  kind text not null constraint meeting_entries_kind_known check (kind in ('note', 'decision')),
  words text not null,
  rationale text not null default '',
  recorded_at timestamptz not null,
  recorded_by uuid not null references users (id) on delete restrict,
  replaced_at timestamptz,
  own int[] not null default '{}',
  audience text not null constraint meeting_entries_audience_known check (audience in ('item', 'running', 'own')),
  readers int[] not null,
  editors int[] not null,
  withheld int[] not null default '{}'
);
create index on meeting_entries (item_id);
create index on meeting_entries (meeting_id);
create index on meeting_entries (recorded_by);
create unique index on meeting_entries (item_id, meeting_id, kind) where replaced_at is null;

create table meeting_actions (
  id uuid primary key,
  item_id uuid not null references meeting_items (id) on delete restrict,
  meeting_id uuid references meetings (id) on delete restrict,
  what text not null constraint meeting_actions_say_what check (what <> ''),
  seat_id uuid not null references meeting_seats (id) on delete restrict,
  worker_id uuid references users (id) on delete restrict,
  party_id uuid references meeting_parties (id) on delete restrict,
  case_id uuid references cases (id) on delete restrict,
  due_on date not null,
  state text not null constraint meeting_actions_state_known check (state in ('open', 'done', 'cancelled')),
  carried int not null default 0,
  set_at timestamptz not null,
  set_by uuid not null references users (id) on delete restrict,
  ended_at timestamptz,
  chased_at timestamptz,
  version int not null default 1,
  own int[] not null,
  readers int[] not null,
  editors int[] not null,
  withheld int[] not null default '{}'
);
create index on meeting_actions (item_id);
create index on meeting_actions (meeting_id);
create index on meeting_actions (seat_id);
create index on meeting_actions (worker_id);
create index on meeting_actions (party_id);
create index on meeting_actions (case_id);
create index on meeting_actions (set_by);
comment on column meeting_actions.own is 'The seat that answers for it, and the worker to whom it was given.';

create table meeting_action_entries (
  id uuid primary key,
  action_id uuid not null references meeting_actions (id) on delete restrict,
  item_id uuid not null references meeting_items (id) on delete restrict,
  kind text not null constraint meeting_action_entries_kind_known check (kind in ('set', 'update', 'changed', 'done', 'reopened', 'cancelled', 'carried-over')),
  words text not null,
  recorded_at timestamptz not null,
  recorded_by uuid not null references users (id) on delete restrict,
  own int[] not null,
  readers int[] not null,
  editors int[] not null,
  withheld int[] not null default '{}'
);
create index on meeting_action_entries (action_id);
create index on meeting_action_entries (item_id);
create index on meeting_action_entries (recorded_by);
-- What is still wanted is asked on every page of somebody who sits in a meeting, and is little.
create index meeting_research_wanted on meeting_research (state) where state in ('asked', 'begun');
create index meeting_actions_open on meeting_actions (due_on) where state = 'open';
