-- Meetings of several agencies (decision 25). That there is a series, which agencies sit in it and who for them is a directory, open to whoever reads
-- records: they may have to refer to it. Its dates are known to those who sit in it and those who run it. Only the authority sets up a series; it and
-- those who run it change it, and they keep the rest. Rows of an item carry access lists of their own, which follow from the item and from nobody's case: written by the keeper.
{{table meeting_series}}
grant select on meeting_series to lanyard_web, lanyard_worker, lanyard_reporting;
grant insert on meeting_series to lanyard_web;
grant update (name, place, weeks, starts_at, item_minutes, quorum, research_days, closes_after_days, repeat_months, repeat_anchor, adult_women, review_rules,
  version)
  on meeting_series to lanyard_web;
create policy directory_read on meeting_series for select to lanyard_web, lanyard_worker, lanyard_reporting
  using (cardinality({{read_principals}}) > 0 or 0 = any ({{administers}}));
create policy authority_adds on meeting_series for insert to lanyard_web with check (0 = any ({{administers}}));
create policy changed_by_those_who_run_it on meeting_series for update to lanyard_web
  using (running = any ({{write_principals}}) or 0 = any ({{administers}}));
-- Which parts an item has goes by its kind: what is kept of one is kept of another about the same people.
grant select (id, kind) on meeting_series to lanyard_keeper;
create policy kept_read on meeting_series for select to lanyard_keeper using (true);

{{table meeting_seats}}
grant select on meeting_seats to lanyard_web, lanyard_worker, lanyard_reporting, lanyard_keeper;
grant insert, update (category, ended_at, ended_by, ended_reason) on meeting_seats to lanyard_web;
create policy directory_read on meeting_seats for select to lanyard_web, lanyard_worker, lanyard_reporting
  using (cardinality({{read_principals}}) > 0 or 0 = any ({{administers}}));
create policy kept_read on meeting_seats for select to lanyard_keeper using (true);
create policy added_by_those_who_run_it on meeting_seats for insert to lanyard_web with check (running = any ({{write_principals}}));
create policy changed_by_those_who_run_it on meeting_seats for update to lanyard_web using (running = any ({{write_principals}}));

{{table meeting_members}}
grant select on meeting_members to lanyard_web, lanyard_worker, lanyard_reporting;
grant insert, update (ended_at, ended_by) on meeting_members to lanyard_web;
-- Whoever loses the post for which they sat leaves the seat: their administrator, who ends the post, runs no meeting.
grant select (id, series_id, running, seat_id, user_id, ended_at), update (ended_at, ended_by) on meeting_members to lanyard_keeper;
create policy kept_read on meeting_members for select to lanyard_keeper using (true);
create policy kept on meeting_members for update to lanyard_keeper using (true) with check (true);
create policy directory_read on meeting_members for select to lanyard_web, lanyard_worker, lanyard_reporting
  using (cardinality({{read_principals}}) > 0 or 0 = any ({{administers}}));
-- A job acts as each of those who run a meeting, and has to find them first: it reads nothing else by this.
create policy timed on meeting_members for select to lanyard_worker using (true);
create policy added_by_those_who_run_it on meeting_members for insert to lanyard_web
  with check (running = any ({{write_principals}}) or seat_id is null and 0 = any ({{administers}}));
create policy ended_by_those_who_run_it on meeting_members for update to lanyard_web
  using (running = any ({{write_principals}}) or seat_id is null and 0 = any ({{administers}}));

{{table meetings}}
grant select on meetings to lanyard_web, lanyard_worker, lanyard_reporting;
grant insert, update (seen_by, starts_at, place, state, research_due_on, sent_at, circulated_at, opened_at, held_at, minutes_words, minutes_approved_at,
  minutes_approved_by, minutes_circulated_at, cancelled_at, cancelled_by, cancelled_reason, version) on meetings to lanyard_web;
