-- The diary: appointments with what became of them, who is out on a visit and when they are expected back, drop-ins of people who are not
-- on record, outreach, and a calendar address for each worker (U23).

create table appointments (
  id uuid primary key,
  case_id uuid not null references cases (id) on delete restrict,
  series_id uuid,
  follows uuid references appointments (id) on delete restrict,
  kind text not null,
  purpose text not null default '',
  worker_id uuid not null references users (id) on delete restrict,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  place text not null default '',
  safety text not null default '',
  status text not null default 'booked' constraint appointments_status_known check (status in ('booked', 'attended', 'did-not-attend', 'cancelled')),
  cancelled_by text not null default '' constraint appointments_cancelled_by_known check (cancelled_by in ('', 'them', 'us')),
  outcome text not null default '',
  created_at timestamptz not null,
  created_by uuid not null references users (id) on delete restrict,
  closed_at timestamptz,
  closed_by uuid references users (id) on delete restrict,
  version int not null default 1,
  readers int[] not null,
  editors int[] not null,
  withheld int[] not null default '{}',
  constraint appointments_end_after_they_start check (ends_at > starts_at),
  constraint appointments_closed_by_somebody check ((status = 'booked') = (closed_at is null)),
  constraint appointments_cancelled_by_one_side check ((status = 'cancelled') = (cancelled_by <> ''))
);
create index on appointments (worker_id, starts_at);
create index on appointments (case_id, starts_at);
create index on appointments (series_id, starts_at);
create index on appointments (follows);
create index on appointments (created_by);
create index on appointments (closed_by);
comment on column appointments.series_id is 'The same for those that were booked together. Null for one by itself.';
comment on column appointments.follows is 'The one that the person missed, after which this was offered. Null where there is none.';
comment on column appointments.kind is 'A code of the list note-type: what kind of contact it will be.';
comment on column appointments.safety is 'What whoever goes there must know before. Shown before a visit, beside alerts and flags.';
comment on column appointments.outcome is 'Why it was cancelled or what is known of why they did not come.';

create table appointment_changes (
  id uuid primary key,
  appointment_id uuid not null references appointments (id) on delete restrict,
  case_id uuid not null references cases (id) on delete restrict,
  at timestamptz not null,
  by uuid not null references users (id) on delete restrict,
  reason text not null default '',
  before jsonb not null,
  after jsonb not null,
  readers int[] not null,
  editors int[] not null,
  withheld int[] not null default '{}'
);
create index on appointment_changes (appointment_id);
create index on appointment_changes (case_id);
create index on appointment_changes (by);
comment on table appointment_changes is 'When, where and whose an appointment was before somebody moved it. Added to, never changed.';

create table attendance_rules (
  service_area text not null default '',
  nth int not null constraint attendance_rules_nth_counts check (nth >= 1),
  action text not null constraint attendance_rules_action_known check (action in ('offer-again', 'task')),
  days int not null default 0,
  words text not null,
  source text not null default '',
  verified boolean not null default false,
  withdrawn_at timestamptz,
  primary key (service_area, nth)
);
comment on table attendance_rules is 'What follows when somebody has missed so many appointments in a row. The last rule stands for all that come after it.';
comment on column attendance_rules.service_area is 'Empty: for every service. No key: the rules that come with Lanyard are there before an authority has services.';
comment on column attendance_rules.withdrawn_at is 'Null while it holds.';
comment on column attendance_rules.days is 'Within how many days the task is due.';
insert into attendance_rules (service_area, nth, action, days, words, source) values
  ('', 1, 'offer-again', 0, 'Offer another appointment', 'Lanyard'),
  ('', 2, 'task', 2, 'Write about the missed appointments, and try another way to be in touch', 'Lanyard'),
  ('', 3, 'task', 1, 'Decide with your team leader what to do: three appointments in a row were missed', 'Lanyard');

create table visits_out (
  id uuid primary key,
  user_id uuid not null references users (id) on delete restrict,
  team int not null references principals (id) on delete restrict,
  appointment_id uuid references appointments (id) on delete restrict,
  whereabouts text not null,
  set_out_at timestamptz not null,
  expected_back_at timestamptz not null,
  back_at timestamptz,
  back_by uuid references users (id) on delete restrict,
  back_words text not null default '',
  told int not null default 0,
  told_at timestamptz,
  constraint visits_out_back_by_somebody check ((back_at is null) = (back_by is null))
);
create index on visits_out (expected_back_at) where back_at is null;
create index on visits_out (team, set_out_at desc);
create index on visits_out (user_id, set_out_at desc);
create index on visits_out (appointment_id);
create index on visits_out (back_by);
comment on table visits_out is 'Who is out and when they are expected back. It belongs to the worker''s team, not to a case: it names nobody whom they visit.';
comment on column visits_out.team is 'The team''s principal: its members look after each other.';
comment on column visits_out.whereabouts is 'For whoever has to look for them. The worker is told that their team reads it.';
comment on column visits_out.appointment_id is 'Null for a visit without an appointment. Who it is with is read by those who may see the appointment.';
comment on column visits_out.told is 'How often colleagues have been told that they are not back.';

