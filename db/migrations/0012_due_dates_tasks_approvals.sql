-- When things are due, as rules that an authority changes; tasks that come again, wait for one another and are chased; sign-off by rounds.

-- Days on which nobody works though they are no weekend. Kept by the authority: a day is withdrawn, never deleted.
create table bank_holidays (
  on_date date primary key,
  name text not null constraint bank_holidays_named check (name <> ''),
  source text not null default '',
  verified boolean not null default false,
  withdrawn_at timestamptz,
  changed_by uuid references users (id) on delete restrict,
  changed_at timestamptz
);
create index on bank_holidays (changed_by);
comment on table bank_holidays is 'Of England and Wales. A working day is Monday to Friday and none of these.';
comment on column bank_holidays.verified is 'Announced and compared with its source. False for what was worked out ahead of the announcement.';
comment on column bank_holidays.changed_by is 'Null for the days that come with Lanyard.';

insert into bank_holidays (on_date, name, source, verified)
select day::date, name, 'https://www.gov.uk/bank-holidays', extract(year from day::date) <= 2026 from (values
  ('2024-01-01', 'New Year’s Day'), ('2024-03-29', 'Good Friday'), ('2024-04-01', 'Easter Monday'), ('2024-05-06', 'Early May bank holiday'),
  ('2024-05-27', 'Spring bank holiday'), ('2024-08-26', 'Summer bank holiday'), ('2024-12-25', 'Christmas Day'), ('2024-12-26', 'Boxing Day'),
  ('2025-01-01', 'New Year’s Day'), ('2025-04-18', 'Good Friday'), ('2025-04-21', 'Easter Monday'), ('2025-05-05', 'Early May bank holiday'),
  ('2025-05-26', 'Spring bank holiday'), ('2025-08-25', 'Summer bank holiday'), ('2025-12-25', 'Christmas Day'), ('2025-12-26', 'Boxing Day'),
  ('2026-01-01', 'New Year’s Day'), ('2026-04-03', 'Good Friday'), ('2026-04-06', 'Easter Monday'), ('2026-05-04', 'Early May bank holiday'),
  ('2026-05-25', 'Spring bank holiday'), ('2026-08-31', 'Summer bank holiday'), ('2026-12-25', 'Christmas Day'),
  ('2026-12-28', 'Boxing Day (substitute day)'),
  ('2027-01-01', 'New Year’s Day'), ('2027-03-26', 'Good Friday'), ('2027-03-29', 'Easter Monday'), ('2027-05-03', 'Early May bank holiday'),
  ('2027-05-31', 'Spring bank holiday'), ('2027-08-30', 'Summer bank holiday'), ('2027-12-27', 'Christmas Day (substitute day)'),
  ('2027-12-28', 'Boxing Day (substitute day)'),
  ('2028-01-03', 'New Year’s Day (substitute day)'), ('2028-04-14', 'Good Friday'), ('2028-04-17', 'Easter Monday'),
  ('2028-05-01', 'Early May bank holiday'), ('2028-05-29', 'Spring bank holiday'), ('2028-08-28', 'Summer bank holiday'),
  ('2028-12-25', 'Christmas Day'), ('2028-12-26', 'Boxing Day')) as days (day, name);