-- What is said about a date is read by whoever may know of it: the keeper writes that on to it.
grant select (id, series_id, seen_by) on meetings to lanyard_keeper;
create policy kept_read on meetings for select to lanyard_keeper using (true);
create policy known_to_them on meetings for select to lanyard_web, lanyard_worker, lanyard_reporting using (seen_by && {{read_principals}});
create policy added_by_those_who_run_it on meetings for insert to lanyard_web with check (running = any ({{write_principals}}));
create policy changed_by_those_who_run_it on meetings for update to lanyard_web using (running = any ({{write_principals}}));

{{table meeting_attendance}}
grant select on meeting_attendance to lanyard_web, lanyard_worker, lanyard_reporting;
grant insert, update (seen_by, replaced_at) on meeting_attendance to lanyard_web;
create policy known_to_them on meeting_attendance for select to lanyard_web, lanyard_worker, lanyard_reporting using (seen_by && {{read_principals}});
create policy added_by_those_who_run_it on meeting_attendance for insert to lanyard_web with check (running = any ({{write_principals}}));
create policy changed_by_those_who_run_it on meeting_attendance for update to lanyard_web using (running = any ({{write_principals}}));

{{protected meeting_items by id}}
grant select on meeting_items to lanyard_web, lanyard_worker, lanyard_reporting;
grant insert, update (meeting_id, state, position, minutes, referred_at, referring_category, invited, score, band, criteria, measures, is_repeat,
  repeat_of, triaged_at, triaged_by, triage_words, discussed_at, closed_at, ended_as, papers_circulated_at, minutes_circulated_at,
  withdrawn_at, version)
  on meeting_items to lanyard_web;
grant update (state, closed_at, version) on meeting_items to lanyard_worker;
-- Of a date that is cancelled by somebody from whom a case is kept, the keeper lets it wait again.
grant select (series_id, meeting_id, running, state, referrer, referring_agency, invited, triaged_at, version),
  update (referrer, meeting_id, state, triaged_at, triaged_by, papers_circulated_at, minutes_circulated_at, version) on meeting_items to lanyard_keeper;
-- Whoever referred corrects what waits to be triaged and takes it back. Everything else that becomes of it is for those who run the meeting.
create policy decided_by_those_who_run_it on meeting_items as restrictive for update to lanyard_web
  with check (running = any ({{write_principals}}) or state in ('draft', 'referred', 'withdrawn'));

-- What is withheld from somebody, and why, is not theirs to read; and as with cases only the keeper adds it.
{{protected meeting_item_withholdings by item_id}}
grant select on meeting_item_withholdings to lanyard_web, lanyard_worker, lanyard_keeper;
grant update (ended_at, ended_by, ended_reason) on meeting_item_withholdings to lanyard_web;
grant insert on meeting_item_withholdings to lanyard_keeper;
create policy kept_added on meeting_item_withholdings for insert to lanyard_keeper with check (true);

-- The keeper finds the same person in another item, to keep it from whomever theirs is kept, and reads nothing else that is said of them.
{{protected meeting_parties by item_id}}
grant select on meeting_parties to lanyard_web, lanyard_worker, lanyard_reporting;
grant insert, update (family_name, given_name, born_on, postcode, about, position, replaced_at) on meeting_parties to lanyard_web;
grant select (id, part, role, family_name, given_name, born_on, is_place, replaced_at) on meeting_parties to lanyard_keeper;

-- Whose record somebody is, as one agency says: read by whoever of that agency may read both of them there, and written by whoever of those may record.
-- The keeper takes those whom any agency has linked with one record for the same person.
{{protected meeting_party_links by item_id and person_id, named as readers}}
grant select on meeting_party_links to lanyard_web, lanyard_worker, lanyard_reporting;
grant insert, update (ended_at, ended_by) on meeting_party_links to lanyard_web;
grant select (id, party_id, part, ended_at), update (person_id) on meeting_party_links to lanyard_keeper;

-- Research is its agency's own until its papers go round: the keeper then opens it, and has read nothing of it.
{{protected meeting_answers by item_id}}
grant select on meeting_answers to lanyard_web, lanyard_worker, lanyard_reporting;
grant insert, update (replaced_at, submitted_at) on meeting_answers to lanyard_web;
grant select (part, own, audience, research_id, section, revision, submitted_at), update (audience) on meeting_answers to lanyard_keeper;

