-- What can be found by its words is read by whoever may read what it was taken from: it carries the same lists, and those named on a
-- restricted note. It is written by whoever writes that, in the same transaction. An index: what is withdrawn is taken out of it.
{{protected texts by case_id, named}}
grant select on texts to lanyard_web, lanyard_worker, lanyard_reporting;
grant insert (source, source_id, place, case_id, person_id, part, answer_set_id, section, further_sections, kind, heading, name, words, author_id, at, recorded_at,
  service_area, named_readers, readers, editors, withheld) on texts to lanyard_web, lanyard_worker;
grant update (kind, heading, name, words, author_id, at, recorded_at) on texts to lanyard_web, lanyard_worker;
-- Those named may let further people read it, or fewer.
grant update (named_readers) on texts to lanyard_web;
grant select (part, answer_set_id, section, further_sections, source_id) on texts to lanyard_keeper;
-- Of a message it is found by the members of its conversation, and written by all of them (messages.sql).
grant select (source), update (named_readers) on texts to lanyard_keeper;
-- It goes with its case, or its task, to the record that is kept when two are merged.
grant select (id, case_id, person_id), update (person_id) on texts to lanyard_keeper;
-- It is found by the service of its case, whichever of its sections is withheld from whoever passes the case on.
grant select (service_area), update (service_area) on texts to lanyard_keeper;
grant delete on texts to lanyard_web, lanyard_worker;
create policy taken_out on texts for delete to lanyard_web, lanyard_worker
  using (editors && {{write_principals}} and (withheld && {{principals}}) is not true and (named_readers is null or named_readers && {{principals}}));

-- The words in files, and in forms from before there was an index, are read by the system itself: signed in as nobody, holding no principal.
-- The lists are those of the row that it reads.
create policy filled on texts for all to lanyard_worker using ({{principals}} = '{}') with check ({{principals}} = '{}');
create policy read_for_words on documents for select to lanyard_worker using ({{principals}} = '{}');
-- A document that is put back on file has its words read again.
grant update (words_read) on document_versions to lanyard_web, lanyard_worker;
create policy read_for_words on answer_sets for select to lanyard_worker using ({{principals}} = '{}');
create policy read_for_words on cases for select to lanyard_worker using ({{principals}} = '{}');
create policy read_for_words on answer_sections for select to lanyard_worker using ({{principals}} = '{}');

-- A saved search is its owner's, and read by the team that it is shared with. Sharing, and taking a shared one away, changes what a team is
-- offered, so it needs the right to change something there. When somebody last looked is theirs alone.
{{table saved_searches}}
grant select, insert, delete on saved_searches to lanyard_web;
create policy own_or_the_teams on saved_searches for select to lanyard_web using (user_id = {{user_id}} or team = any ({{read_principals}}));
create policy own_added on saved_searches for insert to lanyard_web
  with check (user_id = {{user_id}} and (team is null or team = any ({{write_principals}})));
create policy own_or_shared_removed on saved_searches for delete to lanyard_web using (user_id = {{user_id}} or team = any ({{write_principals}}));

{{table saved_search_looks}}
grant select, insert, update (looked_at) on saved_search_looks to lanyard_web;
create policy own on saved_search_looks for all to lanyard_web using (user_id = {{user_id}}) with check (user_id = {{user_id}});