-- A rule by which something on a case is due. A version is never changed: another is proposed, what it would move is counted, and
-- somebody puts it in force.
create table due_rules (
  id uuid primary key,
  code text not null constraint due_rules_code_shape check (code ~ '^[a-z][a-z0-9-]{1,60}$'),
  service_area text not null default '',
  version int not null constraint due_rules_version_counts check (version > 0),
  status text not null constraint due_rules_status_known check (status in ('proposed', 'in-force', 'replaced', 'discarded')),
  in_use boolean not null default true,
  words text not null constraint due_rules_say_what check (words <> ''),
  anchor text not null,
  settled_by text not null default '',
  repeats boolean not null default false,
  number int not null constraint due_rules_number_bounded check (number between 0 and 3650),
  unit text not null constraint due_rules_unit_known check (unit in ('days', 'working-days', 'weeks', 'months')),
  month_end text not null default 'last-day' constraint due_rules_month_end_known check (month_end in ('last-day', 'next-month')),
  closed_day text not null default 'stays' constraint due_rules_closed_day_known check (closed_day in ('stays', 'next-working-day', 'previous-working-day')),
  days_before int constraint due_rules_before_bounded check (days_before between 0 and 3650),
  days_after int constraint due_rules_after_bounded check (days_after between 0 and 3650),
  flag_kind text not null default '',
  source text not null default '',
  verified boolean not null default false,
  effect jsonb,
  proposed_by uuid references users (id) on delete restrict,
  proposed_at timestamptz not null,
  in_force_at timestamptz,
  ended_at timestamptz,
  constraint due_rules_versions unique (code, service_area, version)
);
create unique index due_rules_one_in_force on due_rules (code, service_area) where status = 'in-force';
create index on due_rules (proposed_by);
comment on column due_rules.service_area is 'Empty: for every service that has no rule of this code of its own.';
comment on column due_rules.in_use is 'False: this service has no such date, whatever the rule for every service says.';
comment on column due_rules.anchor is 'The moment that it counts from: stage/assessment, accepted, answer/form/question. See src/dues/moments.ts.';
comment on column due_rules.settled_by is 'The moment that settles it. Empty: for a stage its end, for others somebody who says that it is done.';
comment on column due_rules.repeats is 'Once settled it is due again, counted from the day on which it was.';
comment on column due_rules.month_end is 'Where the month has no such day: its last day, or the first of the month after.';
comment on column due_rules.closed_day is 'Where the day is no working day.';
comment on column due_rules.days_before is 'How many days before the due date it may be done at the earliest. Null: at any time.';
comment on column due_rules.days_after is 'How many days after the due date it still counts. Null: it is only late.';
comment on column due_rules.flag_kind is 'A code of the list flag-kind: raised on the case when it is overdue. Empty: none.';
comment on column due_rules.effect is 'How many open cases'' dates a proposed version would move, once it has been counted: numbers alone.';
comment on column due_rules.proposed_by is 'Null for the rules that come with Lanyard.';

insert into due_rules (id, code, service_area, version, status, words, anchor, number, unit, source, verified, proposed_at, in_force_at)
select gen_random_uuid(), t.stage, t.service_area, 1, 'in-force', w.words, 'stage/' || t.stage, t.days, 'days', t.source, t.verified, now(), now()
from stage_targets t join (values ('triage', 'Decide on the referral'), ('allocation', 'Choose a worker'), ('start', 'Start work'),
  ('assessment', 'Finish the assessment'), ('plan', 'Make the plan'), ('review', 'Hold the review')) as w (stage, words) on w.stage = t.stage;
drop table stage_targets;

-- Days that dates count from and that no event of the case holds: answered in a form, a form completed, something said to be done.
create table case_moments (
  id uuid primary key,
  case_id uuid not null references cases (id) on delete restrict,
  moment text not null,
  on_date date not null,
  note text not null default '',
  answer_set_id uuid references answer_sets (id) on delete restrict,
  section text,
  user_id uuid references users (id) on delete restrict,
  author text not null,
  recorded_at timestamptz not null,
  readers int[] not null,
  editors int[] not null,
  withheld int[] not null default '{}',
  constraint case_moments_section_of_form check (section is null or answer_set_id is not null)
);
create index on case_moments (case_id, moment);
create index on case_moments (answer_set_id);
create index on case_moments (user_id);
comment on table case_moments is 'Added to, never changed: the latest recorded of each moment counts.';
comment on column case_moments.section is 'Where the day was answered in a form: it is withheld with that section.';

alter table case_dues
  add column rule_id uuid references due_rules (id) on delete restrict,
  add column begun_on date,
  add column opens_on date,
  add column closes_on date,
  add column answer_set_id uuid references answer_sets (id) on delete restrict,
  add column section text,
  add column is_followed boolean not null default false,
  add column flagged_at timestamptz,
  add constraint case_dues_section_of_form check (section is null or answer_set_id is not null);
create index on case_dues (rule_id);
create index on case_dues (answer_set_id);
comment on column case_dues.rule_id is 'The version of the rule that it was worked out by. Null where somebody set the day.';
comment on column case_dues.begun_on is 'The day that it counts from.';
comment on column case_dues.opens_on is 'It may be done from this day on. Null: at any time.';
comment on column case_dues.closes_on is 'The last day on which it still counts. Null: it is only late.';
comment on column case_dues.section is 'Counted from an answer of this section of a form: withheld with it, and left out of the line of the caseload.';
comment on column case_dues.is_followed is 'A task moves with it.';
comment on column case_dues.flagged_at is 'When the flag of its rule was raised for this day.';

-- ── Tasks ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────

