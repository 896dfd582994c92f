-- Agencies, teams, users, roles and posts are a directory: anyone signed in may read who works where.
-- Only an administrator of an agency writes its teams, users and posts (E3): the actor's `administers` names those agencies.
-- Credentials, sessions and sign-in are the gate's alone. Audit events are added by all, read by those who may audit that agency,
-- and changed by nobody.

-- What each application role may touch is listed, never `all`; no delete is granted except where a row is not a record of anything.

grant select on principals, authorities, service_areas, agencies, teams, team_services, roles, users, posts, held_principals
  to lanyard_web, lanyard_worker, lanyard_reporting, lanyard_gate, lanyard_keeper;

grant insert (kind) on principals to lanyard_web, lanyard_worker, lanyard_keeper;
grant insert (id, principal, agency, name, telephone) on teams to lanyard_web;
grant update (name, telephone, disabled_at) on teams to lanyard_web;
grant insert (team_id, agency, service_area, principal) on team_services to lanyard_web;
grant insert (id, principal, agency, name, email, job_title, telephone, status, created_by, created_at) on users to lanyard_web;
grant update (name, email, job_title, telephone, status, disabled_reason, disabled_at, disabled_by, disabled_by_authority, version) on users to lanyard_web;
grant insert (id, user_id, team_id, agency, service_area, role_id, started_at) on posts to lanyard_web;
grant update (ended_at, ended_by) on posts to lanyard_web;
grant insert (id, principal, name, kind, is_authority, manages_own_users, telephone, out_of_hours_telephone, terms, terms_version) on agencies to lanyard_web;
grant update (name, kind, manages_own_users, telephone, out_of_hours_telephone, terms, terms_version, disabled_at) on agencies to lanyard_web;
grant insert (id, name, description, capabilities, factor_needed, authority_only, agency) on roles to lanyard_web;
grant update (name, description, capabilities, factor_needed, authority_only, version) on roles to lanyard_web;
grant update (last_sign_in_at, status) on users to lanyard_gate;
grant insert, delete on held_principals to lanyard_keeper;
grant update (starts_at, ends_at, agency) on held_principals to lanyard_keeper;

{{table principals}}
create policy directory_read on principals for select to lanyard_web, lanyard_worker, lanyard_reporting using ({{signed_in}});
create policy directory_add on principals for insert to lanyard_web, lanyard_worker with check ({{signed_in}});
{{whole principals to lanyard_gate, lanyard_keeper}}

{{table authorities}}
grant update (proof_minutes) on authorities to lanyard_web;
create policy authority_sets on authorities for update to lanyard_web using (0 = any ({{administers}}));
create policy directory_read on authorities for select to lanyard_web, lanyard_worker, lanyard_reporting using ({{signed_in}});
create policy gate_reads on authorities for select to lanyard_gate, lanyard_keeper using (true);

{{table service_areas}}
create policy directory_read on service_areas for select to lanyard_web, lanyard_worker, lanyard_reporting using ({{signed_in}});
create policy gate_reads on service_areas for select to lanyard_gate, lanyard_keeper using (true);

{{table agencies}}
create policy directory_read on agencies for select to lanyard_web, lanyard_worker, lanyard_reporting using ({{signed_in}});
create policy gate_reads on agencies for select to lanyard_gate, lanyard_keeper using (true);
create policy administered_change on agencies for update to lanyard_web using (principal = any ({{administers}}));
-- 0 among the administered agencies stands for the authority itself: only it may add agencies and roles.
create policy authority_adds on agencies for insert to lanyard_web with check (0 = any ({{administers}}));

{{table teams}}
create policy directory_read on teams for select to lanyard_web, lanyard_worker, lanyard_reporting using ({{signed_in}});
create policy gate_reads on teams for select to lanyard_gate, lanyard_keeper using (true);
create policy administered_add on teams for insert to lanyard_web with check (agency = any ({{administers}}));
create policy administered_change on teams for update to lanyard_web using (agency = any ({{administers}}));

{{table team_services}}
create policy directory_read on team_services for select to lanyard_web, lanyard_worker, lanyard_reporting using ({{signed_in}});
create policy gate_reads on team_services for select to lanyard_gate, lanyard_keeper using (true);
create policy administered_add on team_services for insert to lanyard_web with check (agency = any ({{administers}}));

{{table roles}}
create policy directory_read on roles for select to lanyard_web, lanyard_worker, lanyard_reporting using ({{signed_in}});
create policy gate_reads on roles for select to lanyard_gate, lanyard_keeper using (true);
create policy authority_adds on roles for insert to lanyard_web with check (0 = any ({{administers}}));
create policy authority_changes on roles for update to lanyard_web using (0 = any ({{administers}}));
-- An agency's own roles are its administrators', without what reaches beyond it (src/admin/rights.ts names the same).
create policy agency_adds on roles for insert to lanyard_web with check (agency = any ({{administers}})
  and (capabilities && '{manage-authority,commission,read-all-audit,manage-settings,break-glass}'::text[]) is not true);
create policy agency_changes on roles for update to lanyard_web using (agency = any ({{administers}})) with check (agency = any ({{administers}})
  and (capabilities && '{manage-authority,commission,read-all-audit,manage-settings,break-glass}'::text[]) is not true);

