-- Notices in the product: that there is something to see, and where. What it is about is read with the eyes of its reader, at that moment.

create table notices (
  id uuid primary key,
  user_id uuid not null references users (id) on delete cascade,
  kind text not null,
  words text not null,
  href text constraint notices_href_of_ours check (href like '/%' and href not like '//%'),
  case_id uuid references cases (id) on delete cascade,
  person_id uuid references people (id) on delete cascade,
  at timestamptz not null,
  delivery text not null constraint notices_delivery_known check (delivery in ('now', 'digest', 'product')),
  read_at timestamptz,
  mailed_at timestamptz
);
create index on notices (user_id, at desc);
create index notices_unread on notices (user_id) where read_at is null;
create index notices_to_be_digested on notices (user_id) where delivery = 'digest' and read_at is null and mailed_at is null;
create index on notices (case_id);
create index on notices (person_id);
create index on notices (at);
comment on column notices.user_id is 'Who is told. Nobody else reads it.';
comment on column notices.words is 'Holds no name and no word about a person: the page adds the name where its reader may still see it.';
comment on column notices.href is 'Where it leads, in the product. Null where there is nothing more to see.';
comment on column notices.mailed_at is 'When an e-mail, at once or in a digest, said that it is there.';

create table notice_settings (
  user_id uuid not null references users (id) on delete cascade,
  kind text not null,
  delivery text not null constraint notice_settings_delivery_known check (delivery in ('now', 'digest', 'product', 'off')),
  primary key (user_id, kind)
);
comment on table notice_settings is 'How somebody wants to be told of a kind of thing, where it is not as Lanyard proposes.';

create table notice_digests (
  user_id uuid primary key references users (id) on delete cascade,
  at text not null constraint notice_digests_at_a_time check (at ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$')
);
comment on column notice_digests.at is 'The time of day in London at which this user is sent what has gathered.';
