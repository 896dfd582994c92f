-- Each agency at a meeting says which record of its own somebody in an item is. What one agency links tells another nothing (decision 25). Until now there
-- was one link for all, made by whoever ran the meeting: it becomes that of the agency of whoever made it.
alter table meeting_parties add unique (id, item_id, part);

create table meeting_party_links (
  id uuid primary key,
  party_id uuid not null,
  item_id uuid not null,
  part text not null,
  agency int not null references agencies (principal) on delete restrict,
  person_id uuid not null references people (id) on delete restrict,
  linked_at timestamptz not null,
  linked_by uuid not null references users (id) on delete restrict,
  ended_at timestamptz,
  ended_by uuid references users (id) on delete restrict,
  readers int[] not null,
  editors int[] not null,
  withheld int[] not null default '{}',
  other_readers int[] not null,
  other_editors int[] not null,
  other_withheld int[] not null default '{}',
  named_readers int[] not null,
  foreign key (party_id, item_id, part) references meeting_parties (id, item_id, part) on delete restrict,
  constraint meeting_party_links_of_its_agency_alone check (named_readers = array[agency])
);
create index on meeting_party_links (party_id, item_id, part);
create index on meeting_party_links (item_id);
create index on meeting_party_links (agency);
create index on meeting_party_links (person_id);
create index on meeting_party_links (linked_by);
create index on meeting_party_links (ended_by);
comment on table meeting_party_links is 'Whose record somebody in an item is, as one agency says of its own records. Carries the lists of the party and of the person: read by whoever may read both and is of that agency.';
comment on column meeting_party_links.agency is 'That says so. One link of it stands at a time, as far as whoever links sees: a colleague''s link to a record that is kept from them is nothing that they could replace, or may learn of.';

alter table meeting_parties no force row level security;
alter table people no force row level security;
alter table users no force row level security;
insert into meeting_party_links (id, party_id, item_id, part, agency, person_id, linked_at, linked_by, readers, editors, withheld, other_readers, other_editors, other_withheld, named_readers)
  select gen_random_uuid(), p.id, p.item_id, p.part, u.agency, p.person_id, p.linked_at, p.linked_by, p.readers, p.readers, p.withheld, k.readers, k.editors, k.withheld, array[u.agency]
  from meeting_parties p join people k on k.id = p.person_id join users u on u.id = p.linked_by;
alter table meeting_parties force row level security;
alter table people force row level security;
alter table users force row level security;

alter table meeting_parties drop column person_id, drop column linked_at, drop column linked_by;