create table drop_ins (
  id uuid primary key,
  team int not null references principals (id) on delete restrict,
  happened_at timestamptz not null,
  minutes int constraint drop_ins_minutes_of_a_day check (minutes between 1 and 1440),
  place text not null default '',
  called text not null default '',
  age_band text not null default '',
  gender text not null default '',
  reason text not null default '',
  about text not null,
  handed_out jsonb not null default '{}',
  recorded_at timestamptz not null,
  recorded_by uuid not null references users (id) on delete restrict,
  linked_at timestamptz,
  linked_by uuid references users (id) on delete restrict,
  note_id uuid references case_notes (id) on delete restrict,
  struck_out_at timestamptz,
  struck_out_by uuid references users (id) on delete restrict,
  struck_out_because text not null default '',
  constraint drop_ins_linked_to_a_note check ((linked_at is null) = (note_id is null)),
  constraint drop_ins_struck_out_for_a_reason check ((struck_out_at is null) = (struck_out_because = ''))
);
create index on drop_ins (team, happened_at desc);
create index on drop_ins (recorded_by);
create index on drop_ins (linked_by);
create index on drop_ins (note_id);
create index on drop_ins (struck_out_by);
comment on table drop_ins is 'Somebody who came in and is not on record, or stays anonymous. Not a person: never found by a search.';
comment on column drop_ins.called is 'What they call themselves, if they said. In no index and in no search.';
comment on column drop_ins.note_id is 'The note on the record of whoever came forward as this person. Null until then.';

create table outreach_sessions (
  id uuid primary key,
  team int not null references principals (id) on delete restrict,
  happened_at timestamptz not null,
  minutes int constraint outreach_sessions_minutes_of_a_day check (minutes between 1 and 1440),
  place text not null,
  went_with text not null default '',
  about text not null default '',
  contacts jsonb not null default '{}',
  handed_out jsonb not null default '{}',
  recorded_at timestamptz not null,
  recorded_by uuid not null references users (id) on delete restrict,
  struck_out_at timestamptz,
  struck_out_by uuid references users (id) on delete restrict,
  struck_out_because text not null default '',
  constraint outreach_sessions_struck_out_for_a_reason check ((struck_out_at is null) = (struck_out_because = ''))
);
create index on outreach_sessions (team, happened_at desc);
create index on outreach_sessions (recorded_by);
create index on outreach_sessions (struck_out_by);
comment on column outreach_sessions.contacts is 'How many brief contacts of each kind, by the codes of the list outreach-contact.';
comment on column outreach_sessions.handed_out is 'How many of each thing, by the codes of the list handed-out.';

create table calendar_feeds (
  user_id uuid primary key references users (id) on delete cascade,
  token_hash text not null unique,
  made_at timestamptz not null,
  last_read_at timestamptz
);
comment on table calendar_feeds is 'The secret address of a worker''s calendar. Only its hash is kept: it is shown once, when it is made.';
comment on column calendar_feeds.last_read_at is 'Null until a calendar program has fetched it; to the hour.';

alter table list_options no force row level security;
insert into list_options (list, code, label, position, source, verified) values
  ('drop-in-reason', 'advice', 'Advice or information', 1, 'Lanyard', false),
  ('drop-in-reason', 'safe', 'Somewhere safe to be', 2, 'Lanyard', false),
  ('drop-in-reason', 'housing', 'Housing', 3, 'Lanyard', false),
  ('drop-in-reason', 'money', 'Money or benefits', 4, 'Lanyard', false),
  ('drop-in-reason', 'health', 'Health', 5, 'Lanyard', false),
  ('drop-in-reason', 'substances', 'Alcohol or drugs', 6, 'Lanyard', false),
  ('drop-in-reason', 'things', 'To be given something', 7, 'Lanyard', false),
  ('drop-in-reason', 'other', 'Another reason', 8, 'Lanyard', false),
  ('age-band', 'under-18', 'Under 18', 1, 'Lanyard', false),
  ('age-band', '18-24', '18 to 24', 2, 'Lanyard', false),
  ('age-band', '25-44', '25 to 44', 3, 'Lanyard', false),
  ('age-band', '45-64', '45 to 64', 4, 'Lanyard', false),
  ('age-band', '65-over', '65 or over', 5, 'Lanyard', false),
  ('drop-in-gender', 'woman', 'Woman or girl', 1, 'Lanyard', false),
  ('drop-in-gender', 'man', 'Man or boy', 2, 'Lanyard', false),
  ('drop-in-gender', 'another', 'Another gender', 3, 'Lanyard', false),
  ('outreach-contact', 'greeting', 'A greeting', 1, 'Lanyard', false),
  ('outreach-contact', 'talk', 'A short talk', 2, 'Lanyard', false),
  ('outreach-contact', 'advice', 'Advice given', 3, 'Lanyard', false),
  ('outreach-contact', 'signposted', 'Signposted to a service', 4, 'Lanyard', false),
  ('outreach-contact', 'referral', 'A referral asked for', 5, 'Lanyard', false),
  ('outreach-contact', 'refused', 'Did not want to talk', 6, 'Lanyard', false);
alter table list_options force row level security;
