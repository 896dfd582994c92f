-- Work as people hold it: what is offered and to whom, who works beside whom, who covers for whom, supervision, how heavy a caseload is,
-- the views of it that somebody keeps, and the handing on of many cases at once.

alter table access_grants drop constraint access_grants_kind_known;
alter table access_grants add constraint access_grants_kind_known
  check (kind in ('named', 'share', 'allocation', 'co-worker', 'cover', 'co-ordinator', 'meeting', 'break-glass'));

-- ── Indexes of where a case stands, for lists of work ──────────────────────────────────────────────────────────────────────

alter table caseload_entries
  add column open_since date not null default current_date,
  add column allocated_at timestamptz,
  add column offered_to uuid references users (id) on delete restrict,
  add column supervised_on date,
  add column supervision_due_on date;
create index on caseload_entries (offered_to);
comment on column caseload_entries.open_since is 'The day on which the referral was accepted; before that, the day of the referral.';
comment on column caseload_entries.allocated_at is 'When it was recorded that its worker has it: what is new since somebody last looked. Null while it waits.';
comment on column caseload_entries.offered_to is 'The worker who has not yet answered whether they take it.';

-- Under forced row-level security not even the owner sees a row of these.
alter table caseload_entries no force row level security;
alter table cases no force row level security;
alter table allocations no force row level security;
do $$
declare
  entries int;
  written int;
begin
  select count(*) into entries from caseload_entries;
  update caseload_entries w
  set open_since = coalesce(c.opened_on, c.referred_on),
    allocated_at = (select a.recorded_at from allocations a where a.case_id = c.id and a.ended_at is null and a.worker_id is not null)
  from cases c where c.id = w.case_id;
  get diagnostics written = row_count;
  if written <> entries then
    raise exception 'Only % of % lines of caseloads were written', written, entries;
  end if;
end $$;
alter table caseload_entries force row level security;
alter table cases force row level security;
alter table allocations force row level security;

-- ── Who works with a case ──────────────────────────────────────────────────────────────────────────────────────────────────

create table case_offers (
  id uuid primary key,
  case_id uuid not null references cases (id) on delete restrict,
  team_id uuid not null references teams (id) on delete restrict,
  worker_id uuid not null references users (id) on delete restrict,
  offered_on date not null,
  reason text not null default '',
  hand_over text not null default '',
  answer text constraint case_offers_answer_known check (answer in ('accepted', 'declined', 'withdrawn')),
  answered_at timestamptz,
  declined_because text not null default '',
  user_id uuid references users (id) on delete restrict,
  author text not null,
  recorded_at timestamptz not null,
  readers int[] not null,
  editors int[] not null,
  withheld int[] not null default '{}',
  constraint case_offers_answered_at_a_moment check ((answer is null) = (answered_at is null)),
  constraint case_offers_declined_for_a_reason check (answer is distinct from 'declined' or declined_because <> '')
);
create unique index case_offers_one_at_a_time on case_offers (case_id) where answer is null;
create index on case_offers (case_id);
create index on case_offers (team_id);
create index on case_offers (worker_id);
create index on case_offers (user_id);
comment on column case_offers.answer is 'Null until the worker has answered, or somebody has withdrawn it.';

create table co_workers (
  id uuid primary key,
  case_id uuid not null references cases (id) on delete restrict,
  worker_id uuid not null references users (id) on delete restrict,
  from_on date not null,
  to_on date,
  reason text not null constraint co_workers_say_why check (reason <> ''),
  ended_at timestamptz,
  ended_by text,
  ended_because text not null default '',
  user_id uuid references users (id) on delete restrict,
  author text not null,
  recorded_at timestamptz not null,
  readers int[] not null,
  editors int[] not null,
  withheld int[] not null default '{}',
  constraint co_workers_in_order check (to_on is null or to_on >= from_on),
  constraint co_workers_ended_on_a_day check ((ended_at is null) = (to_on is null))
);
create unique index co_workers_once on co_workers (case_id, worker_id) where ended_at is null;
create index on co_workers (case_id);
create index on co_workers (worker_id);
create index on co_workers (user_id);
comment on table co_workers is 'Who works with a case beside its worker: they read and change it for as long as they do.';

create table covers (
  id uuid primary key,
  team_id uuid not null references teams (id) on delete restrict,
  team int not null references principals (id) on delete restrict,
  worker_id uuid not null references users (id) on delete restrict,
  covered_by uuid not null references users (id) on delete restrict,
  from_on date not null,
  to_on date not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  reason text not null default '',
  ended_at timestamptz,
  ended_by text,
  user_id uuid not null references users (id) on delete restrict,
  author text not null,
  recorded_at timestamptz not null,
  constraint covers_in_order check (to_on >= from_on and ends_at > starts_at),
  constraint covers_by_somebody_else check (covered_by <> worker_id)
);
create index on covers (team_id);
create index on covers (team);
create index on covers (worker_id);
create index on covers (covered_by);
create index on covers (user_id);
comment on table covers is 'Who does whose work during an absence. What it opens ends by itself: a window on each case.';
comment on column covers.team is 'The team''s principal: its members read and keep this.';
comment on column covers.starts_at is 'Midnight in London at the beginning of from_on; ends_at at the end of to_on.';