alter table tasks
  add column series uuid,
  add column repeat_every int constraint tasks_repeat_bounded check (repeat_every between 1 and 400),
  add column repeat_unit text constraint tasks_repeat_unit_known check (repeat_unit in ('days', 'weeks', 'months')),
  add column repeat_day int constraint tasks_repeat_day_bounded check (repeat_day between 1 and 31),
  add column repeat_until date,
  add column waits_for uuid references tasks (id) on delete restrict,
  add column follows text not null default '',
  add column follow_days int constraint tasks_follow_bounded check (follow_days between -400 and 400),
  add column remind_days int constraint tasks_remind_bounded check (remind_days between 0 and 60),
  add column taken_from int references principals (id) on delete restrict,
  add constraint tasks_repeat_wholly check ((repeat_every is null) = (repeat_unit is null) and (repeat_every is null) = (series is null)),
  add constraint tasks_wait_for_one_thing check (waits_for is null or follows = ''),
  add constraint tasks_wait_so_long check ((waits_for is not null or follows <> '') = (follow_days is not null));
create index on tasks (waits_for);
create index on tasks (taken_from);
create index on tasks (series) where series is not null;
comment on column tasks.series is 'The tasks that came of one that is repeated. At most one of them is open.';
comment on column tasks.repeat_day is 'The day of the month that a monthly task began on, so that 31 January goes on to 28 February and 31 March.';
comment on column tasks.waits_for is 'Due follow_days after this one is done; until then it has no day.';
comment on column tasks.follows is 'The source of a due date of its case (case_dues): due follow_days after it, or before it when negative.';
comment on column tasks.remind_days is 'Whose it is hears of it so many days before.';
comment on column tasks.taken_from is 'The team that it was given to before somebody of the team took it.';

-- When whose task it is, and who leads their team, hear of it. Days before the due date are negative.
create table chasing_steps (
  service_area text not null default '',
  days int not null constraint chasing_steps_days_bounded check (days between -60 and 365),
  tell text not null constraint chasing_steps_tell_known check (tell in ('assignee', 'leaders')),
  in_use boolean not null default true,
  primary key (service_area, days, tell)
);
comment on table chasing_steps is 'A service with steps of its own has those alone; empty: every other service, and tasks of no case.';
insert into chasing_steps (days, tell) values (-1, 'assignee'), (1, 'assignee'), (5, 'leaders'), (15, 'leaders');

-- Whom a job has told of what, so that everybody hears of each step once.
create table chasings (
  told int not null references principals (id) on delete cascade,
  subject text not null,
  step text not null,
  at timestamptz not null,
  primary key (told, subject, step)
);
comment on column chasings.step is 'Which step, and for which day: what is given another day is chased anew.';

-- ── Sign-off ───────────────────────────────────────────────────────────────────────────────────────────────────────────────

-- What a service has signed off before it counts.
create table approval_needs (
  service_area text not null,
  what text not null constraint approval_needs_what_known check (what in ('form', 'plan', 'closure')),
  is_needed boolean not null,
  primary key (service_area, what)
);

-- One round: sent, by whom to whom, and what came of it. Sent again it is another row.
create table approvals (
  id uuid primary key,
  case_id uuid not null references cases (id) on delete restrict,
  part text not null,
  what text not null constraint approvals_what_known check (what in ('form', 'plan', 'closure')),
  subject_id uuid not null,
  subject_version int,
  round int not null default 1,
  title text not null,
  content jsonb,
  message text not null default '',
  sent_by uuid not null references users (id) on delete restrict,
  sent_at timestamptz not null,
  sent_to int not null references principals (id) on delete restrict,
  decision text constraint approvals_decision_known check (decision in ('approved', 'returned', 'withdrawn')),
  comment text not null default '',
  decided_by uuid references users (id) on delete restrict,
  decided_at timestamptz,
  readers int[] not null,
  editors int[] not null,
  withheld int[] not null default '{}',
  constraint approvals_decided_at_a_time check ((decision is null) = (decided_at is null)),
  constraint approvals_returned_says_why check (decision <> 'returned' or comment <> '')
);
create unique index approvals_one_waiting on approvals (subject_id) where decision is null;
create index on approvals (subject_id);
create index on approvals (case_id);
create index on approvals (sent_by, sent_at);
create index on approvals (sent_to) where decision is null;
create index approvals_sent_to_all on approvals (sent_to);
create index on approvals (decided_by);
comment on column approvals.subject_id is 'The answers, the plan; for a closure the case.';
comment on column approvals.subject_version is 'The version of the plan that was sent.';
comment on column approvals.content is 'A closure as it was written: the case closes so when it is approved.';
comment on column approvals.sent_to is 'A user; or a team, whose leaders decide.';
