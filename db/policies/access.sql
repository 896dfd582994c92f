-- Grants and withholdings are read and written by those who may edit the case, never by those it was merely shared with to read, and
-- never by anybody from whom it is withheld. That a service is involved is read by those who may see existence.

{{protected access_grants by case_id}}
grant select on access_grants to lanyard_web, lanyard_worker, lanyard_keeper;
grant insert on access_grants to lanyard_web, lanyard_worker, lanyard_keeper;
grant update (ended_at, ended_by, ended_reason) on access_grants to lanyard_web, lanyard_worker, lanyard_keeper;
-- Break-glass is granted by somebody who cannot yet edit the case.
create policy kept_added on access_grants for insert to lanyard_keeper with check (true);

{{protected withholdings by case_id}}
grant select on withholdings to lanyard_web, lanyard_worker, lanyard_keeper;
grant insert on withholdings to lanyard_web;
grant update (ended_at, ended_by) on withholdings to lanyard_web;

{{protected involvements by case_id}}
grant select on involvements to lanyard_web, lanyard_worker, lanyard_reporting;
grant insert on involvements to lanyard_web, lanyard_worker;
grant update (team_id, closed_on) on involvements to lanyard_web, lanyard_worker;
