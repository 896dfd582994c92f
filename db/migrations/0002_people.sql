-- People: who somebody is, how to reach them safely, and every version of it.
--
-- `people` holds what every page of a record shows, so that the banner is one row. What there can be several of has its own table.
-- Nothing is overwritten: every change writes a row of `person_versions` with its author, the value before and the value after.

create sequence client_id_sequence as bigint minvalue 1 maxvalue 887503680 no cycle;
comment on sequence client_id_sequence is 'U25: the number behind a client id, never used again. 31 to the sixth, less one, is the last that an id can spell.';

create table people (
  id uuid primary key,
  client_id text not null unique constraint people_client_id_shape check (client_id ~ '^[0-9A-HJKMNP-RTV-Z]{7}$'),
  registered_by int not null references principals (id) on delete restrict,
  registered_at timestamptz not null,
  given_name text,
  family_name text,
  date_of_birth date,
  expected_date date,
  sex text,
  gender text,
  gender_same_as_registered text,
  pronouns text,
  nhs_number text constraint people_nhs_number_shape check (nhs_number ~ '^[0-9]{10}$'),
  nhs_number_status text,
  ethnic_category text,
  language text,
  interpreter text,
  communication_needs text[] not null default '{}',
  needs_note text,
  gp_name text,
  gp_practice text,
  gp_practice_code text,
  died_on date,
  death_recorded_by text,
  death_recorded_at timestamptz,
  death_note text,
  address_line text,
  postcode text,
  removed_at timestamptz,
  removed_reason text,
  version int not null default 1,
  readers int[] not null,
  editors int[] not null,
  withheld int[] not null default '{}',
  constraint people_have_a_name check (given_name is not null or family_name is not null or expected_date is not null),
  constraint people_born_or_expected check (date_of_birth is null or expected_date is null),
  constraint people_death_recorded_by_somebody check (death_recorded_at is null or death_recorded_by is not null),
  constraint people_removed_for_a_reason check ((removed_at is null) = (removed_reason is null))
);
create index on people (registered_by);
create index on people (nhs_number) where nhs_number is not null;
comment on column people.client_id is 'Seven characters, the last of them a check character. Shown as LY 4K7-Q92-8.';
comment on column people.registered_by is 'The post (or agency) that registered the person: who reads them until they have a first case.';
comment on column people.given_name is 'Null for somebody with one name, held as the family name, or where it is not known.';
comment on column people.family_name is 'Null where it is not known. A child not yet born may have no name at all.';
comment on column people.date_of_birth is 'Null where it is not known, or not yet born.';
comment on column people.expected_date is 'P6: set until the child is born.';
comment on column people.sex is 'Registered at birth. Kept apart from gender; neither is worked out of the other.';
comment on column people.nhs_number is 'Not unique: two records of one person may stand in services that cannot see each other until they are grouped.';
comment on column people.address_line is 'The home address of today as the banner shows it: an index of person_addresses, written with it.';
comment on column people.postcode is 'Of address_line.';
comment on column people.death_recorded_at is 'Death may be recorded with no date known: this says that it was recorded at all.';
comment on column people.removed_at is 'An import was undone, or the record was made by mistake: it is no longer found. Nothing is deleted.';

create table person_names (
  id uuid primary key,
  person_id uuid not null references people (id) on delete restrict,
  kind text not null constraint person_names_kind_known check (kind in ('known-as', 'alias', 'birth', 'previous', 'other-script')),
  given_name text,
  family_name text,
  note text,
  recorded_at timestamptz not null,
  ended_at timestamptz,
  readers int[] not null,
  editors int[] not null,
  withheld int[] not null default '{}',
  constraint person_names_not_empty check (given_name is not null or family_name is not null)
);
create index on person_names (person_id);
comment on column person_names.ended_at is 'Set when the name turns out to be wrong; it is then no longer found by. The row stays.';

