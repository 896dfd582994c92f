-- The stranger is whoever comes without an account. Its role reads the pages that are open, the forms made for them, and what its own browser
-- holds: a draft whose `holder` (or `code_key`, while somebody comes back to it) is among the keys that the transaction was given, and the
-- files whose `draft_key` is. Keys are hashes with a secret that is not in the database, so nobody who only reaches the database makes one.
-- It reads no record, no user, no team. Sent, a referral is nobody's outside any more.
--
-- Inside, a referral is read and decided by whoever may triage for the post whose `inbox` it is in, and read by the commissioners. Who passes
-- it on to another service lets go of it, which is the keeper's to write, as with every access list (src/access/outside-inboxes.ts).

{{table outside_pages}}
grant select (code, service_area, audience, inbox, commissioners, form_code, name, opening, privacy, what_next, closed_words, state, whole, answer_within,
  keep_draft_days, keep_decided_days, most_an_hour) on outside_pages to lanyard_stranger;
create policy open_to_all on outside_pages for select to lanyard_stranger using (state in ('open', 'closed'));
grant select on outside_pages to lanyard_web, lanyard_worker;
create policy directory_read on outside_pages for select to lanyard_web, lanyard_worker using ({{signed_in}});
grant insert on outside_pages to lanyard_web;
grant update (team_id, inbox, form_code, name, opening, privacy, what_next, closed_words, state, whole, answer_within, keep_draft_days,
  keep_decided_days, most_an_hour, version, changed_at, changed_by) on outside_pages to lanyard_web;
create policy authority_adds on outside_pages for insert to lanyard_web with check (0 = any ({{administers}}));
create policy authority_changes on outside_pages for update to lanyard_web using (0 = any ({{administers}}));

grant select (code, version, status, definition, fingerprint) on form_definitions to lanyard_stranger;
create policy made_for_outside on form_definitions for select to lanyard_stranger
  using (status = 'released' and definition -> 'forOutside' = 'true'::jsonb);

{{table outside_referrals}}
grant select (id, page, number, state, inbox, commissioners, service_area, form_code, form_version, answers, typed, suspected, started_at, saved_at,
  expires_at, sent_at, holder, draft_key, mail_key, code_key, code_expires_at) on outside_referrals to lanyard_stranger;
grant insert (id, page, state, inbox, commissioners, service_area, form_code, form_version, started_at, saved_at, expires_at, holder, draft_key, suspected)
  on outside_referrals to lanyard_stranger;
grant update (number, state, answers, typed, suspected, saved_at, expires_at, sent_at, holder, mail_key, code_key, code_expires_at)
  on outside_referrals to lanyard_stranger;
grant delete on outside_referrals to lanyard_stranger;
create policy own_draft on outside_referrals for select to lanyard_stranger
  using (state = 'draft' and (holder = any ({{stranger}}) or code_key = any ({{stranger}})) or draft_key = any ({{stranger}}));
create policy own_begun on outside_referrals for insert to lanyard_stranger
  with check (state = 'draft' and holder = any ({{stranger}}));
-- By the address alone nothing is read: a new code is put on whatever was saved under it, unseen.
create policy own_changed on outside_referrals for update to lanyard_stranger
  using (state = 'draft' and (holder = any ({{stranger}}) or code_key = any ({{stranger}}) or mail_key = any ({{stranger}})))
  with check (state in ('draft', 'sent')
    and (holder = any ({{stranger}}) or code_key = any ({{stranger}}) or mail_key = any ({{stranger}}) or draft_key = any ({{stranger}})));
create policy own_thrown_away on outside_referrals for delete to lanyard_stranger
  using (state = 'draft' and holder = any ({{stranger}}));
grant select (id, page, number, state, inbox, commissioners, service_area, form_code, form_version, answers, typed, suspected, sent_at, passed_at, passed_by,
  passed_from, passed_note, decided_at, decided_by, decided_reason, decided_note, case_id) on outside_referrals to lanyard_web;
grant update (state, answers, typed, passed_at, passed_by, passed_from, passed_note, decided_at, decided_by, decided_reason, decided_note, case_id)
  on outside_referrals to lanyard_web;
create policy in_the_inbox on outside_referrals for select to lanyard_web
  using (state <> 'draft' and (inbox = any ({{triages}}) or commissioners = any ({{read_principals}})));
create policy decided on outside_referrals for update to lanyard_web
  using (state <> 'draft' and inbox = any ({{triages}})) with check (state <> 'draft' and inbox = any ({{triages}}));
grant select (id, page, number, state, inbox, sent_at, expires_at, decided_at), delete on outside_referrals to lanyard_worker;
create policy looked_over on outside_referrals for select to lanyard_worker using ({{principals}} = '{}');
create policy forgotten on outside_referrals for delete to lanyard_worker using ({{principals}} = '{}' and state <> 'sent');
grant select (id, inbox), update (inbox) on outside_referrals to lanyard_keeper;
create policy kept_read on outside_referrals for select to lanyard_keeper using (state <> 'draft');
create policy kept on outside_referrals for update to lanyard_keeper using (state <> 'draft') with check (state <> 'draft');

{{table outside_files}}
grant select, insert (id, referral_id, draft_key, inbox, commissioners, question, name, content_type, bytes, storage_key, added_at, scan), delete
  on outside_files to lanyard_stranger;
create policy own on outside_files for all to lanyard_stranger
  using (draft_key = any ({{stranger}})) with check (draft_key = any ({{stranger}}));
grant select (id, referral_id, inbox, commissioners, question, name, content_type, bytes, storage_key, added_at, scan, scan_words) on outside_files to lanyard_web;
create policy in_the_inbox on outside_files for select to lanyard_web
  using (inbox = any ({{triages}}) or commissioners = any ({{read_principals}}));
grant select (id, referral_id, storage_key, added_at, scan, scan_started_at), update (scan, scan_started_at, scanned_at, scan_words) on outside_files to lanyard_worker;
-- Taken up, a file is a document of the case and nothing here.
grant delete on outside_files to lanyard_web;
create policy taken_up on outside_files for delete to lanyard_web using (inbox = any ({{triages}}));
create policy scanned on outside_files for all to lanyard_worker using ({{principals}} = '{}') with check ({{principals}} = '{}');
grant select (referral_id, inbox), update (inbox) on outside_files to lanyard_keeper;
create policy kept_read on outside_files for select to lanyard_keeper using (true);
create policy kept on outside_files for update to lanyard_keeper using (true) with check (true);

{{table outside_tries}}
grant select (kind, key, at), insert on outside_tries to lanyard_stranger;
create policy counted on outside_tries for all to lanyard_stranger using (true) with check (true);
grant select (at), delete on outside_tries to lanyard_worker;
create policy forgotten on outside_tries for all to lanyard_worker using ({{principals}} = '{}');
