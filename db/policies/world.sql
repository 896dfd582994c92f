-- The person in their world. What stands between two people (a relationship and its history, a request to merge them) is read only by
-- whoever may read both, whatever opens each to them; nothing withheld of either is told by the other. It is changed by whoever may also change one
-- of the two. A household, a group of records of one individual and the professionals around somebody are rows about one person each,
-- under that person's lists: a household tells nobody of a member whom they may not see. Nothing is deleted.

{{table relationship_terms}}
grant select on relationship_terms to lanyard_web, lanyard_worker, lanyard_reporting;
grant insert, update (label, label_woman, label_man, inverse, inverse_woman, inverse_man, position, archived_at, source, verified) on relationship_terms to lanyard_web;
create policy directory_read on relationship_terms for select to lanyard_web, lanyard_worker, lanyard_reporting using ({{signed_in}});
create policy authority_adds on relationship_terms for insert to lanyard_web with check (0 = any ({{administers}}));
create policy authority_changes on relationship_terms for update to lanyard_web using (0 = any ({{administers}}));

{{protected relationships by person_id and other_side}}
grant select on relationships to lanyard_web, lanyard_worker, lanyard_reporting;
grant insert on relationships to lanyard_web, lanyard_worker;
grant update (kind, kind_back, legal_roles, legal_roles_back, warnings, warnings_back, other_name, other_contact, from_on, to_on, note, one_sided, ended_at, version)
  on relationships to lanyard_web, lanyard_worker;

{{protected relationship_versions by person_id and other_side}}
grant select on relationship_versions to lanyard_web, lanyard_worker, lanyard_reporting;
grant insert on relationship_versions to lanyard_web, lanyard_worker;

{{protected merge_requests by person_id and other_side}}
grant select on merge_requests to lanyard_web, lanyard_worker, lanyard_reporting;
grant insert on merge_requests to lanyard_web, lanyard_worker;
grant update (answered_at, answered_by, outcome, answer) on merge_requests to lanyard_web, lanyard_worker;

-- One that a service entered of which nobody is told that it is involved is read by its agency alone: it would tell.
{{protected person_professionals by person_id, named as readers}}
grant select on person_professionals to lanyard_web, lanyard_worker, lanyard_reporting;
grant insert on person_professionals to lanyard_web, lanyard_worker;
grant update (role, name, organisation, telephone, email, from_on, to_on, note, ended_at, version) on person_professionals to lanyard_web, lanyard_worker;

{{protected household_members by person_id}}
grant select on household_members to lanyard_web, lanyard_worker, lanyard_reporting;
grant insert on household_members to lanyard_web, lanyard_worker;
grant update (address, role, from_on, to_on, ended_at, version) on household_members to lanyard_web, lanyard_worker;

{{protected same_person_records by person_id}}
grant select on same_person_records to lanyard_web, lanyard_worker, lanyard_reporting;
grant insert on same_person_records to lanyard_web, lanyard_worker;
grant update (ended_at, ended_by, ended_reason) on same_person_records to lanyard_web, lanyard_worker;

-- That a merge happened is read by whoever reads the record that was kept.
{{protected merges by kept_id}}
grant select on merges to lanyard_web, lanyard_worker, lanyard_reporting;
grant insert on merges to lanyard_web, lanyard_worker;
grant update (undone_at, undone_by, undone_reason) on merges to lanyard_web, lanyard_worker;

-- Which rows a merge moved is for the keeper alone, who moves them and moves them back (src/access/merge-people.ts).
{{table merge_rows}}
grant select, insert on merge_rows to lanyard_keeper;
{{whole merge_rows to lanyard_keeper}}

-- To move a record into another the keeper changes whose it is, and nothing of what it says. One line a table of db/person-references.ts.
grant select (id, person_id), update (person_id) on cases to lanyard_keeper;
grant select (case_id, person_id), update (person_id) on involvements to lanyard_keeper;
grant select (case_id, person_id), update (person_id) on timeline_entries to lanyard_keeper;
grant select (case_id, person_id), update (person_id) on caseload_entries to lanyard_keeper;
grant select (case_id, person_id), update (person_id) on answer_sets to lanyard_keeper;
grant select (id, case_id, person_id), update (person_id) on tasks to lanyard_keeper;
grant select (id, person_id), update (person_id) on person_names to lanyard_keeper;
grant select (id, person_id), update (person_id) on person_addresses to lanyard_keeper;
grant select (id, person_id), update (person_id) on person_contacts to lanyard_keeper;
grant select (id, person_id), update (person_id) on person_identifiers to lanyard_keeper;
grant select (id, person_id), update (person_id) on person_alerts to lanyard_keeper;
grant select (id, person_id), update (person_id) on person_professionals to lanyard_keeper;
grant select (id, person_id), update (person_id) on household_members to lanyard_keeper;
grant select (id, person_id), update (person_id) on same_person_records to lanyard_keeper;
grant select (id, person_id, other_id), update (person_id, other_id) on relationships to lanyard_keeper;
grant select (id, person_id, other_id), update (person_id, other_id) on relationship_versions to lanyard_keeper;
grant select (id, person_id, other_id), update (person_id, other_id) on merge_requests to lanyard_keeper;
grant select (merged_into) on people to lanyard_keeper;
grant update (merged_into) on people to lanyard_web, lanyard_worker;
