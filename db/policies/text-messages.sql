-- A text belongs to a case and is seen by whoever sees its notes; so is an answer. Only somebody who may change the case sends one. The
-- system itself, holding no principal, marks what the carrier says became of a text, and looks for whose an answer is: it adds none. Both go
-- with their case to the record that is kept when two are merged.

{{protected text_messages by case_id}}
grant select on text_messages to lanyard_web, lanyard_worker, lanyard_reporting;
grant insert on text_messages to lanyard_web, lanyard_worker;
grant update (status, why, claimed_at, try_after, tries, accepted_at, status_at, carrier, carrier_id) on text_messages to lanyard_worker;
create policy looked_over on text_messages for select to lanyard_worker using ({{principals}} = '{}');
create policy carried on text_messages for update to lanyard_worker using ({{principals}} = '{}');
grant select (id, person_id, receiver_id), update (person_id, receiver_id) on text_messages to lanyard_keeper;

{{protected text_replies by case_id}}
grant select on text_replies to lanyard_web, lanyard_worker, lanyard_reporting;
grant insert on text_replies to lanyard_web, lanyard_worker;
grant select (person_id), update (person_id) on text_replies to lanyard_keeper;

-- What somebody sends is theirs. A batch that was never confirmed is no record of anything.
{{table text_batches}}
grant select on text_batches to lanyard_web, lanyard_worker;
grant insert on text_batches to lanyard_web, lanyard_worker;
grant update (group_key, group_option, receiver_id, words, template_id, template_version, confirmed_at, stopped_at, left_out) on text_batches to lanyard_web;
grant delete on text_batches to lanyard_web, lanyard_worker;
create policy own on text_batches for select to lanyard_web, lanyard_worker using (sender_id = {{user_id}});
create policy own_added on text_batches for insert to lanyard_web, lanyard_worker with check (sender_id = {{user_id}});
create policy own_changed on text_batches for update to lanyard_web using (sender_id = {{user_id}});
create policy own_thrown_away on text_batches for delete to lanyard_web using (sender_id = {{user_id}} and confirmed_at is null);
create policy looked_over on text_batches for select to lanyard_worker using ({{principals}} = '{}');
create policy tidied on text_batches for delete to lanyard_worker using ({{principals}} = '{}' and confirmed_at is null);

-- Wordings hold no word about anybody: any colleague may read them. An agency's administrators keep its own.
{{table text_templates}}
grant select on text_templates to lanyard_web, lanyard_worker;
grant insert, update (name, purpose, version, revision, retired_at) on text_templates to lanyard_web;
create policy read on text_templates for select to lanyard_web, lanyard_worker using ({{signed_in}});
create policy administered_add on text_templates for insert to lanyard_web with check (agency = any ({{administers}}));
create policy administered_change on text_templates for update to lanyard_web using (agency = any ({{administers}}));
{{table text_template_versions}}
grant select on text_template_versions to lanyard_web, lanyard_worker;
grant insert on text_template_versions to lanyard_web;
create policy read on text_template_versions for select to lanyard_web, lanyard_worker using ({{signed_in}});
create policy administered_add on text_template_versions for insert to lanyard_web with check (agency = any ({{administers}}));
{{table text_hours}}
grant select on text_hours to lanyard_web, lanyard_worker;
grant insert, update (from_time, to_time) on text_hours to lanyard_web;
create policy read on text_hours for select to lanyard_web, lanyard_worker using ({{signed_in}});
create policy administered_add on text_hours for insert to lanyard_web with check (agency = any ({{administers}}));
create policy administered_change on text_hours for update to lanyard_web using (agency = any ({{administers}}));

-- An answer comes in as nobody's. Whoever works in the post whose inbox it is in reads it, places it or hands it on, unless a case is
-- withheld from them to which it may belong; where it cannot be told whose it is at all, the commissioners.
{{table text_inbox}}
grant select on text_inbox to lanyard_web, lanyard_worker;
grant insert on text_inbox to lanyard_worker;
grant update (inbox, not_for, why) on text_inbox to lanyard_worker;
grant update (words, handed_to, settled_at, settled_by, outcome, reason) on text_inbox to lanyard_web, lanyard_worker;
create policy received on text_inbox for all to lanyard_worker using ({{principals}} = '{}') with check ({{principals}} = '{}');
create policy in_the_inbox on text_inbox for select to lanyard_web
  using (inbox = any ({{read_principals}}) and (not_for && {{principals}}) is not true);
create policy seen_to on text_inbox for update to lanyard_web
  using (inbox = any ({{read_principals}}) and (not_for && {{principals}}) is not true);

-- A number that answered STOP. Whoever records has to know before they text; the product asks only about numbers that its reader sees.
{{table text_stops}}
grant select on text_stops to lanyard_web, lanyard_worker, lanyard_reporting;
grant insert, update (stopped_at, started_at) on text_stops to lanyard_worker;
create policy heeded on text_stops for select to lanyard_web, lanyard_worker, lanyard_reporting using ({{signed_in}});
create policy told on text_stops for insert to lanyard_worker with check ({{principals}} = '{}');
create policy told_again on text_stops for update to lanyard_worker using ({{principals}} = '{}');