{{table users}}
create policy directory_read on users for select to lanyard_web, lanyard_worker, lanyard_reporting using ({{signed_in}});
create policy gate_reads on users for select to lanyard_gate, lanyard_keeper using (true);
create policy gate_marks on users for update to lanyard_gate using (true);
create policy administered_add on users for insert to lanyard_web with check (agency = any ({{administers}}));
-- `using` looks at the row as it was: whom the authority disabled is out of reach of their own agency. `with check` keeps an agency from
-- doing so in the authority's name.
create policy administered_change on users for update to lanyard_web
  using (agency = any ({{administers}}) and (not disabled_by_authority or 0 = any ({{administers}})))
  with check (agency = any ({{administers}}) and (not disabled_by_authority or 0 = any ({{administers}})));

{{table posts}}
create policy directory_read on posts for select to lanyard_web, lanyard_worker, lanyard_reporting using ({{signed_in}});
create policy gate_reads on posts for select to lanyard_gate, lanyard_keeper using (true);
create policy administered_add on posts for insert to lanyard_web with check (agency = any ({{administers}}));
create policy administered_end on posts for update to lanyard_web using (agency = any ({{administers}}));

{{table held_principals}}
create policy directory_read on held_principals for select to lanyard_web, lanyard_worker, lanyard_reporting using ({{signed_in}});
{{whole held_principals to lanyard_gate, lanyard_keeper}}

-- Who has left an agency at the moment at which they are being given something: the keeper's own (src/access/left-meanwhile.ts).
grant select, insert, update (in_transaction) on leavings to lanyard_keeper;
{{table leavings}}
{{whole leavings to lanyard_keeper}}

-- The gate's own tables.
grant select, insert, update on credentials, recovery_codes, sessions, password_resets, sign_in_attempts, terms_acceptances, held_posts to lanyard_gate;
grant delete on recovery_codes, held_posts, sign_in_attempts, password_resets, sessions to lanyard_gate;
{{table credentials}}
{{whole credentials to lanyard_gate}}
{{table recovery_codes}}
{{whole recovery_codes to lanyard_gate}}
{{table sessions}}
{{whole sessions to lanyard_gate}}
{{table password_resets}}
{{whole password_resets to lanyard_gate}}
{{table sign_in_attempts}}
{{whole sign_in_attempts to lanyard_gate}}
{{table terms_acceptances}}
{{whole terms_acceptances to lanyard_gate}}
{{table held_posts}}
{{whole held_posts to lanyard_gate}}

-- A submission belongs to whoever made it.
grant select, insert (once, owner), update (location) on submissions to lanyard_web;
grant select, delete on submissions to lanyard_worker;
{{table submissions}}
create policy own on submissions for all to lanyard_web using (owner = any ({{principals}})) with check (owner = any ({{principals}}));
create policy tidied on submissions for all to lanyard_worker using (true);

-- Audit: add only. No update and no delete is granted to anybody.
grant insert (at, user_id, agency, actor, action, subject_type, subject_id, person_id, case_id, detail, request_id, address)
  on audit_events to lanyard_web, lanyard_worker, lanyard_gate;
grant select on audit_events to lanyard_web, lanyard_worker;
grant select, insert on audit_chain to lanyard_worker;
grant select, insert, update (sealed_through, candidate, candidate_at, candidate_transaction) on audit_marks to lanyard_worker;
{{table audit_events}}
-- Nobody's name but one's own: the system itself has none. The gate speaks of people who are not in yet.
create policy added on audit_events for insert to lanyard_web, lanyard_worker with check (user_id is not distinct from {{user_id}});
create policy added_at_the_gate on audit_events for insert to lanyard_gate with check (true);
create policy audited on audit_events for select to lanyard_web using (agency = any ({{audits}}) or 0 = any ({{audits}}));
create policy sealed on audit_events for select to lanyard_worker using (true);
-- Who opened a case, and when, for those who answer for it: not what they read (src/access/openings.ts).
grant select (at, user_id, agency, actor, action, case_id, request_id) on audit_events to lanyard_keeper;
create policy told_to_owners on audit_events for select to lanyard_keeper using (case_id is not null);
{{table audit_chain}}
create policy sealed on audit_chain for all to lanyard_worker using (true);
{{table audit_marks}}
{{whole audit_marks to lanyard_worker}}

-- The list of migrations is the owner's. Whoever serves looks whether the database is of its own release.
{{table migrations}}
grant select (name) on migrations to lanyard_gate;
create policy gate_reads on migrations for select to lanyard_gate using (true);
{{whole migrations to lanyard_owner}}

-- Setting up an authority is the owner's, from the command line: who the council is, its first roles and its first administrator.
{{whole principals to lanyard_owner}}
{{whole authorities to lanyard_owner}}
{{whole service_areas to lanyard_owner}}
{{whole agencies to lanyard_owner}}
{{whole teams to lanyard_owner}}
{{whole team_services to lanyard_owner}}
{{whole roles to lanyard_owner}}
{{whole users to lanyard_owner}}
{{whole posts to lanyard_owner}}
{{whole credentials to lanyard_owner}}
