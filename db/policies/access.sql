-- Grants and withholdings are read and ended by those whose case it is, and read by the commissioners; never by those it was shared with, and never by
-- anybody from whom it is withheld; a withholding's reason is not read by those whom it keeps out. Both decide what others see, so only the
-- keeper adds them, after src/access has asked whether the case is the actor's own: no row with lists of somebody's own making can
-- open one. That a service is involved is read by those who may see existence.

{{protected access_grants by case_id}}
grant select on access_grants to lanyard_web, lanyard_worker, lanyard_keeper;
grant update (ended_at, ended_by, ended_reason) on access_grants to lanyard_web, lanyard_worker, lanyard_keeper;
grant insert on access_grants to lanyard_keeper;
create policy kept_added on access_grants for insert to lanyard_keeper with check (true);

{{protected withholdings by case_id}}
grant select on withholdings to lanyard_web, lanyard_worker, lanyard_keeper;
grant update (ended_at, ended_by, ended_reason) on withholdings to lanyard_web, lanyard_worker;
grant insert on withholdings to lanyard_keeper;
create policy kept_added on withholdings for insert to lanyard_keeper with check (true);

{{protected involvements by case_id}}
grant select on involvements to lanyard_web, lanyard_worker, lanyard_reporting;
grant insert on involvements to lanyard_web, lanyard_worker;
grant update (team_id, closed_on) on involvements to lanyard_web, lanyard_worker;
