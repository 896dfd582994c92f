-- The person in their world: who is what to whom, who lives together, which professionals there are, and which records are of one person.

-- The words of relationships, each with what it is called from the other side. An authority changes them.
create table relationship_terms (
  code text primary key,
  what text not null constraint relationship_terms_what_known check (what in ('kind', 'legal-role', 'warning')),
  label text not null,
  label_woman text,
  label_man text,
  inverse text not null,
  inverse_woman text,
  inverse_man text,
  shape text not null default 'other' constraint relationship_terms_shape_known check (shape in ('parent', 'partner', 'sibling', 'other')),
  generations int not null default 0,
  danger boolean not null default false,
  position int not null,
  archived_at timestamptz,
  source text not null default 'Lanyard',
  verified boolean not null default false
);
comment on column relationship_terms.label is 'What the other is to the person whose page it is.';
comment on column relationship_terms.label_woman is 'The same where the gender recorded is a woman’s; null where the word is the same.';
comment on column relationship_terms.inverse is 'What the person is then to the other, as the other’s page says it.';
comment on column relationship_terms.generations is 'How many generations the other is above the person in a picture of the family.';
comment on column relationship_terms.danger is 'Stands out wherever it is shown.';

insert into relationship_terms (code, what, position, label, label_woman, label_man, inverse, inverse_woman, inverse_man, shape, generations, danger) values
  ('parent', 'kind', 1, 'Parent', 'Mother', 'Father', 'Child', 'Daughter', 'Son', 'parent', 1, false),
  ('step-parent', 'kind', 2, 'Step-parent', 'Stepmother', 'Stepfather', 'Stepchild', 'Stepdaughter', 'Stepson', 'parent', 1, false),
  ('adoptive-parent', 'kind', 3, 'Adoptive parent', 'Adoptive mother', 'Adoptive father', 'Adopted child', 'Adopted daughter', 'Adopted son', 'parent', 1, false),
  ('foster-carer', 'kind', 4, 'Foster carer', null, null, 'Fostered child', null, null, 'parent', 1, false),
  ('sibling', 'kind', 5, 'Brother or sister', 'Sister', 'Brother', 'Brother or sister', 'Sister', 'Brother', 'sibling', 0, false),
  ('half-sibling', 'kind', 6, 'Half-brother or half-sister', 'Half-sister', 'Half-brother', 'Half-brother or half-sister', 'Half-sister', 'Half-brother', 'sibling', 0, false),
  ('step-sibling', 'kind', 7, 'Stepbrother or stepsister', 'Stepsister', 'Stepbrother', 'Stepbrother or stepsister', 'Stepsister', 'Stepbrother', 'sibling', 0, false),
  ('grandparent', 'kind', 8, 'Grandparent', 'Grandmother', 'Grandfather', 'Grandchild', 'Granddaughter', 'Grandson', 'other', 2, false),
  ('aunt-or-uncle', 'kind', 9, 'Aunt or uncle', 'Aunt', 'Uncle', 'Niece or nephew', 'Niece', 'Nephew', 'other', 1, false),
  ('cousin', 'kind', 10, 'Cousin', null, null, 'Cousin', null, null, 'other', 0, false),
  ('relative', 'kind', 11, 'Another relative', null, null, 'Another relative', null, null, 'other', 0, false),
  ('spouse', 'kind', 12, 'Spouse or civil partner', 'Wife or civil partner', 'Husband or civil partner', 'Spouse or civil partner', 'Wife or civil partner', 'Husband or civil partner', 'partner', 0, false),
  ('partner', 'kind', 13, 'Partner', null, null, 'Partner', null, null, 'partner', 0, false),
  ('ex-partner', 'kind', 14, 'Former partner', null, null, 'Former partner', null, null, 'partner', 0, false),
  ('carer', 'kind', 15, 'Carer', null, null, 'Person cared for', null, null, 'other', 0, false),
  ('young-carer', 'kind', 16, 'Young carer', null, null, 'Person whom this young carer looks after', null, null, 'other', -1, false),
  ('friend', 'kind', 17, 'Friend', null, null, 'Friend', null, null, 'other', 0, false),
  ('neighbour', 'kind', 18, 'Neighbour', null, null, 'Neighbour', null, null, 'other', 0, false),
  ('landlord', 'kind', 19, 'Landlord', null, null, 'Tenant', null, null, 'other', 0, false),
  ('lives-with', 'kind', 20, 'Shares a home', null, null, 'Shares a home', null, null, 'other', 0, false),
  ('associate', 'kind', 21, 'Associate', null, null, 'Associate', null, null, 'other', 0, false),
  ('alleged-perpetrator', 'kind', 22, 'Alleged perpetrator', null, null, 'Alleged victim', null, null, 'other', 0, true),
  ('exploiter', 'kind', 23, 'Alleged to exploit this person', null, null, 'Alleged to be exploited by this person', null, null, 'other', 0, true),
  ('other', 'kind', 24, 'Other', null, null, 'Other', null, null, 'other', 0, false);

