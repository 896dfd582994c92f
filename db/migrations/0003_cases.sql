-- A case: one spell of one service's work with a person. What happened is a list that only grows (case_events); every other table here
-- holds the words and dates of one kind of event, and `cases` and `caseload_entries` are indexes of where it all stands now.

-- Choices that an authority keeps for itself: closure reasons, referral sources, kinds of flag. An archived choice stays readable.
create table list_options (
  list text not null,
  code text not null,
  service_area text not null default '',
  label text not null,
  position int not null,
  archived_at timestamptz,
  source text not null default '',
  verified boolean not null default false,
  primary key (list, service_area, code)
);
comment on column list_options.service_area is 'Empty: for every service. No key: the choices that come with Lanyard are there before an authority has services.';
comment on column list_options.source is 'Where the choice comes from, so that an authority can check it. Empty for its own.';
comment on column list_options.verified is 'Whether somebody has compared it with its source.';

-- Within how many days a stage should be over. An authority's own timescales; nothing is late where none is set.
create table stage_targets (
  stage text not null constraint stage_targets_stage_known check (stage in ('triage', 'allocation', 'start', 'assessment', 'plan', 'review')),
  service_area text not null default '',
  days int not null constraint stage_targets_in_future check (days between 0 and 1000),
  source text not null default '',
  verified boolean not null default false,
  primary key (stage, service_area)
);
comment on table stage_targets is 'Calendar days from the beginning of the stage; for review, from the last review or the plan.';

create sequence case_reference_sequence as bigint;

create table cases (
  id uuid primary key,
  reference text not null unique default 'C-' || nextval('case_reference_sequence'),
  person_id uuid not null references people (id) on delete restrict,
  service_area text not null references service_areas (code) on delete restrict,
  team_id uuid not null,
  agency int not null,
  worker_id uuid references users (id) on delete restrict,
  status text not null default 'referred' constraint cases_status_known
    check (status in ('referred', 'declined', 'signposted', 'accepted', 'with-team', 'with-worker', 'open', 'closed')),
  referred_on date not null,
  opened_on date,
  closed_on date,
  restricted boolean not null default false,
  removed_at timestamptz,
  version int not null default 1,
  readers int[] not null,
  editors int[] not null,
  withheld int[] not null default '{}',
  constraint cases_team foreign key (team_id, agency) references teams (id, agency) on delete restrict
);
create index on cases (person_id);
create index on cases (team_id, agency);
create index on cases (service_area);
create index on cases (worker_id);
comment on column cases.reference is 'Like EH-26-0412: the service''s letters, the year, and a number of which there is one.';
comment on column cases.worker_id is 'Null until a worker has been chosen, and while the case waits in a team.';
comment on column cases.opened_on is 'The day on which the referral was accepted; null before, and for a referral that was not.';
comment on column cases.removed_at is 'The import that brought it was undone: its lists are empty, so that nobody reads it. Nothing is deleted.';
comment on column cases.status is 'An index of case_events: what src/cases/status.ts makes of them. Written with each event.';
comment on column cases.version is 'The position of the latest event: a page that was opened before it says what has changed since.';

create table case_events (
  id uuid primary key,
  case_id uuid not null references cases (id) on delete restrict,
  position int not null,
  kind text not null,
  part text not null,
  data jsonb not null default '{}',
  occurred_on date not null,
  recorded_at timestamptz not null,
  user_id uuid references users (id) on delete restrict,
  author text not null,
  readers int[] not null,
  editors int[] not null,
  withheld int[] not null default '{}',
  constraint case_events_in_order unique (case_id, position)
);
create index on case_events (user_id);
comment on table case_events is 'What happened, in the order in which it was recorded. Added to, never changed. Codes and ids only: the words are in the tables beside it.';
comment on column case_events.occurred_on is 'The day on which it happened, which may be before the day on which it was recorded.';
comment on column case_events.user_id is 'Null for the system itself and for what an import brought.';

