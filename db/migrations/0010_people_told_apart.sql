-- Somebody may tell apart a person whom they may change from one whom they may only read, so the row belongs to the first and the two
-- need not be in order. And what must be known before anybody is rung stands on the person, for the banner of every page.

alter table not_duplicates drop constraint not_duplicates_in_order;
alter table not_duplicates add constraint not_duplicates_of_another check (person_id <> other_id);

alter table people add column contact_care text;
comment on column people.contact_care is 'Safe-to-contact rules in words, where there are any: an index of person_contacts, written with it.';