insert into relationship_terms (code, what, position, label, inverse, source) values
  ('parental-responsibility', 'legal-role', 1, 'Parental responsibility', 'This person has parental responsibility for them', 'Children Act 1989, section 3'),
  ('next-of-kin', 'legal-role', 2, 'Next of kin', 'This person is their next of kin', 'Named by the person; no meaning in law'),
  ('nearest-relative', 'legal-role', 3, 'Nearest relative', 'This person is their nearest relative', 'Mental Health Act 1983, section 26'),
  ('attorney-health', 'legal-role', 4, 'Attorney for health and welfare', 'This person is their attorney for health and welfare', 'Mental Capacity Act 2005, section 9'),
  ('attorney-property', 'legal-role', 5, 'Attorney for property and money', 'This person is their attorney for property and money', 'Mental Capacity Act 2005, section 9'),
  ('deputy', 'legal-role', 6, 'Deputy of the Court of Protection', 'This person is their deputy', 'Mental Capacity Act 2005, section 16'),
  ('appointee', 'legal-role', 7, 'Appointee for benefits', 'This person is their appointee for benefits', 'Social Security (Claims and Payments) Regulations 1987, regulation 33'),
  ('guardian', 'legal-role', 8, 'Guardian', 'This person is their guardian', 'Children Act 1989, section 5; Mental Health Act 1983, section 7');

insert into relationship_terms (code, what, position, label, inverse, danger) values
  ('no-contact', 'warning', 1, 'Must not be contacted', 'This person must not be contacted about them', true),
  ('court-order', 'warning', 2, 'Court order: no contact with this person', 'Court order: this person must have no contact with them', true),
  ('alleged-harm', 'warning', 3, 'Alleged perpetrator of harm to this person', 'This person is an alleged perpetrator of harm to them', true),
  ('violence', 'warning', 4, 'May be violent to this person', 'This person may be violent to them', true),
  ('address-unknown', 'warning', 5, 'Does not know the address: do not tell', 'This person does not know their address: do not tell', true),
  ('service-unknown', 'warning', 6, 'Must not learn that a service is involved', 'This person must not learn that a service works with them', true),
  ('supervised', 'warning', 7, 'Contact with this person is supervised only', 'Contact with them is supervised only', true);

