-- A conversation and everything in it is read by its members who may also read what it is about, at that moment: named_readers holds the
-- members, readers and withheld are those of the case's part. Losing either closes it at once. Members write in it: `editors` holds the same as
-- `readers`, so that whoever a case is shared with to read may answer. What somebody wrote is theirs alone to edit or withdraw.
{{protected conversations by case_id, named}}
grant select on conversations to lanyard_web, lanyard_worker;
grant insert (id, is_direct, subject_type, subject_id, case_id, part, title, started_at, started_by, last_at, named_readers, readers, editors, withheld)
  on conversations to lanyard_web;
grant update (changes, last_at, title) on conversations to lanyard_web;
create policy as_oneself on conversations as restrictive for insert to lanyard_web with check (started_by = {{user_id}});

{{protected conversation_members by case_id, named}}
grant select on conversation_members to lanyard_web, lanyard_worker;
grant insert (conversation_id, user_id, case_id, part, joined_at, added_by, left_at, unread_since, named_readers, readers, editors, withheld)
  on conversation_members to lanyard_web;
grant update (joined_at, added_by, left_at, unread_since) on conversation_members to lanyard_web;

{{protected messages by case_id, named}}
grant select on messages to lanyard_web, lanyard_worker;
grant insert (id, conversation_id, case_id, part, number, change, author_id, sent_at, words, mentioned, named_readers, readers, editors, withheld)
  on messages to lanyard_web;
grant update (change, words, mentioned, edited_at, withdrawn_at) on messages to lanyard_web;
create policy as_oneself on messages as restrictive for insert to lanyard_web with check (author_id = {{user_id}});
create policy own_words on messages as restrictive for update to lanyard_web using (author_id = {{user_id}});

{{protected message_versions by case_id, named}}
grant select on message_versions to lanyard_web, lanyard_worker;
grant insert (id, message_id, conversation_id, case_id, part, words, replaced_at, authors_own, named_readers, readers, editors, withheld)
  on message_versions to lanyard_web;
-- What a message said that is then withdrawn, its author alone reads.
grant update (authors_own, named_readers) on message_versions to lanyard_web;

-- Files that messages bring. Whoever sent one takes it back with the message; the scanner, and whoever removes content of which nothing speaks any more, hold no principal.
{{protected message_files by case_id, named}}
grant select on message_files to lanyard_web, lanyard_worker;
grant insert (id, message_id, conversation_id, case_id, part, file_name, content_type, bytes, storage_key, added_at, added_by, scan, named_readers, readers, editors, withheld)
  on message_files to lanyard_web;
grant update (authors_own, named_readers) on message_files to lanyard_web;
grant update (scan, scan_started_at, scanned_at, scan_words) on message_files to lanyard_worker;
create policy as_oneself on message_files as restrictive for insert to lanyard_web with check (added_by = {{user_id}});
create policy own_file on message_files as restrictive for update to lanyard_web using (added_by = {{user_id}});
create policy scanned on message_files for all to lanyard_worker using ({{principals}} = '{}') with check ({{principals}} = '{}');

-- Who is in a conversation the keeper reads of its members and writes on every row, found by its conversation; and of one about a meeting by what it is about.
grant select (id, subject_type, subject_id, case_id, part, changes), update (named_readers, changes) on conversations to lanyard_keeper;
grant select (conversation_id, user_id, left_at, part), update (named_readers, left_at, unread_since) on conversation_members to lanyard_keeper;
grant select (id, conversation_id, part), update (named_readers) on messages to lanyard_keeper;
grant select (conversation_id, authors_own, part), update (named_readers) on message_versions to lanyard_keeper;
grant select (conversation_id, authors_own, part), update (named_readers) on message_files to lanyard_keeper;

-- Forgetting is the system's, holding no principal, and of no case: those about a case stay with it.
grant delete on conversations to lanyard_worker;
create policy looked_over on conversations for select to lanyard_worker using ({{principals}} = '{}' and case_id is null);
create policy forgotten on conversations for delete to lanyard_worker using ({{principals}} = '{}' and case_id is null);
create policy looked_over on messages for select to lanyard_worker using ({{principals}} = '{}' and case_id is null);

{{table message_retention}}
grant select on message_retention to lanyard_web, lanyard_worker;
grant update (months, changed_at, changed_by) on message_retention to lanyard_web;
create policy heeded on message_retention for select to lanyard_web, lanyard_worker using ({{signed_in}});
create policy authority_changes on message_retention for update to lanyard_web using (0 = any ({{administers}}));