create table referrals (
  id uuid primary key,
  case_id uuid not null references cases (id) on delete restrict,
  source text not null,
  referrer_name text not null default '',
  referrer_contact text not null default '',
  received_on date not null,
  reason text not null,
  urgency text not null constraint referrals_urgency_known check (urgency in ('emergency', 'urgent', 'routine')),
  consent text not null constraint referrals_consent_known check (consent in ('given', 'refused', 'not-asked')),
  consent_how text not null default '',
  consent_on date,
  without_consent_because text not null default '',
  decision text constraint referrals_decision_known check (decision in ('accepted', 'declined', 'signposted')),
  decided_on date,
  decision_reason text not null default '',
  decision_note text not null default '',
  signposted_to text not null default '',
  decided_by text not null default '',
  user_id uuid references users (id) on delete restrict,
  author text not null,
  recorded_at timestamptz not null,
  readers int[] not null,
  editors int[] not null,
  withheld int[] not null default '{}',
  constraint referrals_consent_says_how check (consent <> 'given' or consent_how <> ''),
  constraint referrals_without_consent_says_why check (consent = 'given' or without_consent_because <> '')
);
create index on referrals (case_id);
create index on referrals (user_id);
comment on column referrals.source is 'A code of the list referral-source.';
comment on column referrals.without_consent_because is 'E4: consent is asked for first, and gone without only for a recorded reason.';
comment on column referrals.decision is 'Null while nobody has decided.';

create table allocations (
  id uuid primary key,
  case_id uuid not null references cases (id) on delete restrict,
  team_id uuid not null references teams (id) on delete restrict,
  worker_id uuid references users (id) on delete restrict,
  from_on date not null,
  to_on date,
  reason text not null default '',
  hand_over text not null default '',
  ended_at timestamptz,
  user_id uuid references users (id) on delete restrict,
  author text not null,
  recorded_at timestamptz not null,
  readers int[] not null,
  editors int[] not null,
  withheld int[] not null default '{}',
  constraint allocations_in_order check (to_on is null or to_on >= from_on),
  constraint allocations_ended_on_a_day check ((ended_at is null) = (to_on is null))
);
create unique index allocations_one_at_a_time on allocations (case_id) where ended_at is null;
create index on allocations (case_id);
create index on allocations (team_id);
create index on allocations (worker_id);
create index on allocations (user_id);
comment on table allocations is 'U5: who had the case from when to when, and why it changed hands.';
comment on column allocations.worker_id is 'Null while the case waits in a team.';

create table risk_levels (
  id uuid primary key,
  case_id uuid not null references cases (id) on delete restrict,
  level text not null constraint risk_levels_level_known check (level in ('high', 'medium', 'low', 'not-rated')),
  is_initial boolean not null,
  reason text not null constraint risk_levels_say_why check (reason <> ''),
  rated_on date not null,
  user_id uuid references users (id) on delete restrict,
  author text not null,
  recorded_at timestamptz not null,
  readers int[] not null,
  editors int[] not null,
  withheld int[] not null default '{}'
);
create unique index risk_levels_one_initial on risk_levels (case_id) where is_initial;
create index on risk_levels (case_id);
create index on risk_levels (user_id);
comment on table risk_levels is 'U24: the first level is kept, the latest is current, and all between is the history. Added to, never changed.';

create table case_flags (
  id uuid primary key,
  case_id uuid not null references cases (id) on delete restrict,
  kind text not null,
  note text not null default '',
  review_on date,
  raised_on date not null,
  reviewed_on date,
  resolved_at timestamptz,
  resolved_by text,
  resolved_reason text,
  user_id uuid references users (id) on delete restrict,
  author text not null,
  recorded_at timestamptz not null,
  readers int[] not null,
  editors int[] not null,
  withheld int[] not null default '{}',
  constraint case_flags_resolved_for_a_reason check ((resolved_at is null) = (resolved_reason is null))
);
create index on case_flags (case_id);
create index on case_flags (user_id);
comment on column case_flags.kind is 'A code of the list flag-kind.';

-- Dangers that everybody who works with the person must know of, whatever case they come from: "Do not visit alone".
create table person_alerts (
  id uuid primary key,
  person_id uuid not null references people (id) on delete restrict,
  kind text not null,
  note text not null default '',
  review_on date,
  raised_on date not null,
  reviewed_on date,
  resolved_at timestamptz,
  resolved_by text,
  resolved_reason text,
  user_id uuid references users (id) on delete restrict,
  author text not null,
  recorded_at timestamptz not null,
  readers int[] not null,
  editors int[] not null,
  withheld int[] not null default '{}',
  constraint person_alerts_resolved_for_a_reason check ((resolved_at is null) = (resolved_reason is null))
);
create index on person_alerts (person_id);
create index on person_alerts (user_id);
comment on column person_alerts.kind is 'A code of the list alert-kind.';

