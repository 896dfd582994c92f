-- Templates are read by those who may use or administer them: everybody's for everybody, an agency's own by its users. They are written by the
-- agency's administrators or the authority's, and never changed once released: what retires a template is a version of its own.
{{table letter_templates}}
grant select on letter_templates to lanyard_web, lanyard_worker, lanyard_reporting;
grant insert on letter_templates to lanyard_web;
grant update (status, title, body, service_area, changed_by, changed_at, released_by, released_at, revision) on letter_templates to lanyard_web;
create policy own_or_everybodys on letter_templates for select to lanyard_web, lanyard_worker, lanyard_reporting
  using ({{signed_in}} and (agency is null or agency = any ({{principals}}) or agency = any ({{administers}}) or 0 = any ({{administers}})));
create policy administrators_add on letter_templates for insert to lanyard_web
  with check (agency = any ({{administers}}) or 0 = any ({{administers}}));
-- `using` looks at the row as it was: the words of a released one are out of reach.
create policy administrators_change_drafts on letter_templates for update to lanyard_web
  using (status = 'draft' and (agency = any ({{administers}}) or 0 = any ({{administers}})))
  with check (agency = any ({{administers}}) or 0 = any ({{administers}}));
-- The templates that come with the product are put in by the owner, from the command line.
{{whole letter_templates to lanyard_owner}}

-- What stands at the head of an agency's letters is no secret: anybody who has had one knows it.
{{table letterheads}}
grant select on letterheads to lanyard_web, lanyard_worker, lanyard_reporting;
grant insert, update (address, telephone, email, website, changed_by, changed_at) on letterheads to lanyard_web;
create policy directory_read on letterheads for select to lanyard_web, lanyard_worker, lanyard_reporting using ({{signed_in}});
create policy administrators_add on letterheads for insert to lanyard_web with check (agency = any ({{administers}}) or 0 = any ({{administers}}));
create policy administrators_change on letterheads for update to lanyard_web using (agency = any ({{administers}}) or 0 = any ({{administers}}));
{{whole letterheads to lanyard_owner}}

-- A draft is its writer's alone, and holds answers of forms: it is theirs only for as long as they may see the case's documents and every section
-- that it follows from. It is saved by being written anew, since the sections that it follows from decide from whom it is withheld.
{{protected letter_drafts by case_id}}
create policy own on letter_drafts as restrictive for all to lanyard_web using (owner = any ({{principals}})) with check (owner = any ({{write_principals}}));
create policy discarded on letter_drafts for delete to lanyard_web using (owner = any ({{principals}}));
grant select, insert, delete on letter_drafts to lanyard_web;
grant select (further_sections) on letter_drafts to lanyard_keeper;

-- No update is granted: what was produced and what was signed stay as they were.
{{protected letters by case_id}}
grant select on letters to lanyard_web, lanyard_worker, lanyard_reporting;
grant insert on letters to lanyard_web;
grant select (document_id, further_sections) on letters to lanyard_keeper;

-- Nobody signs as another user: whoever adds a signature is the one who recorded it.
{{protected signatures by case_id}}
create policy as_oneself on signatures as restrictive for insert to lanyard_web with check (recorded_by = {{user_id}});
grant select on signatures to lanyard_web, lanyard_worker, lanyard_reporting;
grant insert on signatures to lanyard_web;
grant select (part, subject_id, further_sections) on signatures to lanyard_keeper;
