-- A group, its sessions and a programme are about no person. They are seen by whoever they are open to: their team, its agency, or everybody
-- who reads records; and changed by those who run them. Who has a place, who came, what came of it and how far somebody is in a programme
-- belong to each person's case, and are seen and changed with that part of it. Being a facilitator opens nobody's case (decision 22).
--
-- What these policies do not hold: that a session, a facilitator or a module carries the lists of the group or programme that it names. A policy
-- reads one row and no other, so `run_by`, as it is written, is only held to be the writer's own, and an update may write any lists. Code alone ties
-- them: `addSessions` copies the lists in the statement that inserts, `changeGroup` and `writeFacilitators` write those of the team, and every page that
-- leads there asks first whether the actor runs the group (`withOwnGroup`). groups.test.ts proves that no page lets anybody else do it.
{{table groups}}
grant select on groups to lanyard_web, lanyard_worker, lanyard_reporting;
grant insert, update (name, about, programme_id, place, capacity, open_to, seen_by, run_by, version, ended_at, ended_by, ended_because) on groups to lanyard_web;
create policy open_to_them on groups for select to lanyard_web, lanyard_worker, lanyard_reporting
  using (seen_by && {{read_principals}} or open_to = 'everyone' and cardinality({{read_principals}}) > 0);
create policy added_by_its_team on groups for insert to lanyard_web with check (run_by && {{write_principals}});
create policy changed_by_those_who_run_it on groups for update to lanyard_web using (run_by && {{write_principals}}) with check (true);

{{table group_sessions}}
grant select on group_sessions to lanyard_web, lanyard_worker, lanyard_reporting;
grant insert, update (starts_at, ends_at, place, topic, module_id, open_to, seen_by, run_by, version, cancelled_at, cancelled_by, cancelled_because)
  on group_sessions to lanyard_web;
create policy open_to_them on group_sessions for select to lanyard_web, lanyard_worker, lanyard_reporting
  using (seen_by && {{read_principals}} or open_to = 'everyone' and cardinality({{read_principals}}) > 0);
create policy added_by_those_who_run_it on group_sessions for insert to lanyard_web with check (run_by && {{write_principals}});
create policy changed_by_those_who_run_it on group_sessions for update to lanyard_web using (run_by && {{write_principals}}) with check (true);

-- Which colleague facilitates which group: read beside the group, whose own rule says who sees it.
{{table group_facilitators}}
grant select on group_facilitators to lanyard_web, lanyard_worker, lanyard_reporting;
grant insert, update (run_by, added_at, added_by, ended_at) on group_facilitators to lanyard_web;
create policy directory_read on group_facilitators for select to lanyard_web, lanyard_worker, lanyard_reporting
  using (cardinality({{read_principals}}) > 0);
create policy added_by_those_who_run_it on group_facilitators for insert to lanyard_web with check (run_by && {{write_principals}});
create policy changed_by_those_who_run_it on group_facilitators for update to lanyard_web using (run_by && {{write_principals}}) with check (true);

{{table programmes}}
grant select on programmes to lanyard_web, lanyard_worker, lanyard_reporting;
grant insert, update (name, about, open_to, seen_by, run_by, version, withdrawn_at) on programmes to lanyard_web;
create policy open_to_them on programmes for select to lanyard_web, lanyard_worker, lanyard_reporting
  using (seen_by && {{read_principals}} or open_to = 'everyone' and cardinality({{read_principals}}) > 0);
create policy added_by_its_team on programmes for insert to lanyard_web with check (run_by && {{write_principals}});
create policy changed_by_its_team on programmes for update to lanyard_web using (run_by && {{write_principals}}) with check (true);

{{table programme_modules}}
grant select on programme_modules to lanyard_web, lanyard_worker, lanyard_reporting;
grant insert, update (position, title, about, is_needed, withdrawn_at, open_to, seen_by, run_by) on programme_modules to lanyard_web;
create policy open_to_them on programme_modules for select to lanyard_web, lanyard_worker, lanyard_reporting
  using (seen_by && {{read_principals}} or open_to = 'everyone' and cardinality({{read_principals}}) > 0);
create policy added_by_its_team on programme_modules for insert to lanyard_web with check (run_by && {{write_principals}});
create policy changed_by_its_team on programme_modules for update to lanyard_web using (run_by && {{write_principals}}) with check (true);

-- Places are counted by the keeper, which reads which group, whether they wait and since when, and who answers for them: never who they are.
{{protected group_bookings by case_id}}
grant select on group_bookings to lanyard_web, lanyard_worker, lanyard_reporting;
grant insert on group_bookings to lanyard_web, lanyard_worker;
grant update (status, needs, placed_at, ended_at, ended_by, outcome, outcome_words) on group_bookings to lanyard_web, lanyard_worker;
grant select (id, group_id, status, asked_at, asked_by) on group_bookings to lanyard_keeper;

{{protected group_attendances by case_id}}
grant select on group_attendances to lanyard_web, lanyard_worker, lanyard_reporting;
grant insert on group_attendances to lanyard_web, lanyard_worker;
grant update (replaced_at) on group_attendances to lanyard_web, lanyard_worker;

{{protected group_session_tellings by case_id}}
grant select on group_session_tellings to lanyard_web, lanyard_worker, lanyard_reporting;
grant insert on group_session_tellings to lanyard_web;
grant update (taken_back_at) on group_session_tellings to lanyard_web;

{{protected programme_courses by case_id}}
grant select on programme_courses to lanyard_web, lanyard_worker, lanyard_reporting;
grant insert on programme_courses to lanyard_web, lanyard_worker;
grant update (status, ended_on, ended_by, ended_words) on programme_courses to lanyard_web, lanyard_worker;

{{protected module_completions by case_id}}
grant select on module_completions to lanyard_web, lanyard_worker, lanyard_reporting;
grant insert on module_completions to lanyard_web, lanyard_worker;
grant update (withdrawn_at, withdrawn_because) on module_completions to lanyard_web, lanyard_worker;
