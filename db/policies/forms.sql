-- Form definitions are read by everyone signed in, written by the authority, and never changed once released.
-- Answers are read and written by whoever may read and write that part of their case; a section can be withheld by itself.
-- What answers have been is added to, never changed. Nothing is deleted.
{{table form_definitions}}
grant select on form_definitions to lanyard_web, lanyard_worker, lanyard_reporting;
grant insert on form_definitions to lanyard_web;
grant update (status, title, definition, fingerprint, released_by, released_at) on form_definitions to lanyard_web;
create policy directory_read on form_definitions for select to lanyard_web, lanyard_worker, lanyard_reporting using ({{signed_in}});
create policy authority_adds on form_definitions for insert to lanyard_web with check (0 = any ({{administers}}));
-- `using` looks at the row as it was: a released one is out of reach.
create policy authority_changes_drafts on form_definitions for update to lanyard_web
  using (status = 'draft' and 0 = any ({{administers}})) with check (0 = any ({{administers}}));

-- The definitions that come with the product are put in by the owner, from the command line.
{{whole form_definitions to lanyard_owner}}

{{protected answer_sets by case_id}}
grant select on answer_sets to lanyard_web, lanyard_worker, lanyard_reporting;
grant insert on answer_sets to lanyard_web, lanyard_worker;
grant update (state, completed_by, completed_at, signed_off_by, signed_off_at) on answer_sets to lanyard_web, lanyard_worker;
grant select (id, part, form_code, started_at) on answer_sets to lanyard_keeper;

{{protected answer_set_events by case_id}}
grant select on answer_set_events to lanyard_web, lanyard_worker, lanyard_reporting;
grant insert on answer_set_events to lanyard_web, lanyard_worker;
grant select (answer_set_id, part) on answer_set_events to lanyard_keeper;

{{protected answer_sections by case_id}}
grant select on answer_sections to lanyard_web, lanyard_worker, lanyard_reporting;
grant insert on answer_sections to lanyard_web, lanyard_worker;
grant update (revision, answers, typed, completed, saved_by, saved_at) on answer_sections to lanyard_web, lanyard_worker;
grant select (part, answer_set_id, section) on answer_sections to lanyard_keeper;

-- No update is granted: what was saved stays as it was saved.
{{protected answer_versions by case_id}}
grant select on answer_versions to lanyard_web, lanyard_worker, lanyard_reporting;
grant insert on answer_versions to lanyard_web, lanyard_worker;
grant select (part, answer_set_id, section) on answer_versions to lanyard_keeper;

{{protected form_presence by case_id}}
grant select, insert, update (seen_at) on form_presence to lanyard_web;
grant delete on form_presence to lanyard_worker;
grant select (seen_at) on form_presence to lanyard_worker;
create policy tidied on form_presence for delete to lanyard_worker using ({{principals}} = '{}');
create policy looked_over on form_presence for select to lanyard_worker using ({{principals}} = '{}');
grant select (answer_set_id, part) on form_presence to lanyard_keeper;
