-- An import is seen by whoever began it, and by those who hold every post that it may bring cases to and so read all that it holds anyway.
-- What it took over carries its own lists like any other record. Problems and doubts are notes about a file, made anew by each check.

{{table imports}}
grant select, insert on imports to lanyard_web, lanyard_worker;
grant update (people_without_case, columns, mapping_name, state, stopped_in, stopped_because, runner, progress, checked, result, kept, checked_at, run_at, undone_at)
  on imports to lanyard_web, lanyard_worker;
create policy own on imports for select to lanyard_web, lanyard_worker
  using (owner = any ({{principals}}) or (posts <> '{}' and posts <@ {{read_principals}}));
create policy begun on imports for insert to lanyard_web, lanyard_worker with check (owner = any ({{write_principals}}) and posts <@ {{write_principals}});
create policy carried_on on imports for update to lanyard_web, lanyard_worker
  using (owner = any ({{write_principals}}) or (posts <> '{}' and posts <@ {{write_principals}}));
-- Tidying up is the system's own, signed in as nobody: the files of an import are not kept for ever, nor the values shown of them.
grant update (files, files_removed_at) on imports to lanyard_worker;
create policy looked_over on imports for select to lanyard_worker using ({{principals}} = '{}');
create policy tidied on imports for update to lanyard_worker using ({{principals}} = '{}');

-- Never deleted: an undone key stays, and says that the row was once taken over.
{{table import_keys}}
grant select, insert, update (undone_at) on import_keys to lanyard_web, lanyard_worker;
create policy own on import_keys for select to lanyard_web, lanyard_worker using (owner = any ({{principals}}) or post = any ({{read_principals}}));
create policy taken_over on import_keys for insert to lanyard_web, lanyard_worker with check (post = any ({{write_principals}}));
create policy undone on import_keys for update to lanyard_web, lanyard_worker using (post = any ({{write_principals}}));

{{table import_problems}}
grant select, insert, delete on import_problems to lanyard_web, lanyard_worker;
create policy own on import_problems for all to lanyard_web, lanyard_worker
  using (owner = any ({{principals}}) or (posts <> '{}' and posts <@ {{read_principals}}))
  with check (owner = any ({{write_principals}}) or (posts <> '{}' and posts <@ {{write_principals}}));

{{table import_doubts}}
grant select, insert, delete, update (external_key, shown, candidates, best, decision, chosen, decided_by, decided_at) on import_doubts to lanyard_web, lanyard_worker;
create policy own on import_doubts for all to lanyard_web, lanyard_worker
  using (owner = any ({{principals}}) or (posts <> '{}' and posts <@ {{read_principals}}))
  with check (owner = any ({{write_principals}}) or (posts <> '{}' and posts <@ {{write_principals}}));

-- Column names are nobody's secret; an agency keeps its own.
{{table import_mappings}}
grant select, insert, update (headings, saved_by, saved_at) on import_mappings to lanyard_web, lanyard_worker;
create policy own on import_mappings for all to lanyard_web, lanyard_worker using (agency = any ({{principals}})) with check (agency = any ({{write_principals}}));

-- An import that is undone takes its cases and people out of sight: whoever may change a record marks it, and the keeper, who must know of
-- the mark, empties its lists. Nothing is deleted.
grant update (removed_at) on cases to lanyard_web, lanyard_worker;
grant select (removed_at) on cases, people to lanyard_keeper;
