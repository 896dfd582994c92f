-- Who may do what to the database. Roles belong to the whole cluster; grants and policies to one authority's schema.
--
--   lanyard_owner      owns every table and runs migrations. Nothing that serves people logs in as the owner.
--   lanyard_web        serves pages. Sees and writes only what row-level security lets its actor see and write.
--   lanyard_gate       lets people in: reads password hashes, sessions and posts. Never reads a person's record.
--   lanyard_keeper     keeps who may see what: writes readers, editors and withheld on any row, grants, withholdings, windows and
--                      search tokens; makes the rows of one record another's when the two are merged; reads nothing of a record but,
--                      from the audit, who opened a case and when, until which day somebody's address is secret, and whom items of
--                      meetings are about: from whom one is kept, the next about the same people is.
--                      No one logs in as the keeper; the web and worker roles step into it for one statement at a time.
--   lanyard_stranger   serves the pages for people without an account: reads those pages and their forms, and what its own browser writes on
--                      them. Reads no record, no user and no team, and asks for no job.
--   lanyard_worker     runs jobs: mail, sealing the audit, tidying up. Acts under row-level security like the web.
--   lanyard_reporting  reads, under row-level security, from a standby where there is one.
--
-- None may create roles or databases, none bypasses row-level security, none may change or delete an audit event.
do $roles$
declare wanted text;
begin
  foreach wanted in array array['lanyard_owner', 'lanyard_web', 'lanyard_gate', 'lanyard_keeper', 'lanyard_stranger', 'lanyard_worker', 'lanyard_reporting'] loop
    if not exists (select from pg_roles where rolname = wanted) then
      execute format('create role %I nologin noinherit nosuperuser nocreatedb nocreaterole', wanted);
    end if;
  end loop;
  if not pg_has_role('lanyard_web', 'lanyard_keeper', 'member') then grant lanyard_keeper to lanyard_web; end if;
  if not pg_has_role('lanyard_worker', 'lanyard_keeper', 'member') then grant lanyard_keeper to lanyard_worker; end if;
  if not pg_has_role(current_user, 'lanyard_owner', 'member') then
    execute format('grant lanyard_owner to %I', current_user);
  end if;
end
$roles$;
