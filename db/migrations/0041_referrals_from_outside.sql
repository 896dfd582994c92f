-- Referrals by people who have no account: the pages on which they are made, what is written on them, its files, and what was tried.
--
-- None of it is part of a case. What somebody wrote is read by whoever may triage for the team that it is for, and becomes a referral of a
-- person on record when one of them takes it up; nothing of it is then left here but that it came and what became of it.

create table outside_pages (
  code text primary key constraint outside_pages_code_says_nothing check (code ~ '^[a-z0-9]{8}$'),
  service_area text not null references service_areas (code) on delete restrict,
  audience text not null constraint outside_pages_audience_known check (audience in ('public', 'professional')),
  team_id uuid not null,
  inbox int not null references principals (id) on delete restrict,
  commissioners int not null references principals (id) on delete restrict,
  form_code text not null,
  name text not null,
  opening text not null,
  privacy text not null,
  what_next text not null,
  closed_words text not null,
  state text not null default 'off' constraint outside_pages_state_known check (state in ('off', 'open', 'closed')),
  whole boolean not null default false,
  answer_within int not null constraint outside_pages_answer_within check (answer_within between 1 and 60),
  keep_draft_days int not null constraint outside_pages_keep_draft check (keep_draft_days between 1 and 90),
  keep_decided_days int not null constraint outside_pages_keep_decided check (keep_decided_days between 1 and 1100),
  most_an_hour int not null constraint outside_pages_most_an_hour check (most_an_hour between 1 and 1000),
  version int not null default 1,
  changed_at timestamptz not null,
  changed_by uuid not null references users (id) on delete restrict,
  constraint outside_pages_one_of_a_kind unique (service_area, audience),
  constraint outside_pages_team foreign key (team_id, service_area) references team_services (team_id, service_area) on delete restrict,
  constraint outside_pages_closed_says_whom_to_ring check (state <> 'closed' or closed_words <> '')
);
create index on outside_pages (team_id, service_area);
create index on outside_pages (inbox);
create index on outside_pages (commissioners);
create index on outside_pages (changed_by);
comment on table outside_pages is 'A page on which anybody can refer to a service without an account, as an administrator has written it.';
comment on column outside_pages.code is 'In its address, which stays in a browser''s history: made at random, so that it says nothing of the service.';
comment on column outside_pages.inbox is 'The post of the receiving team in the service: who reads what is sent on it.';
comment on column outside_pages.whole is 'The whole form on one page in place of one page after the other.';
comment on column outside_pages.answer_within is 'Working days within which somebody decides.';

create table outside_referrals (
  id uuid primary key,
  page text not null references outside_pages (code) on delete restrict,
  number text unique,
  state text not null constraint outside_referrals_state_known check (state in ('draft', 'sent', 'taken-up', 'declined', 'spam')),
  inbox int not null references principals (id) on delete restrict,
  commissioners int not null references principals (id) on delete restrict,
  service_area text not null references service_areas (code) on delete restrict,
  form_code text not null,
  form_version int not null,
  answers jsonb not null default '{}',
  typed jsonb not null default '{}',
  suspected boolean not null default false,
  started_at timestamptz not null,
  saved_at timestamptz not null,
  expires_at timestamptz not null,
  sent_at timestamptz,
  holder text not null,
  draft_key text not null,
  mail_key text,
  code_key text,
  code_expires_at timestamptz,
  passed_at timestamptz,
  passed_by uuid references users (id) on delete restrict,
  passed_from text not null default '',
  passed_note text not null default '',
  decided_at timestamptz,
  decided_by uuid references users (id) on delete restrict,
  decided_reason text not null default '',
  decided_note text not null default '',
  case_id uuid references cases (id) on delete restrict,
  constraint outside_referrals_form foreign key (form_code, form_version) references form_definitions (code, version) on delete restrict,
  constraint outside_referrals_sent_have_a_number check ((state = 'draft') = (number is null) and (state = 'draft') = (sent_at is null)),
  constraint outside_referrals_decided_when check ((state in ('taken-up', 'declined', 'spam')) = (decided_at is not null)),
  constraint outside_referrals_of_a_case check ((state = 'taken-up') = (case_id is not null)),
  constraint outside_referrals_taken_up_are_empty check (state <> 'taken-up' or (answers = '{}' and typed = '{}'))
);
create index on outside_referrals (page, sent_at);
create index on outside_referrals (inbox, state);
create index on outside_referrals (commissioners);
create index on outside_referrals (service_area);
create index on outside_referrals (form_code, form_version);
create index on outside_referrals (holder);
create index on outside_referrals (mail_key);
create index on outside_referrals (code_key);
create index on outside_referrals (passed_by);
create index on outside_referrals (decided_by);
create index on outside_referrals (case_id);
create index on outside_referrals (expires_at) where state = 'draft';
comment on table outside_referrals is 'What somebody without an account writes on a referral page; sent, it waits for the team that it is for.';
comment on column outside_referrals.number is 'What its sender is told, by which they can speak of it. Null while it has not been sent.';
comment on column outside_referrals.suspected is 'A box was filled in that nobody sees. It is shown as likely spam, and read all the same.';
comment on column outside_referrals.holder is 'The browser in which it is written, as a keyed hash of its cookie; empty while it is put by, and once it has been sent.';
comment on column outside_referrals.draft_key is 'Made at random: opens its files to whoever holds the draft.';
comment on column outside_referrals.mail_key is 'The e-mail address to which codes go, as a keyed hash. Null unless somebody saved it to come back. The address itself is kept nowhere.';
comment on column outside_referrals.code_key is 'The address and the code together, as a keyed hash. Null when there is none to enter.';
comment on column outside_referrals.code_expires_at is 'Null when there is none.';
comment on column outside_referrals.sent_at is 'Null while it has not been sent.';
comment on column outside_referrals.passed_at is 'When another service passed it on to this one. Null: none did.';
comment on column outside_referrals.decided_at is 'Null while it waits.';
comment on column outside_referrals.case_id is 'The case that began with it. Null unless it was taken up.';

create table outside_files (
  id uuid primary key,
  referral_id uuid not null references outside_referrals (id) on delete cascade,
  draft_key text not null,
  inbox int not null references principals (id) on delete restrict,
  commissioners int not null references principals (id) on delete restrict,
  question text not null,
  name text not null,
  content_type text not null,
  bytes int not null,
  storage_key text not null,
  added_at timestamptz not null,
  scan text not null constraint outside_files_scan_known check (scan in ('not-scanned', 'awaiting-scan', 'clean', 'infected')),
  scan_started_at timestamptz,
  scanned_at timestamptz,
  scan_words text not null default ''
);
create index on outside_files (referral_id);
create index on outside_files (inbox);
create index on outside_files (commissioners);
create index on outside_files (storage_key);
create index on outside_files (added_at) where scan = 'awaiting-scan';
comment on column outside_files.storage_key is 'In a store of its own beside that of documents.';
comment on column outside_files.scan_started_at is 'Null while no scanner has taken it up.';
comment on column outside_files.scanned_at is 'Null while none has answered.';

create table outside_tries (
  id uuid primary key,
  kind text not null constraint outside_tries_kind_known check (kind in ('begin', 'file', 'send', 'ask', 'code')),
  key text not null,
  at timestamptz not null
);
create index on outside_tries (key, kind, at);
create index on outside_tries (at);
comment on table outside_tries is 'What was tried from outside, so that limits hold over every web process: by address of the internet, by e-mail address, by page, and in all.';
comment on column outside_tries.key is 'A keyed hash: says nothing of whose it is.';