-- ── Supervision ────────────────────────────────────────────────────────────────────────────────────────────────────────────

create table supervisions (
  id uuid primary key,
  case_id uuid not null references cases (id) on delete restrict,
  kind text not null constraint supervisions_kind_known check (kind in ('supervision', 'comment')),
  worker_id uuid references users (id) on delete restrict,
  held_on date not null,
  discussed text not null constraint supervisions_say_what check (discussed <> ''),
  agreed text not null default '',
  next_due_on date,
  user_id uuid references users (id) on delete restrict,
  author text not null,
  recorded_at timestamptz not null,
  readers int[] not null,
  editors int[] not null,
  withheld int[] not null default '{}',
  constraint supervisions_next_is_later check (next_due_on is null or next_due_on > held_on)
);
create index on supervisions (case_id);
create index on supervisions (worker_id);
create index on supervisions (user_id);
comment on table supervisions is 'What was talked about and agreed on a case in supervision, and what a leader remarked. Added to, never changed.';
comment on column supervisions.worker_id is 'Whose work was talked about; null while the case has no worker.';
comment on column supervisions.next_due_on is 'Null for a comment, and where no next one was agreed.';

-- How much a case of a level weighs in a caseload. An authority's own.
create table risk_weights (
  level text primary key constraint risk_weights_level_known check (level in ('high', 'medium', 'low', 'not-rated')),
  weight int not null constraint risk_weights_in_range check (weight between 0 and 100),
  source text not null default '',
  verified boolean not null default false
);
insert into risk_weights (level, weight, source) values
  ('high', 3, 'Lanyard''s suggestion'),
  ('medium', 2, 'Lanyard''s suggestion'),
  ('low', 1, 'Lanyard''s suggestion'),
  ('not-rated', 2, 'Lanyard''s suggestion');

-- ── What somebody keeps for themself ───────────────────────────────────────────────────────────────────────────────────────

create table saved_views (
  id uuid primary key,
  user_id uuid not null references users (id) on delete cascade,
  list text not null,
  name text not null constraint saved_views_named check (char_length(name) between 1 and 60),
  query text not null constraint saved_views_query_short check (char_length(query) <= 2000),
  team int references principals (id) on delete cascade,
  created_at timestamptz not null
);
create index on saved_views (user_id);
create index on saved_views (team);
comment on column saved_views.list is 'Which list it is a view of: my-work, team, agency, or another module''s own.';
comment on column saved_views.query is 'What follows the question mark. Holds nothing of a record: whoever opens it sees what they may see.';
comment on column saved_views.team is 'The principal of the team that it is shared with; null for its owner alone.';

create table work_visits (
  user_id uuid primary key references users (id) on delete cascade,
  day date not null,
  last_at timestamptz not null,
  before_at timestamptz
);
comment on table work_visits is 'When somebody last looked at their work, so that what is new since then can be said. A record of nothing else.';
comment on column work_visits.before_at is 'The last look on a day before `day`. Null when there was none.';

-- ── Handing on many cases at once ──────────────────────────────────────────────────────────────────────────────────────────

create table reassignments (
  id uuid primary key,
  worker_id uuid not null references users (id) on delete restrict,
  from_on date not null,
  reason text not null constraint reassignments_say_why check (reason <> ''),
  hand_over text not null default '',
  user_id uuid not null references users (id) on delete restrict,
  begun_at timestamptz not null,
  finished_at timestamptz
);
create index on reassignments (worker_id);
create index on reassignments (user_id);

create table reassignment_items (
  reassignment_id uuid not null references reassignments (id) on delete cascade,
  case_id uuid not null references cases (id) on delete restrict,
  user_id uuid not null references users (id) on delete restrict,
  to_worker uuid not null references users (id) on delete restrict,
  outcome text constraint reassignment_items_outcome_known check (outcome in ('done', 'refused')),
  refusal text not null default '',
  primary key (reassignment_id, case_id)
);
create index on reassignment_items (case_id);
create index on reassignment_items (user_id);
create index on reassignment_items (to_worker);
comment on column reassignment_items.outcome is 'Null until its turn has come: each case is handed on in a transaction of its own.';
comment on column reassignment_items.user_id is 'Whoever began it: nobody else reads how far it has come.';

-- Recording supervision is a right of its own. Roles that allocate have it from the beginning.
update roles set capabilities = array_append(capabilities, 'supervise')
where 'manage-allocation' = any (capabilities) and 'supervise' <> all (capabilities);
