-- Who has been told that a session of a group is not held, and to whom a text about somebody else went.

create table group_session_tellings (
  id uuid primary key,
  session_id uuid not null references group_sessions (id) on delete restrict,
  booking_id uuid not null references group_bookings (id) on delete restrict,
  case_id uuid not null references cases (id) on delete restrict,
  told_at timestamptz not null,
  told_by uuid not null references users (id) on delete restrict,
  taken_back_at timestamptz,
  readers int[] not null,
  editors int[] not null,
  withheld int[] not null default '{}'
);
create unique index group_session_tellings_once on group_session_tellings (session_id, booking_id) where taken_back_at is null;
create index on group_session_tellings (session_id);
create index on group_session_tellings (booking_id);
create index on group_session_tellings (case_id);
create index on group_session_tellings (told_by);
comment on column group_session_tellings.taken_back_at is 'When somebody said that it was not so. Null for what holds.';

alter table text_batches add column receiver_id uuid references people (id) on delete restrict;
create index on text_batches (receiver_id);
comment on column text_batches.receiver_id is 'A parent or carer to whom a text about the person of the case goes. Null: the person of the case, or a group.';

alter table text_messages add column receiver_id uuid references people (id) on delete restrict;
create index on text_messages (receiver_id);
comment on column text_messages.receiver_id is 'Whose number it is, where that is a parent or carer. Null: the number is the own one of the person of the case.';
