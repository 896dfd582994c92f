-- A person is read by whoever reads one of their cases and by the commissioners; until there is a case, by the post that registered
-- them. Everything about a person carries the same lists. Nothing of it is deleted: what was wrong is ended, and shown in the history.
-- An address where somebody must not be found, and what the history says of it, is read by the agencies alone that it names (decision 29).

{{protected people by id}}
grant select on people to lanyard_web, lanyard_worker, lanyard_reporting;
grant select (registered_by) on people to lanyard_keeper;
grant insert on people to lanyard_web, lanyard_worker;
-- The client id, and who registered the person when, are not in this list: they never change.
grant update (given_name, family_name, date_of_birth, expected_date, sex, gender, gender_same_as_registered, pronouns, nhs_number,
  nhs_number_status, ethnic_category, language, interpreter, communication_needs, needs_note, gp_name, gp_practice, gp_practice_code,
  died_on, death_recorded_by, death_recorded_at, death_note, address_line, postcode, address_secret_until, contact_care, removed_at, removed_reason, version)
  on people to lanyard_web, lanyard_worker;
grant usage on sequence client_id_sequence to lanyard_web, lanyard_worker;

{{protected person_names by person_id}}
grant select on person_names to lanyard_web, lanyard_worker, lanyard_reporting;
grant insert on person_names to lanyard_web, lanyard_worker;
grant update (ended_at) on person_names to lanyard_web, lanyard_worker;

{{protected person_addresses by person_id, named as readers}}
grant select on person_addresses to lanyard_web, lanyard_worker, lanyard_reporting;
grant insert on person_addresses to lanyard_web, lanyard_worker;
grant update (kind, lines, town, postcode, uprn, from_on, to_on, confidential, note, ended_at, version, named_readers, kept_by)
  on person_addresses to lanyard_web, lanyard_worker;
-- That there is a secret one, and until when, is for everybody who reads the person; nobody but the keeper knows of all of them.
grant select (named_readers, to_on, ended_at) on person_addresses to lanyard_keeper;

{{protected person_contacts by person_id}}
grant select on person_contacts to lanyard_web, lanyard_worker, lanyard_reporting;
grant insert on person_contacts to lanyard_web, lanyard_worker;
grant update (kind, value, whose, safe_use, leave_message, safe_days, safe_from, safe_to, note, ended_at, version)
  on person_contacts to lanyard_web, lanyard_worker;

{{protected person_identifiers by person_id}}
grant select on person_identifiers to lanyard_web, lanyard_worker, lanyard_reporting;
grant insert on person_identifiers to lanyard_web, lanyard_worker;
grant update (ended_at) on person_identifiers to lanyard_web, lanyard_worker;

-- The history of a person is added to; no role of the application may change or delete what it says. Who reads what it says of an address follows that address.
{{protected person_versions by person_id, named as readers}}
grant select on person_versions to lanyard_web, lanyard_worker, lanyard_reporting;
grant insert on person_versions to lanyard_web, lanyard_worker;
grant update (named_readers, about_id) on person_versions to lanyard_web;

{{protected not_duplicates by person_id}}
grant select on not_duplicates to lanyard_web, lanyard_worker, lanyard_reporting;
grant insert on not_duplicates to lanyard_web, lanyard_worker;

-- A token is found by whoever holds its principal. Only the keeper writes tokens, from the person's own readers.
{{table person_tokens}}
grant select on person_tokens to lanyard_web, lanyard_worker, lanyard_reporting;
grant select, insert, delete on person_tokens to lanyard_keeper;
create policy found on person_tokens for select to lanyard_web, lanyard_worker, lanyard_reporting using (principal = any ({{read_principals}}));
{{whole person_tokens to lanyard_keeper}}
