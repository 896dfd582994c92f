-- A case is read by its team in its service area and by the commissioners, unless restricted; by those it is shared with; and by nobody
-- from whom it is withheld. It is changed by its team and by those it is shared with to edit. Everything recorded about it carries the
-- same lists, or those of its part where a share names parts. Nothing is deleted; what happened is added to and never changed.

{{protected cases by id}}
grant select on cases to lanyard_web, lanyard_worker, lanyard_reporting;
grant select (person_id, service_area, team_id, agency, restricted, worker_id, closed_on) on cases to lanyard_keeper;
grant insert on cases to lanyard_web, lanyard_worker;
-- The person and the reference never change. The service changes only while a referral finds its way.
grant update (service_area, team_id, agency, worker_id, status, opened_on, closed_on, restricted, version) on cases to lanyard_web, lanyard_worker;
grant usage on sequence case_reference_sequence to lanyard_web, lanyard_worker;

{{protected case_events by case_id}}
grant select on case_events to lanyard_web, lanyard_worker, lanyard_reporting;
grant select (part) on case_events to lanyard_keeper;
grant insert on case_events to lanyard_web, lanyard_worker;

{{protected referrals by case_id}}
grant select on referrals to lanyard_web, lanyard_worker, lanyard_reporting;
grant insert on referrals to lanyard_web, lanyard_worker;
grant update (decision, decided_on, decision_reason, decision_note, signposted_to, decided_by) on referrals to lanyard_web, lanyard_worker;

{{protected allocations by case_id}}
grant select on allocations to lanyard_web, lanyard_worker, lanyard_reporting;
grant insert on allocations to lanyard_web, lanyard_worker;
grant update (to_on, ended_at, hand_over) on allocations to lanyard_web, lanyard_worker;

{{protected risk_levels by case_id}}
grant select on risk_levels to lanyard_web, lanyard_worker, lanyard_reporting;
grant insert on risk_levels to lanyard_web, lanyard_worker;

{{protected case_flags by case_id}}
grant select on case_flags to lanyard_web, lanyard_worker, lanyard_reporting;
grant insert on case_flags to lanyard_web, lanyard_worker;
grant update (review_on, reviewed_on, resolved_at, resolved_by, resolved_reason) on case_flags to lanyard_web, lanyard_worker;

-- An alert is about the person: whoever reads the person is warned.
{{protected person_alerts by person_id}}
grant select on person_alerts to lanyard_web, lanyard_worker, lanyard_reporting;
grant insert on person_alerts to lanyard_web, lanyard_worker;
grant update (review_on, reviewed_on, resolved_at, resolved_by, resolved_reason) on person_alerts to lanyard_web, lanyard_worker;

{{protected reviews by case_id}}
grant select on reviews to lanyard_web, lanyard_worker, lanyard_reporting;
grant insert on reviews to lanyard_web, lanyard_worker;
grant update (held_on, outcome, summary, present, replaced_at) on reviews to lanyard_web, lanyard_worker;

{{protected closures by case_id}}
grant select on closures to lanyard_web, lanyard_worker, lanyard_reporting;
grant insert on closures to lanyard_web, lanyard_worker;
grant update (reopened_on, reopened_because, reopened_by) on closures to lanyard_web, lanyard_worker;

-- What somebody was asked to agree to, and what they said: added to, never changed.
{{protected consents by case_id}}
grant select on consents to lanyard_web, lanyard_worker, lanyard_reporting;
grant insert on consents to lanyard_web, lanyard_worker;

-- The team around the person of an episode: somebody leaves it, and that they were in it stays.
{{protected episode_members by case_id}}
grant select on episode_members to lanyard_web, lanyard_worker, lanyard_reporting;
grant insert, update (family_view, to_on, ended_at, ended_by, ended_because) on episode_members to lanyard_web, lanyard_worker;

-- What is due and the caseload are indexes, for those who read the whole case; a thing that is no longer due is taken away.
{{protected case_dues by case_id}}
grant select on case_dues to lanyard_web, lanyard_worker, lanyard_reporting;
grant insert, update (due_on, words, href, rule_id, begun_on, opens_on, closes_on, answer_set_id, section, is_followed, flagged_at), delete
  on case_dues to lanyard_web, lanyard_worker;
grant select (answer_set_id, section) on case_dues to lanyard_keeper;
create policy no_longer_due on case_dues for delete to lanyard_web, lanyard_worker
  using (editors && {{write_principals}} and (withheld && {{principals}}) is not true);

{{protected caseload_entries by case_id}}
grant select on caseload_entries to lanyard_web, lanyard_worker, lanyard_reporting;
grant insert on caseload_entries to lanyard_web, lanyard_worker;
grant update (service_area, team_id, worker_id, status, stage, initial_risk, risk, risk_order, flags, due_on, next_step, review_on, allocated_on,
  last_contact_at, last_contact, closed_on, open_since, allocated_at, offered_to, supervised_on, supervision_due_on) on caseload_entries to lanyard_web, lanyard_worker;

