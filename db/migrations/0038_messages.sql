-- Conversations between users of any service and agency: between two, in a group, or about something: a case, an action of a case, a meeting.
--
-- A row is read by whoever is a member (named_readers) and may read what the conversation is about (readers, withheld): by both, at the
-- moment of reading. Of a conversation about nothing on record the members are the readers.

create table conversations (
  id uuid primary key,
  is_direct boolean not null default false,
  subject_type text,
  subject_id uuid,
  case_id uuid references cases (id) on delete restrict,
  part text not null default 'messages',
  title text not null default '',
  started_at timestamptz not null,
  started_by uuid not null references users (id) on delete restrict,
  changes int not null default 0,
  last_at timestamptz not null,
  named_readers int[] not null,
  readers int[] not null,
  editors int[] not null,
  withheld int[] not null default '{}',
  constraint conversations_about_one_thing check ((subject_type is null) = (subject_id is null)),
  constraint conversations_direct_about_nothing check (not is_direct or subject_type is null)
);
create index on conversations (case_id, last_at desc);
create index on conversations (started_by);
create index on conversations (subject_id);
create index on conversations (last_at);
comment on column conversations.subject_type is 'What it is about: case, action, or what another module brings. Null for one between two people or in a group.';
comment on column conversations.subject_id is 'Of the case, the task, the meeting: resolved with the eyes of the reader, each time.';
comment on column conversations.case_id is 'The case whose lists its rows carry. Null where it is about no case.';
comment on column conversations.part is 'The part of the case that it belongs to, as a share can name it.';
comment on column conversations.changes is 'Goes up with every message, edit and withdrawal: whoever adds one holds this row until it is committed, so an open page can ask for what came after a number and misses nothing.';
comment on column conversations.named_readers is 'The members'' own principals.';

create table conversation_members (
  conversation_id uuid not null references conversations (id) on delete cascade,
  user_id uuid not null references users (id) on delete restrict,
  case_id uuid references cases (id) on delete restrict,
  part text not null,
  joined_at timestamptz not null,
  added_by uuid not null references users (id) on delete restrict,
  left_at timestamptz,
  unread_since timestamptz,
  named_readers int[] not null,
  readers int[] not null,
  editors int[] not null,
  withheld int[] not null default '{}',
  primary key (conversation_id, user_id)
);
create index on conversation_members (user_id, conversation_id);
create index conversation_members_unread on conversation_members (user_id) where unread_since is not null;
create index on conversation_members (case_id);
create index on conversation_members (added_by);
comment on column conversation_members.unread_since is 'When the first message came that this member has not read. Null: nothing is unread.';

create table messages (
  id uuid primary key,
  conversation_id uuid not null references conversations (id) on delete cascade,
  case_id uuid references cases (id) on delete restrict,
  part text not null,
  number int not null,
  change int not null,
  author_id uuid not null references users (id) on delete restrict,
  sent_at timestamptz not null,
  words text not null,
  mentioned int[] not null default '{}',
  edited_at timestamptz,
  withdrawn_at timestamptz,
  named_readers int[] not null,
  readers int[] not null,
  editors int[] not null,
  withheld int[] not null default '{}',
  constraint messages_in_order unique (conversation_id, number),
  constraint messages_of_a_length check (length(words) <= 8000),
  constraint messages_withdrawn_are_empty check ((withdrawn_at is null) = (words <> ''))
);
create index on messages (conversation_id, change);
create index on messages (case_id);
create index on messages (author_id);
comment on column messages.words is 'As it now stands; empty when it was withdrawn. A person, case, task or document is linked by its address of ours; who it is stands nowhere and is asked for each reader.';
comment on column messages.number is 'The conversation''s count of changes when it was sent; change: when it was last edited or withdrawn.';
comment on column messages.mentioned is 'Principals of the members whom it calls by name.';

create table message_versions (
  id uuid primary key,
  message_id uuid not null references messages (id) on delete cascade,
  conversation_id uuid not null references conversations (id) on delete cascade,
  case_id uuid references cases (id) on delete restrict,
  part text not null,
  words text not null,
  replaced_at timestamptz not null,
  authors_own boolean not null default false,
  named_readers int[] not null,
  readers int[] not null,
  editors int[] not null,
  withheld int[] not null default '{}'
);
create index on message_versions (message_id, replaced_at);
create index on message_versions (conversation_id);
create index on message_versions (case_id);
comment on column message_versions.authors_own is 'Of a message that was withdrawn: its author alone reads what it said, whoever joins later.';
comment on table message_versions is 'What a message said before it was edited or withdrawn. Added to and never changed.';

-- How long conversations are kept that are about nothing on record: those about a case stay with it.
create table message_retention (
  id int primary key default 1 constraint message_retention_is_one check (id = 1),
  months int not null constraint message_retention_months check (months between 1 and 120),
  changed_at timestamptz,
  changed_by uuid references users (id) on delete restrict
);
create index on message_retention (changed_by);
insert into message_retention (months) values (24);
comment on column message_retention.changed_at is 'Null until the authority has said how long.';

alter table texts drop constraint texts_source_known;
alter table texts add constraint texts_source_known check (source in ('note', 'case', 'form', 'document', 'plan', 'task', 'message'));