create table reviews (
  id uuid primary key,
  case_id uuid not null references cases (id) on delete restrict,
  due_on date not null,
  held_on date,
  outcome text,
  summary text not null default '',
  present text not null default '',
  replaced_at timestamptz,
  user_id uuid references users (id) on delete restrict,
  author text not null,
  recorded_at timestamptz not null,
  readers int[] not null,
  editors int[] not null,
  withheld int[] not null default '{}',
  constraint reviews_held_with_outcome check ((held_on is null) = (outcome is null))
);
create unique index reviews_one_due on reviews (case_id) where held_on is null and replaced_at is null;
create index on reviews (case_id);
create index on reviews (user_id);
comment on column reviews.outcome is 'A code of the list review-outcome; null until the review has been held.';
comment on column reviews.replaced_at is 'Another date was set before it was held, or the case was closed.';

create table closures (
  id uuid primary key,
  case_id uuid not null references cases (id) on delete restrict,
  closed_on date not null,
  reason text not null,
  outcome text not null,
  summary text not null constraint closures_say_what_was_done check (summary <> ''),
  open_actions int not null default 0,
  open_actions_because text not null default '',
  reopened_on date,
  reopened_because text,
  reopened_by text,
  user_id uuid references users (id) on delete restrict,
  author text not null,
  recorded_at timestamptz not null,
  readers int[] not null,
  editors int[] not null,
  withheld int[] not null default '{}',
  constraint closures_leave_nothing_open_unsaid check (open_actions = 0 or open_actions_because <> ''),
  constraint closures_reopened_for_a_reason check ((reopened_on is null) = (reopened_because is null))
);
create index on closures (case_id);
create index on closures (user_id);
comment on column closures.reason is 'A code of the list closure-reason.';
comment on column closures.open_actions is 'How many actions and tasks were left open when it was closed all the same.';

-- ── Indexes of what happened ───────────────────────────────────────────────────────────────────────────────────────────────

-- What has to be done next on a case, one row for each thing that sets dates: the stage it is in, its review, its tasks.
create table case_dues (
  case_id uuid not null references cases (id) on delete restrict,
  source text not null,
  due_on date not null,
  words text not null,
  href text not null default '',
  readers int[] not null,
  editors int[] not null,
  withheld int[] not null default '{}',
  primary key (case_id, source)
);

-- One row a case, for lists of work: everything that a row of a caseload shows except the person's name.
create table caseload_entries (
  case_id uuid primary key references cases (id) on delete restrict,
  person_id uuid not null references people (id) on delete restrict,
  reference text not null,
  service_area text not null references service_areas (code) on delete restrict,
  team_id uuid not null references teams (id) on delete restrict,
  worker_id uuid references users (id) on delete restrict,
  status text not null,
  stage text not null,
  initial_risk text not null default 'not-rated',
  risk text not null default 'not-rated',
  risk_order int not null default 3,
  flags int not null default 0,
  due_on date not null default 'infinity',
  next_step text not null default '',
  review_on date,
  allocated_on date,
  last_contact_at timestamptz,
  last_contact text not null default '',
  closed_on date,
  readers int[] not null,
  editors int[] not null,
  withheld int[] not null default '{}'
);
create index on caseload_entries (person_id);
create index on caseload_entries (service_area);
create index on caseload_entries (team_id);
create index on caseload_entries (worker_id);
create index caseload_of_worker on caseload_entries (worker_id, due_on, case_id) where closed_on is null;
create index caseload_of_team on caseload_entries (team_id, due_on, case_id) where closed_on is null;
comment on column caseload_entries.due_on is 'The earliest of case_dues; infinity when nothing is due, so that lists sort by one column.';
comment on column caseload_entries.risk_order is 'High 0, medium 1, low 2, not rated 3: lists sort by it.';
comment on column caseload_entries.closed_on is 'Also set when a referral was declined or signposted: there is no more work in it.';

