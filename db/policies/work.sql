-- Who works with a case, and what was said of it in supervision, is read and kept with the case. Who covers for whom is known in the team
-- and to the two. A saved view is its owner's, and read by the team that it is shared with; when somebody last looked at their work is
-- theirs alone, and how far a handing on of many cases has come is known to whoever began it.

{{protected case_offers by case_id}}
grant select on case_offers to lanyard_web, lanyard_worker, lanyard_reporting;
grant insert on case_offers to lanyard_web, lanyard_worker;
grant update (answer, answered_at, declined_because) on case_offers to lanyard_web, lanyard_worker;

{{protected co_workers by case_id}}
grant select on co_workers to lanyard_web, lanyard_worker, lanyard_reporting;
grant insert on co_workers to lanyard_web, lanyard_worker;
grant update (to_on, ended_at, ended_by, ended_because) on co_workers to lanyard_web, lanyard_worker;

{{protected supervisions by case_id}}
grant select on supervisions to lanyard_web, lanyard_worker, lanyard_reporting;
grant insert on supervisions to lanyard_web, lanyard_worker;

{{table covers}}
grant select on covers to lanyard_web, lanyard_worker, lanyard_reporting;
grant insert, update (ended_at, ended_by) on covers to lanyard_web, lanyard_worker;
create policy known_to_those_concerned on covers for select to lanyard_web, lanyard_worker, lanyard_reporting
  using (team = any ({{principals}}) or worker_id = {{user_id}} or covered_by = {{user_id}});
create policy kept_in_the_team on covers for insert to lanyard_web with check (team = any ({{write_principals}}));
create policy ended_in_the_team on covers for update to lanyard_web, lanyard_worker using (team = any ({{write_principals}}));

{{table risk_weights}}
grant select on risk_weights to lanyard_web, lanyard_worker, lanyard_reporting;
grant update (weight, source, verified) on risk_weights to lanyard_web;
create policy directory_read on risk_weights for select to lanyard_web, lanyard_worker, lanyard_reporting using ({{signed_in}});
create policy authority_changes on risk_weights for update to lanyard_web using (0 = any ({{administers}}));

-- A view that is shared changes what a team is offered, so sharing needs the right to change something there.
{{table saved_views}}
grant select, insert, delete on saved_views to lanyard_web;
create policy own_or_the_teams on saved_views for select to lanyard_web using (user_id = {{user_id}} or team = any ({{read_principals}}));
create policy own_added on saved_views for insert to lanyard_web
  with check (user_id = {{user_id}} and (team is null or team = any ({{write_principals}})));
create policy own_removed on saved_views for delete to lanyard_web using (user_id = {{user_id}});

{{table work_visits}}
grant select, insert, update (day, last_at, before_at) on work_visits to lanyard_web;
create policy own on work_visits for all to lanyard_web using (user_id = {{user_id}}) with check (user_id = {{user_id}});

{{table reassignments}}
grant select, insert, update (finished_at) on reassignments to lanyard_web, lanyard_worker;
create policy own on reassignments for all to lanyard_web, lanyard_worker using (user_id = {{user_id}}) with check (user_id = {{user_id}});

{{table reassignment_items}}
grant select, insert, update (outcome, refusal) on reassignment_items to lanyard_web, lanyard_worker;
create policy own on reassignment_items for all to lanyard_web, lanyard_worker using (user_id = {{user_id}}) with check (user_id = {{user_id}});