-- Who is what to whom. One row is the relationship from both sides: on the other's page it is read the other way round. It is read only by
-- whoever may see both people, so it carries the lists of both.
create table relationships (
  id uuid primary key,
  person_id uuid not null references people (id) on delete restrict,
  other_id uuid references people (id) on delete restrict,
  other_side uuid not null generated always as (coalesce(other_id, person_id)) stored,
  other_name text,
  other_contact text,
  kind text not null references relationship_terms (code) on delete restrict,
  kind_back boolean not null default false,
  legal_roles text[] not null default '{}',
  legal_roles_back text[] not null default '{}',
  warnings text[] not null default '{}',
  warnings_back text[] not null default '{}',
  from_on date,
  to_on date,
  note text,
  one_sided boolean not null default false,
  recorded_at timestamptz not null,
  ended_at timestamptz,
  version int not null default 1,
  readers int[] not null,
  editors int[] not null,
  withheld int[] not null default '{}',
  other_readers int[] not null,
  other_editors int[] not null,
  other_withheld int[] not null default '{}',
  constraint relationships_of_two check (other_id is null or other_id <> person_id),
  constraint relationships_with_somebody check ((other_id is null) = (other_name is not null)),
  constraint relationships_in_order check (to_on is null or from_on is null or to_on >= from_on)
);
create index on relationships (person_id);
create index on relationships (other_id);
create index on relationships (other_side);
create index on relationships (kind);
comment on column relationships.other_id is 'Null for somebody who is not on record: other_name then says who.';
comment on column relationships.other_side is 'Whose lists stand in other_readers, other_editors and other_withheld: the other’s, or the person’s own where the other is not on record.';
comment on column relationships.other_contact is 'How somebody who is not on record is reached. Null where it is not known.';
comment on column relationships.kind_back is 'Set where the person is to the other what the kind says: their parent, say.';
comment on column relationships.legal_roles is 'What the other is to the person in law; legal_roles_back what the person is to the other.';
comment on column relationships.warnings is 'What must be known of the other for the person’s sake; warnings_back of the person for the other’s.';
comment on column relationships.from_on is 'Null where it is not known since when; to_on null while it lasts.';
comment on column relationships.one_sided is 'Told of on the person’s own pages alone, never on the other’s.';
comment on column relationships.ended_at is 'Recorded by mistake: no longer shown as one that there was. Its end in life is to_on.';

create table relationship_versions (
  id uuid primary key,
  relationship_id uuid not null references relationships (id) on delete restrict,
  person_id uuid not null references people (id) on delete restrict,
  other_id uuid references people (id) on delete restrict,
  other_side uuid not null generated always as (coalesce(other_id, person_id)) stored,
  version int not null,
  at timestamptz not null,
  user_id uuid references users (id) on delete restrict,
  author text not null,
  what text not null constraint relationship_versions_what_known check (what in ('added', 'changed', 'removed', 'undone')),
  state jsonb not null,
  readers int[] not null,
  editors int[] not null,
  withheld int[] not null default '{}',
  other_readers int[] not null,
  other_editors int[] not null,
  other_withheld int[] not null default '{}',
  constraint relationship_versions_once unique (relationship_id, version)
);
create index on relationship_versions (person_id);
create index on relationship_versions (other_id);
create index on relationship_versions (other_side);
create index on relationship_versions (user_id);
comment on table relationship_versions is 'What a relationship said after each change. Added to, never changed.';
comment on column relationship_versions.other_id is 'Null for somebody who is not on record.';
comment on column relationship_versions.user_id is 'Null for the system itself.';

-- People of other services who work with somebody and do not use this system: a GP, a health visitor, a solicitor.
create table person_professionals (
  id uuid primary key,
  person_id uuid not null references people (id) on delete restrict,
  role text not null,
  name text,
  organisation text,
  telephone text,
  email text,
  from_on date,
  to_on date,
  note text,
  recorded_at timestamptz not null,
  ended_at timestamptz,
  version int not null default 1,
  readers int[] not null,
  editors int[] not null,
  withheld int[] not null default '{}',
  constraint person_professionals_somebody check (name is not null or organisation is not null),
  constraint person_professionals_in_order check (to_on is null or from_on is null or to_on >= from_on)
);
create index on person_professionals (person_id);
comment on column person_professionals.name is 'Null where only the organisation is known.';
comment on column person_professionals.ended_at is 'Recorded by mistake. No longer working with the person is to_on.';

-- Who lives together. A household has no row of its own: it is what its members' rows say, each under that person's lists, so that it can
-- tell of nobody and of no address that the reader may not see anyway.
create table household_members (
  id uuid primary key,
  household_id uuid not null,
  person_id uuid not null references people (id) on delete restrict,
  address text,
  role text not null default '',
  from_on date,
  to_on date,
  recorded_at timestamptz not null,
  ended_at timestamptz,
  version int not null default 1,
  readers int[] not null,
  editors int[] not null,
  withheld int[] not null default '{}',
  constraint household_members_in_order check (to_on is null or from_on is null or to_on >= from_on)
);
create index on household_members (person_id);
create index on household_members (household_id);
comment on column household_members.address is 'Where the household lives, as this member’s record says it. Null where it is confidential or not known.';
comment on column household_members.ended_at is 'Recorded by mistake. Having moved out is to_on.';