-- One line for everything that happened with a person, whichever module recorded it.
create table timeline_entries (
  id uuid primary key,
  person_id uuid not null references people (id) on delete restrict,
  case_id uuid not null references cases (id) on delete restrict,
  at timestamptz not null,
  kind text not null,
  part text not null,
  title text not null,
  summary text not null default '' constraint timeline_entries_summary_short check (char_length(summary) <= 300),
  source_type text not null,
  source_id uuid not null,
  href text not null default '',
  service_area text not null,
  worker_id uuid,
  author text not null,
  grave boolean not null default false,
  named_readers int[],
  readers int[] not null,
  editors int[] not null,
  withheld int[] not null default '{}'
);
create index timeline_of_person on timeline_entries (person_id, at desc, id desc);
create index timeline_of_person_by_kind on timeline_entries (person_id, kind, at desc, id desc);
create index timeline_of_case on timeline_entries (case_id, at desc, id desc);
create index timeline_of_source on timeline_entries (source_id);
comment on table timeline_entries is 'An index of what the modules recorded. No keys to services and users, for its size.';
comment on column timeline_entries.grave is 'A danger: marked in red, and the title says what it is.';

-- ── Choices and timescales to begin with ────────────────────────────────────────────────────────────────────────────────────

insert into list_options (list, code, label, position, source, verified) values
  ('referral-source', 'self', 'The person themselves', 1, 'Lanyard', false),
  ('referral-source', 'family', 'Family or friend', 2, 'Lanyard', false),
  ('referral-source', 'police', 'Police', 3, 'Lanyard', false),
  ('referral-source', 'gp', 'GP or primary care', 4, 'Lanyard', false),
  ('referral-source', 'hospital', 'Hospital', 5, 'Lanyard', false),
  ('referral-source', 'mental-health', 'Mental health service', 6, 'Lanyard', false),
  ('referral-source', 'school', 'School, nursery or college', 7, 'Lanyard', false),
  ('referral-source', 'housing', 'Housing', 8, 'Lanyard', false),
  ('referral-source', 'childrens-social-care', 'Children’s social care', 9, 'Lanyard', false),
  ('referral-source', 'adult-social-care', 'Adult social care', 10, 'Lanyard', false),
  ('referral-source', 'probation', 'Probation or prison', 11, 'Lanyard', false),
  ('referral-source', 'voluntary', 'Charity or community group', 12, 'Lanyard', false),
  ('referral-source', 'own-authority', 'Another team here', 13, 'Lanyard', false),
  ('referral-source', 'other', 'Somebody else', 14, 'Lanyard', false),
  ('decline-reason', 'not-eligible', 'Does not meet the service’s criteria', 1, 'Lanyard', false),
  ('decline-reason', 'not-wanted', 'The person does not want the service', 2, 'Lanyard', false),
  ('decline-reason', 'no-consent', 'No consent, and no reason to go without', 3, 'Lanyard', false),
  ('decline-reason', 'already-open', 'Already worked with here', 4, 'Lanyard', false),
  ('decline-reason', 'out-of-area', 'Lives outside the area', 5, 'Lanyard', false),
  ('decline-reason', 'too-little-known', 'Too little is known, and the referrer did not answer', 6, 'Lanyard', false),
  ('decline-reason', 'no-place', 'No place in the service', 7, 'Lanyard', false),
  ('closure-reason', 'work-done', 'The work is done', 1, 'Lanyard', false),
  ('closure-reason', 'person-ended', 'The person ended it', 2, 'Lanyard', false),
  ('closure-reason', 'lost-touch', 'No contact for some time', 3, 'Lanyard', false),
  ('closure-reason', 'moved-away', 'Moved away', 4, 'Lanyard', false),
  ('closure-reason', 'passed-on', 'Passed on to another service', 5, 'Lanyard', false),
  ('closure-reason', 'stepped-up', 'Stepped up to social care', 6, 'Lanyard', false),
  ('closure-reason', 'in-custody', 'In custody', 7, 'Lanyard', false),
  ('closure-reason', 'died', 'The person died', 8, 'Lanyard', false),
  ('closure-reason', 'opened-by-mistake', 'Opened by mistake', 9, 'Lanyard', false),
  ('closure-outcome', 'met', 'What was hoped for was reached', 1, 'Lanyard', false),
  ('closure-outcome', 'partly', 'Part of it was reached', 2, 'Lanyard', false),
  ('closure-outcome', 'not-met', 'It was not reached', 3, 'Lanyard', false),
  ('closure-outcome', 'not-known', 'Not known', 4, 'Lanyard', false),
  ('review-outcome', 'go-on', 'Go on with the plan', 1, 'Lanyard', false),
  ('review-outcome', 'change-plan', 'Change the plan', 2, 'Lanyard', false),
  ('review-outcome', 'reassess', 'Assess again', 3, 'Lanyard', false),
  ('review-outcome', 'step-up', 'Step up to another service', 4, 'Lanyard', false),
  ('review-outcome', 'ready-to-close', 'Ready to close', 5, 'Lanyard', false),
  ('flag-kind', 'safe-contact', 'Safe contact rules', 1, 'Lanyard', false),
  ('flag-kind', 'child-at-risk', 'Child at risk', 2, 'Lanyard', false),
  ('flag-kind', 'adult-at-risk', 'Adult at risk', 3, 'Lanyard', false),
  ('flag-kind', 'self-harm', 'Risk of self-harm or suicide', 4, 'Lanyard', false),
  ('flag-kind', 'overdose', 'Risk of overdose', 5, 'Lanyard', false),
  ('flag-kind', 'court-order', 'Court order in force', 6, 'Lanyard', false),
  ('flag-kind', 'homeless', 'Homeless or about to be', 7, 'Lanyard', false),
  ('flag-kind', 'pregnant', 'Pregnant', 8, 'Lanyard', false),
  ('flag-kind', 'missing', 'Missing', 9, 'Lanyard', false),
  ('flag-kind', 'other', 'Something else', 10, 'Lanyard', false),
  ('alert-kind', 'not-alone', 'Do not visit alone', 1, 'Lanyard', false),
  ('alert-kind', 'not-at-home', 'Do not visit at home', 2, 'Lanyard', false),
  ('alert-kind', 'violence', 'Violence to staff', 3, 'Lanyard', false),
  ('alert-kind', 'dog', 'Dangerous dog', 4, 'Lanyard', false),
  ('alert-kind', 'weapons', 'Weapons', 5, 'Lanyard', false),
  ('alert-kind', 'infection', 'Take care: infection', 6, 'Lanyard', false),
  ('alert-kind', 'not-to-be-told', 'Somebody must not be told where they are', 7, 'Lanyard', false),
  ('alert-kind', 'other', 'Something else', 8, 'Lanyard', false);

