-- Notes, plans, documents and tasks are read and written by whoever may read and write that part of their case, and by nobody from whom it
-- is withheld. A restricted note is read by the people named on it and by nobody else, whatever they hold.
-- The words of a note are in no update list: nobody changes them. Nothing is deleted but a draft, which is a record of nothing.
{{protected case_notes by case_id, named}}
grant select on case_notes to lanyard_web, lanyard_worker, lanyard_reporting;
grant insert on case_notes to lanyard_web, lanyard_worker;
-- Those named may let further people read it, or fewer.
grant update (named_readers, named_because) on case_notes to lanyard_web;
grant update (named_readers) on timeline_entries to lanyard_web;

-- A draft belongs to whoever is writing it.
{{table note_drafts}}
grant select, insert, delete, update (fields, saved_at) on note_drafts to lanyard_web;
create policy own on note_drafts for all to lanyard_web using (owner = any ({{principals}})) with check (owner = any ({{write_principals}}));

{{protected plans by case_id}}
grant select on plans to lanyard_web, lanyard_worker, lanyard_reporting;
grant insert on plans to lanyard_web, lanyard_worker;
grant update (version, agreed_with, agreed_on, agreed_how, agreed_version) on plans to lanyard_web, lanyard_worker;

{{protected plan_needs by case_id}}
grant select on plan_needs to lanyard_web, lanyard_worker, lanyard_reporting;
grant insert on plan_needs to lanyard_web, lanyard_worker;
grant update (position, title, detail, version, ended_at, ended_reason) on plan_needs to lanyard_web, lanyard_worker;

{{protected plan_goals by case_id}}
grant select on plan_goals to lanyard_web, lanyard_worker, lanyard_reporting;
grant insert on plan_goals to lanyard_web, lanyard_worker;
grant update (position, title, measure, version, ended_at, ended_reason) on plan_goals to lanyard_web, lanyard_worker;

{{protected plan_actions by case_id}}
grant select on plan_actions to lanyard_web, lanyard_worker, lanyard_reporting;
grant insert on plan_actions to lanyard_web, lanyard_worker;
grant update (position, what, who, who_words, due_on, status, evidence, dropped_reason, closed_at, closed_by, version)
  on plan_actions to lanyard_web, lanyard_worker;

-- What a plan was is added to and never changed.
{{protected plan_versions by case_id}}
grant select on plan_versions to lanyard_web, lanyard_worker, lanyard_reporting;
grant insert on plan_versions to lanyard_web, lanyard_worker;

{{protected documents by case_id}}
grant select on documents to lanyard_web, lanyard_worker, lanyard_reporting;
grant insert on documents to lanyard_web, lanyard_worker;
grant select (id, answer_set_id, section, further_sections) on documents to lanyard_keeper;
grant update (kind, title, dated_on, current_version, version, withdrawn_at, withdrawn_by, withdrawn_reason) on documents to lanyard_web, lanyard_worker;

-- A file is never exchanged for another; only what the scanner found is written to its row, by the worker.
{{protected document_versions by case_id}}
grant select on document_versions to lanyard_web, lanyard_worker, lanyard_reporting;
grant insert on document_versions to lanyard_web, lanyard_worker;
grant select (document_id, answer_set_id, section, further_sections) on document_versions to lanyard_keeper;
grant update (scan, scan_started_at, scanned_at, scan_words) on document_versions to lanyard_worker;
-- The scanner is the system itself: signed in as nobody, holding no principal. A job that acts for a user sees what that user sees.
create policy scanned on document_versions for all to lanyard_worker using ({{principals}} = '{}') with check ({{principals}} = '{}');

-- What a document was called, and why it was once withdrawn, is added to and never changed.
{{protected document_changes by case_id}}
grant select on document_changes to lanyard_web, lanyard_worker, lanyard_reporting;
grant insert on document_changes to lanyard_web, lanyard_worker;
grant select (document_id, answer_set_id, section, further_sections) on document_changes to lanyard_keeper;

{{protected tasks by case_id}}
grant select on tasks to lanyard_web, lanyard_worker, lanyard_reporting;
grant insert on tasks to lanyard_web, lanyard_worker;
grant update (title, detail, due_on, assignee, status, outcome, closed_at, closed_by, version, series, repeat_every, repeat_unit, repeat_day,
  repeat_until, waits_for, follows, follow_days, remind_days, taken_from) on tasks to lanyard_web, lanyard_worker;
-- A task of no case has no case to be found by: when it is passed on, the keeper finds it by itself. Of somebody who leaves it counts how many
-- they have.
grant select (id, assignee, status, created_by) on tasks to lanyard_keeper;

-- What a task said before is added to and never changed.
{{protected task_changes by case_id}}
grant select on task_changes to lanyard_web, lanyard_worker, lanyard_reporting;
grant insert on task_changes to lanyard_web, lanyard_worker;
grant select (task_id) on task_changes to lanyard_keeper;

-- When tasks are chased is the authority's to say. Whom a job has told is known to that job alone, which acts with the rights of whoever it tells.
{{table chasing_steps}}
grant select on chasing_steps to lanyard_web, lanyard_worker, lanyard_reporting;
grant insert, update (in_use) on chasing_steps to lanyard_web;
create policy directory_read on chasing_steps for select to lanyard_web, lanyard_worker, lanyard_reporting using ({{signed_in}});
create policy authority_adds on chasing_steps for insert to lanyard_web with check (0 = any ({{administers}}));
create policy authority_changes on chasing_steps for update to lanyard_web using (0 = any ({{administers}}));

{{table chasings}}
grant select, insert, delete on chasings to lanyard_worker;
create policy own on chasings for all to lanyard_worker using (told = any ({{principals}})) with check (told = any ({{principals}}));
create policy tidied on chasings for all to lanyard_worker using ({{principals}} = '{}');