create table person_addresses (
  id uuid primary key,
  person_id uuid not null references people (id) on delete restrict,
  kind text not null constraint person_addresses_kind_known
    check (kind in ('home', 'temporary', 'refuge', 'custody', 'correspondence', 'no-fixed-abode', 'other')),
  lines text,
  town text,
  postcode text,
  uprn text,
  from_on date,
  to_on date,
  confidential boolean not null default false,
  note text,
  recorded_at timestamptz not null,
  ended_at timestamptz,
  version int not null default 1,
  readers int[] not null,
  editors int[] not null,
  withheld int[] not null default '{}',
  constraint person_addresses_in_order check (to_on is null or from_on is null or to_on >= from_on)
);
create index on person_addresses (person_id);
comment on column person_addresses.lines is 'Building and street, one a line. Null with no fixed abode.';
comment on column person_addresses.uprn is 'Unique property reference number: up to twelve digits, text, no check digit.';
comment on column person_addresses.from_on is 'Null where it is not known since when.';
comment on column person_addresses.ended_at is 'Recorded by mistake: no longer shown as an address that the person had. Moving out is to_on.';

create table person_contacts (
  id uuid primary key,
  person_id uuid not null references people (id) on delete restrict,
  kind text not null constraint person_contacts_kind_known check (kind in ('mobile', 'telephone', 'email', 'other')),
  value text not null,
  whose text,
  safe_use text not null default 'any' constraint person_contacts_use_known check (safe_use in ('any', 'call-only', 'text-only', 'never')),
  leave_message boolean not null default true,
  safe_days int[] not null default '{}',
  safe_from text,
  safe_to text,
  note text,
  recorded_at timestamptz not null,
  ended_at timestamptz,
  version int not null default 1,
  readers int[] not null,
  editors int[] not null,
  withheld int[] not null default '{}',
  constraint person_contacts_times_in_pairs check ((safe_from is null) = (safe_to is null))
);
create index on person_contacts (person_id);
comment on column person_contacts.whose is 'Null when it is the person''s own; otherwise whose: mother, key worker.';
comment on column person_contacts.safe_days is 'Monday 1 to Sunday 7; empty means any day.';

create table person_identifiers (
  id uuid primary key,
  person_id uuid not null references people (id) on delete restrict,
  system text not null,
  value text not null,
  recorded_at timestamptz not null,
  ended_at timestamptz,
  readers int[] not null,
  editors int[] not null,
  withheld int[] not null default '{}'
);
create index on person_identifiers (person_id);
create index on person_identifiers (system, value);
comment on table person_identifiers is 'The numbers under which other systems know the person.';

create table person_versions (
  id uuid primary key,
  person_id uuid not null references people (id) on delete restrict,
  version int not null,
  at timestamptz not null,
  user_id uuid references users (id) on delete restrict,
  author text not null,
  section text not null,
  reason text,
  changes jsonb not null,
  readers int[] not null,
  editors int[] not null,
  withheld int[] not null default '{}',
  constraint person_versions_once unique (person_id, version)
);
create index on person_versions (user_id);
comment on table person_versions is 'What changed, field by field: [{field, before, after}]. Added to, never changed.';
comment on column person_versions.user_id is 'Null for the system itself.';
comment on column person_versions.changes is 'In words as the page showed them, so that history reads the same when lists have changed.';

create table not_duplicates (
  person_id uuid not null references people (id) on delete restrict,
  other_id uuid not null references people (id) on delete restrict,
  decided_at timestamptz not null,
  decided_by text not null,
  reason text,
  readers int[] not null,
  editors int[] not null,
  withheld int[] not null default '{}',
  primary key (person_id, other_id),
  constraint not_duplicates_in_order check (person_id < other_id)
);
create index on not_duplicates (other_id);
comment on table not_duplicates is 'F11: two people whom somebody looked at side by side and told apart. Never offered to each other again.';

-- How people are found: what is sought, and who may find it, in one index. Comparisons of text in the C collation are leakproof, so
-- the planner may use this index for the policy and the search at once (decision 0002).
create table person_tokens (
  principal int not null,
  token text collate "C" not null,
  person_id uuid not null references people (id) on delete cascade,
  primary key (principal, token, person_id)
);
create index on person_tokens (person_id);
comment on table person_tokens is 'An index, not a record: made again from people whenever a name or an access list changes. No key to principals, for its size.';