-- The timeline is added to by whichever module records something. A restricted note's line is seen by those who may read the note.
{{protected timeline_entries by case_id, named}}
grant select on timeline_entries to lanyard_web, lanyard_worker, lanyard_reporting;
grant select (part, source_id, further_sections) on timeline_entries to lanyard_keeper;
grant insert on timeline_entries to lanyard_web, lanyard_worker;

-- That a service is involved (E7) is read by those who may see existence. Whoever edits the case keeps that line right, and so sees it.
grant update (service_area, assessed_on, coordinator_id) on involvements to lanyard_web, lanyard_worker;
create policy kept_by_editors on involvements for select to lanyard_web, lanyard_worker
  using (editors && {{write_principals}} and (withheld && {{principals}}) is not true);

-- Choices and timescales are read by everybody and kept by the authority's administrators.
{{table list_options}}
grant select on list_options to lanyard_web, lanyard_worker, lanyard_reporting;
grant insert, update (label, position, archived_at, source, verified) on list_options to lanyard_web;
create policy directory_read on list_options for select to lanyard_web, lanyard_worker, lanyard_reporting using ({{signed_in}});
create policy authority_adds on list_options for insert to lanyard_web with check (0 = any ({{administers}}));
create policy authority_changes on list_options for update to lanyard_web using (0 = any ({{administers}}));

-- Rules of due dates and bank holidays are the same for everybody, and kept by the authority's administrators. The worker writes down how
-- many dates a proposed rule would move.
{{table due_rules}}
grant select on due_rules to lanyard_web, lanyard_worker, lanyard_reporting;
grant insert, update (status, in_force_at, ended_at) on due_rules to lanyard_web;
grant update (effect) on due_rules to lanyard_worker;
create policy directory_read on due_rules for select to lanyard_web, lanyard_worker, lanyard_reporting using ({{signed_in}});
create policy authority_adds on due_rules for insert to lanyard_web with check (0 = any ({{administers}}));
create policy authority_changes on due_rules for update to lanyard_web using (0 = any ({{administers}}));
create policy counted on due_rules for update to lanyard_worker using ({{principals}} = '{}' and status = 'proposed');

{{table bank_holidays}}
grant select on bank_holidays to lanyard_web, lanyard_worker, lanyard_reporting;
grant insert, update (name, source, verified, withdrawn_at, changed_by, changed_at) on bank_holidays to lanyard_web;
create policy directory_read on bank_holidays for select to lanyard_web, lanyard_worker, lanyard_reporting using ({{signed_in}});
create policy authority_adds on bank_holidays for insert to lanyard_web with check (0 = any ({{administers}}));
create policy authority_changes on bank_holidays for update to lanyard_web using (0 = any ({{administers}}));

{{protected case_moments by case_id}}
grant select on case_moments to lanyard_web, lanyard_worker, lanyard_reporting;
grant insert on case_moments to lanyard_web, lanyard_worker;
grant select (answer_set_id, section) on case_moments to lanyard_keeper;

-- A rule that is put in force moves the dates of every open case of its service, whoever may see the case. That is done by the system itself,
-- signed in as nobody: it reads which events there were and on which days (codes and ids, never words), and writes the days and the words of
-- the rule. A page cannot: these are the worker's alone.
create policy timed on case_events for select to lanyard_worker using ({{principals}} = '{}');
create policy timed on case_moments for select to lanyard_worker using ({{principals}} = '{}');
create policy timed on case_dues for all to lanyard_worker using ({{principals}} = '{}') with check ({{principals}} = '{}');
create policy timed on caseload_entries for select to lanyard_worker using ({{principals}} = '{}');
create policy timed_anew on caseload_entries for update to lanyard_worker using ({{principals}} = '{}') with check ({{principals}} = '{}');

-- What a service has signed off is its authority's to say.
{{table approval_needs}}
grant select on approval_needs to lanyard_web, lanyard_worker, lanyard_reporting;
grant insert, update (is_needed) on approval_needs to lanyard_web;
create policy directory_read on approval_needs for select to lanyard_web, lanyard_worker, lanyard_reporting using ({{signed_in}});
create policy authority_adds on approval_needs for insert to lanyard_web with check (0 = any ({{administers}}));
create policy authority_changes on approval_needs for update to lanyard_web using (0 = any ({{administers}}));

-- A round of sign-off is seen with what was sent; once decided it is never changed.
{{protected approvals by case_id}}
grant select on approvals to lanyard_web, lanyard_worker, lanyard_reporting;
grant select (part, further_sections) on approvals to lanyard_keeper;
grant insert on approvals to lanyard_web, lanyard_worker;
grant update (decision, comment, decided_by, decided_at) on approvals to lanyard_web;
