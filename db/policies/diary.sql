-- An appointment is read and changed like any other part of its case: `appointments`, as a share can name it. What it was before is added to.
{{protected appointments by case_id}}
grant select on appointments to lanyard_web, lanyard_worker, lanyard_reporting;
-- Of somebody who leaves the keeper counts how many they have to come.
grant select (worker_id, status, starts_at) on appointments to lanyard_keeper;
grant insert on appointments to lanyard_web, lanyard_worker;
grant update (worker_id, starts_at, ends_at, place, safety, purpose, status, cancelled_by, outcome, closed_at, closed_by, note_id, task_id, version)
  on appointments to lanyard_web, lanyard_worker;

{{protected appointment_changes by case_id}}
grant select on appointment_changes to lanyard_web, lanyard_worker, lanyard_reporting;
grant insert on appointment_changes to lanyard_web, lanyard_worker;

{{table attendance_rules}}
grant select on attendance_rules to lanyard_web, lanyard_worker, lanyard_reporting;
grant insert, update (action, days, words, source, verified, withdrawn_at) on attendance_rules to lanyard_web;
create policy directory_read on attendance_rules for select to lanyard_web, lanyard_worker, lanyard_reporting using ({{signed_in}});
create policy authority_adds on attendance_rules for insert to lanyard_web with check (0 = any ({{administers}}));
create policy authority_changes on attendance_rules for update to lanyard_web using (0 = any ({{administers}}));

-- Who is out is known to their team, to whoever goes with them, and once they are overdue to whoever was told to look for them, whatever cases
-- these may see: the row names nobody whom they visit. Each of them who may record may say that somebody is back. The system itself, holding no principal, looks for those who are overdue; it learns nothing of a case by that.
{{table visits_out}}
grant select, insert on visits_out to lanyard_web, lanyard_worker;
grant update (expected_back_at, whereabouts, back_at, back_by, back_words) on visits_out to lanyard_web, lanyard_worker;
grant update (told, told_at, looked_for_by) on visits_out to lanyard_worker;
create policy of_the_team on visits_out for select to lanyard_web, lanyard_worker
  using (team = any ({{read_principals}}) or {{user_id}} in (user_id, second_worker) or looked_for_by && {{read_principals}});
create policy sets_out on visits_out for insert to lanyard_web, lanyard_worker
  with check (user_id = {{user_id}} and team = any ({{write_principals}}));
create policy comes_back on visits_out for update to lanyard_web, lanyard_worker
  using (team = any ({{write_principals}}) or ({{user_id}} in (user_id, second_worker) and {{write_principals}} <> '{}')
    or looked_for_by && {{write_principals}});
create policy looked_for on visits_out for select to lanyard_worker using ({{principals}} = '{}');
create policy missed on visits_out for update to lanyard_worker using ({{principals}} = '{}');

-- Drop-ins and outreach belong to the team that did them. What was recorded is never changed: it is struck out, or linked to a record.
{{table drop_ins}}
grant select, insert on drop_ins to lanyard_web, lanyard_worker;
grant select on drop_ins to lanyard_reporting;
grant update (linked_at, linked_by, note_id, struck_out_at, struck_out_by, struck_out_because) on drop_ins to lanyard_web, lanyard_worker;
create policy of_the_team on drop_ins for select to lanyard_web, lanyard_worker, lanyard_reporting using (team = any ({{read_principals}}));
create policy recorded on drop_ins for insert to lanyard_web, lanyard_worker with check (team = any ({{write_principals}}));
create policy followed_up on drop_ins for update to lanyard_web, lanyard_worker using (team = any ({{write_principals}}));

{{table outreach_sessions}}
grant select, insert on outreach_sessions to lanyard_web, lanyard_worker;
grant select on outreach_sessions to lanyard_reporting;
grant update (struck_out_at, struck_out_by, struck_out_because) on outreach_sessions to lanyard_web, lanyard_worker;
create policy of_the_team on outreach_sessions for select to lanyard_web, lanyard_worker, lanyard_reporting using (team = any ({{read_principals}}));
create policy recorded on outreach_sessions for insert to lanyard_web, lanyard_worker with check (team = any ({{write_principals}}));
create policy followed_up on outreach_sessions for update to lanyard_web, lanyard_worker using (team = any ({{write_principals}}));

-- A calendar's address is made, made anew and turned off by its user. A calendar program knocks without a session: the gate finds whose
-- address it is, and ends it with the account.
{{table calendar_feeds}}
grant select (user_id, made_at, last_read_at), insert (user_id, token_hash, made_at), update (token_hash, made_at, last_read_at), delete
  on calendar_feeds to lanyard_web;
grant select, update (last_read_at), delete on calendar_feeds to lanyard_gate;
create policy own on calendar_feeds for all to lanyard_web using (user_id = {{user_id}}) with check (user_id = {{user_id}});
{{whole calendar_feeds to lanyard_gate}}