{{protected meeting_research by item_id}}
grant select on meeting_research to lanyard_web, lanyard_worker, lanyard_reporting;
grant insert, update (meeting_id, due_on, state, submitted_at, submitted_by) on meeting_research to lanyard_web;
grant update (chased_at) on meeting_research to lanyard_web, lanyard_worker;
grant select (id, meeting_id, state, own, audience), update (audience) on meeting_research to lanyard_keeper;

{{protected meeting_entries by item_id}}
grant select on meeting_entries to lanyard_web, lanyard_worker, lanyard_reporting;
grant insert, update (replaced_at) on meeting_entries to lanyard_web;
grant select (meeting_id, own, audience, replaced_at), update (audience) on meeting_entries to lanyard_keeper;

{{protected meeting_actions by item_id}}
grant select on meeting_actions to lanyard_web, lanyard_worker, lanyard_reporting;
grant insert, update (meeting_id, what, seat_id, worker_id, party_id, case_id, due_on, state, carried, ended_at, version, own) on meeting_actions to lanyard_web;
grant update (chased_at) on meeting_actions to lanyard_web, lanyard_worker;
-- Of whoever leaves an agency the keeper takes back what they were given for it.
grant select (id, seat_id, worker_id, state, own), update (worker_id, own) on meeting_actions to lanyard_keeper;

{{protected meeting_action_entries by item_id}}
grant select on meeting_action_entries to lanyard_web, lanyard_worker, lanyard_reporting;
grant insert, update (own) on meeting_action_entries to lanyard_web;
grant select (action_id, own), update (own) on meeting_action_entries to lanyard_keeper;

-- The scanner signs in as nobody, as with documents: it takes up what waits and writes what it found.
{{protected meeting_evidence by item_id}}
grant select on meeting_evidence to lanyard_web, lanyard_worker;
grant insert, update (own, withdrawn_at, withdrawn_by) on meeting_evidence to lanyard_web;
grant update (scan, scan_started_at, scanned_at, scan_words) on meeting_evidence to lanyard_worker;
grant select (action_id, own), update (own) on meeting_evidence to lanyard_keeper;
create policy scanned on meeting_evidence for all to lanyard_worker using ({{principals}} = '{}') with check ({{principals}} = '{}');

-- What happens between meetings. What was recorded is not changed: it is taken back, and stays.
{{protected meeting_stage_moves by item_id}}
grant select on meeting_stage_moves to lanyard_web, lanyard_worker, lanyard_reporting;
grant insert, update (withdrawn_at, withdrawn_by) on meeting_stage_moves to lanyard_web;
-- A correction of a referral takes back what it brought, which its referrer does not read: the keeper does, and reads nothing of it.
grant select (id, part, own, carried_from, recorded_by, recorded_at, withdrawn_at), update (withdrawn_at, withdrawn_by) on meeting_stage_moves to lanyard_keeper;

{{protected meeting_log_entries by item_id}}
grant select on meeting_log_entries to lanyard_web, lanyard_worker, lanyard_reporting;
grant insert, update (withdrawn_at, withdrawn_by) on meeting_log_entries to lanyard_web;
grant select (own, recorded_by, recorded_at, withdrawn_at), update (withdrawn_at, withdrawn_by) on meeting_log_entries to lanyard_keeper;

{{protected meeting_review_steps by item_id}}
grant select on meeting_review_steps to lanyard_web, lanyard_worker, lanyard_reporting;
grant insert, update (withdrawn_at, withdrawn_by) on meeting_review_steps to lanyard_web;
grant select (recorded_by, recorded_at, withdrawn_at), update (withdrawn_at, withdrawn_by) on meeting_review_steps to lanyard_keeper;

{{protected meeting_documents by item_id}}
grant select on meeting_documents to lanyard_web, lanyard_worker;
grant insert, update (withdrawn_at, withdrawn_by) on meeting_documents to lanyard_web;
grant update (scan, scan_started_at, scanned_at, scan_words) on meeting_documents to lanyard_worker;
grant select (part, own) on meeting_documents to lanyard_keeper;
create policy scanned on meeting_documents for all to lanyard_worker using ({{principals}} = '{}') with check ({{principals}} = '{}');
