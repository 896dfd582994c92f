-- Text messages out, what became of each, what people answered, and who wants none.

-- Wordings, an agency's own. A version is never changed: what was sent says which it was.
create table text_templates (
  id uuid primary key,
  agency int not null references agencies (principal) on delete restrict,
  name text not null,
  purpose text not null constraint text_templates_purpose_known check (purpose in ('any', 'appointment')),
  version int not null default 1,
  retired_at timestamptz,
  constraint text_templates_name_once_an_agency unique (agency, name)
);
create table text_template_versions (
  template_id uuid not null references text_templates (id) on delete restrict,
  version int not null,
  agency int not null references agencies (principal) on delete restrict,
  words text not null,
  at timestamptz not null,
  by uuid not null references users (id) on delete restrict,
  primary key (template_id, version)
);
create index on text_template_versions (agency);
create index on text_template_versions (by);
comment on column text_template_versions.agency is 'The template''s, for the policy.';

create table text_hours (
  agency int primary key references agencies (principal) on delete restrict,
  from_time text not null constraint text_hours_from_a_time check (from_time ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  to_time text not null constraint text_hours_to_a_time check (to_time ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  constraint text_hours_in_order check (from_time < to_time)
);
comment on table text_hours is 'When an agency texts people at all, in London. Outside it are its quiet hours.';

-- What somebody means to send, and has sent once it is confirmed. Nobody else reads it: whom it went to stands on their records.
create table text_batches (
  id uuid primary key,
  sender_id uuid not null references users (id) on delete restrict,
  agency int not null references agencies (principal) on delete restrict,
  made_at timestamptz not null,
  group_key text not null,
  group_option text not null default '',
  words text not null,
  template_id uuid,
  template_version int,
  confirmed_at timestamptz,
  stopped_at timestamptz,
  constraint text_batches_template foreign key (template_id, template_version) references text_template_versions (template_id, version) on delete restrict,
  constraint text_batches_template_whole check ((template_id is null) = (template_version is null))
);
create index on text_batches (sender_id, made_at desc);
create index on text_batches (agency);
create index on text_batches (template_id, template_version);
create index on text_batches (made_at) where confirmed_at is null;
comment on column text_batches.group_option is 'Which of that kind of group: a team and service, or a case.';
comment on column text_batches.stopped_at is 'When its sender thought better of it: what had not gone then does not go.';
comment on column text_batches.words is 'With its fields still open: ((first name)).';

create table text_messages (
  id uuid primary key,
  batch_id uuid not null references text_batches (id) on delete restrict,
  person_id uuid not null references people (id) on delete restrict,
  case_id uuid not null references cases (id) on delete restrict,
  sender_id uuid not null references users (id) on delete restrict,
  post int not null references principals (id) on delete restrict,
  number text not null constraint text_messages_number_shape check (number ~ '^\+[1-9][0-9]{6,14}$'),
  words text not null,
  fragments int not null,
  status text not null default 'created' constraint text_messages_status_known check (status in
    ('created', 'sending', 'sent', 'delivered', 'permanent-failure', 'temporary-failure', 'technical-failure', 'not-sent')),
  why text not null default '',
  created_at timestamptz not null,
  claimed_at timestamptz,
  try_after timestamptz,
  tries int not null default 0,
  accepted_at timestamptz,
  status_at timestamptz,
  carrier text constraint text_messages_carrier_known check (carrier in ('notify', 'outbox')),
  carrier_id text,
  readers int[] not null,
  editors int[] not null,
  withheld int[] not null default '{}',
  constraint text_messages_once_a_case unique (batch_id, case_id),
  constraint text_messages_once_a_number unique (batch_id, number),
  constraint text_messages_accepted_by_somebody check ((accepted_at is null) = (carrier is null))
);
create index on text_messages (person_id);
create index on text_messages (case_id);
create index on text_messages (sender_id);
create index on text_messages (post);
create index text_messages_to_number on text_messages (number, created_at desc);
create index text_messages_waiting on text_messages (batch_id) where status = 'created';
create index text_messages_under_way on text_messages (accepted_at) where status = 'sending';
comment on column text_messages.post is
  'The team that the case was with: an answer goes to its inbox when it cannot be told whose it is, while it still works the case.';
comment on column text_messages.claimed_at is 'Set before it is handed over: one whose hand-over was cut short is asked after, not sent again.';
comment on column text_messages.why is 'Why it was not sent or not delivered, in words.';

-- An answer, on the record of whoever gave it.
create table text_replies (
  id uuid primary key,
  person_id uuid not null references people (id) on delete restrict,
  case_id uuid not null references cases (id) on delete restrict,
  message_id uuid references text_messages (id) on delete restrict,
  number text not null,
  words text not null,
  received_at timestamptz not null,
  placed_by uuid references users (id) on delete restrict,
  readers int[] not null,
  editors int[] not null,
  withheld int[] not null default '{}'
);
create index on text_replies (person_id);
create index on text_replies (case_id);
create index on text_replies (message_id);
create index on text_replies (placed_by);
comment on column text_replies.id is 'The carrier''s id of it, so that one told twice is recorded once.';
comment on column text_replies.message_id is 'The text that it answers, where there is one.';
comment on column text_replies.placed_by is 'Null where it could be told whose it was; else who placed it by hand.';

-- Every answer as it came in, until it stands on a record.
create table text_inbox (
  id uuid primary key,
  number text not null,
  words text not null,
  received_at timestamptz not null,
  recorded_at timestamptz not null,
  inbox int references principals (id) on delete restrict,
  why text constraint text_inbox_why_known check (why in ('several-people', 'unknown-number', 'sender-gone', 'handed-on')),
  not_for int[] not null default '{}',
  handed_to int references principals (id) on delete restrict,
  settled_at timestamptz,
  settled_by uuid references users (id) on delete restrict,
  outcome text constraint text_inbox_outcome_known check (outcome in ('placed', 'set-aside')),
  reason text not null default '',
  constraint text_inbox_settled_somehow check ((settled_at is null) = (outcome is null)),
  constraint text_inbox_for_a_reason check ((inbox is null) = (why is null))
);
create index on text_inbox (inbox);
create index on text_inbox (settled_by);
create index on text_inbox (handed_to);
create index text_inbox_waiting on text_inbox (inbox) where settled_at is null and handed_to is null;
comment on column text_inbox.handed_to is 'Another post, until a job has moved it there: nobody may put into an inbox that they do not hold.';
comment on column text_inbox.inbox is
  'Whose people place it by hand: a post''s, the commissioners, or one user alone. Null while it is being placed by itself.';
comment on column text_inbox.not_for is 'Agencies and users from whom a case is withheld whose texts it may answer.';
comment on column text_inbox.words is 'Emptied once it stands on a record.';

create table text_stops (
  number text primary key,
  stopped_at timestamptz not null,
  started_at timestamptz
);
comment on table text_stops is 'Numbers that answered STOP. They hold no name: whoever sees a contact is told.';

create index on person_contacts (value) where ended_at is null;