-- The treatment system's own words for how treatment ended, which its return asks for by these codes.
insert into list_options (list, service_area, code, label, position, source, verified) values
  ('closure-reason', 'drug-and-alcohol', '80', 'Treatment completed – drug-free', 1, 'NDTMS, discharge reason (DISRSN)', true),
  ('closure-reason', 'drug-and-alcohol', '81', 'Treatment completed – alcohol-free', 2, 'NDTMS, discharge reason (DISRSN)', true),
  ('closure-reason', 'drug-and-alcohol', '82', 'Treatment completed – occasional user (not heroin or crack)', 3, 'NDTMS, discharge reason (DISRSN)', true),
  ('closure-reason', 'drug-and-alcohol', '83', 'Transferred – not in custody', 4, 'NDTMS, discharge reason (DISRSN)', true),
  ('closure-reason', 'drug-and-alcohol', '84', 'Transferred – in custody', 5, 'NDTMS, discharge reason (DISRSN)', true),
  ('closure-reason', 'drug-and-alcohol', '85', 'Incomplete – dropped out', 6, 'NDTMS, discharge reason (DISRSN)', true),
  ('closure-reason', 'drug-and-alcohol', '86', 'Incomplete – treatment withdrawn by provider', 7, 'NDTMS, discharge reason (DISRSN)', true),
  ('closure-reason', 'drug-and-alcohol', '87', 'Incomplete – retained in custody', 8, 'NDTMS, discharge reason (DISRSN)', true),
  ('closure-reason', 'drug-and-alcohol', '88', 'Incomplete – treatment commencement declined by client', 9, 'NDTMS, discharge reason (DISRSN)', true),
  ('closure-reason', 'drug-and-alcohol', '89', 'Incomplete – client died', 10, 'NDTMS, discharge reason (DISRSN)', true);

insert into stage_targets (stage, days, source) values
  ('triage', 2, 'Lanyard''s suggestion'),
  ('allocation', 5, 'Lanyard''s suggestion'),
  ('start', 5, 'Lanyard''s suggestion'),
  ('assessment', 28, 'Lanyard''s suggestion'),
  ('plan', 14, 'Lanyard''s suggestion'),
  ('review', 42, 'Lanyard''s suggestion');