-- Records of the same individual, each left as it is. Like a household, a group is what its members' rows say.
create table same_person_records (
  id uuid primary key,
  group_id uuid not null,
  person_id uuid not null references people (id) on delete restrict,
  reason text not null,
  grouped_at timestamptz not null,
  grouped_by text not null,
  ended_at timestamptz,
  ended_by text,
  ended_reason text,
  readers int[] not null,
  editors int[] not null,
  withheld int[] not null default '{}',
  constraint same_person_records_ended_for_a_reason check ((ended_at is null) = (ended_reason is null))
);
create index on same_person_records (person_id);
create index on same_person_records (group_id);
comment on column same_person_records.ended_by is 'Null while the record is in the group.';

-- One record taken into another. The record that was taken in stays, is found no more, and leads to the one that was kept.
alter table people add column merged_into uuid references people (id) on delete restrict;
create index on people (merged_into);
comment on column people.merged_into is 'The record that was kept, when this one was of the same individual. Such a record is removed as well, and carries the lists of the one kept.';

create table merges (
  id uuid primary key,
  kept_id uuid not null references people (id) on delete restrict,
  merged_id uuid not null references people (id) on delete restrict,
  reason text not null,
  merged_at timestamptz not null,
  merged_by text not null,
  user_id uuid references users (id) on delete restrict,
  fields jsonb not null,
  undone_at timestamptz,
  undone_by text,
  undone_reason text,
  readers int[] not null,
  editors int[] not null,
  withheld int[] not null default '{}',
  constraint merges_undone_for_a_reason check ((undone_at is null) = (undone_reason is null))
);
create index on merges (kept_id);
create index on merges (merged_id);
create index on merges (user_id);
comment on column merges.user_id is 'Null for the system itself.';
comment on column merges.fields is 'What the record kept said before and after: {column: {before, after}} for each column that the merge changed.';
comment on column merges.undone_by is 'Null while the merge stands.';

-- Which rows a merge moved or made, for taking it back. Only the keeper reads and writes these: they say of every row that it is there.
create table merge_rows (
  merge_id uuid not null references merges (id) on delete restrict,
  table_name text not null,
  row_id uuid not null,
  what text not null constraint merge_rows_what_known check (what in ('moved', 'made')),
  primary key (merge_id, table_name, row_id)
);

-- Somebody thinks that two records are of one person and may not merge them: whoever may is asked.
create table merge_requests (
  id uuid primary key,
  person_id uuid not null references people (id) on delete restrict,
  other_id uuid not null references people (id) on delete restrict,
  other_side uuid not null generated always as (other_id) stored,
  reason text not null,
  asked_at timestamptz not null,
  asked_by text not null,
  user_id uuid references users (id) on delete restrict,
  answered_at timestamptz,
  answered_by text,
  outcome text constraint merge_requests_outcome_known check (outcome in ('merged', 'declined')),
  answer text,
  readers int[] not null,
  editors int[] not null,
  withheld int[] not null default '{}',
  other_readers int[] not null,
  other_editors int[] not null,
  other_withheld int[] not null default '{}',
  constraint merge_requests_answered_with check ((answered_at is null) = (outcome is null))
);
create index on merge_requests (person_id);
create index on merge_requests (other_id);
create index on merge_requests (other_side);
create index on merge_requests (user_id);
comment on column merge_requests.user_id is 'Null for the system itself.';
comment on column merge_requests.outcome is 'Null until somebody has answered.';

-- Leaders may merge what they may change; commissioners answer what others may not. The policies are forced again after every migration.
alter table roles no force row level security;
update roles set capabilities = array_append(capabilities, 'merge-people')
where ('commission' = any (capabilities) or name = 'Team leader') and not 'merge-people' = any (capabilities);
