-- A notice is added by whoever causes it, in their own transaction, and read by nobody but the user whom it tells. Jobs send e-mails as that
-- user, so that what they may no longer see is not mailed either; only the system itself, holding no principal, looks over all of them: to
-- find whose digest is due and to tidy. A notice holds no word about anybody.

{{table notices}}
grant insert (id, user_id, kind, words, href, case_id, person_id, meeting_item_id, meeting_action_id, at, delivery) on notices to lanyard_web, lanyard_worker;
grant select, update (read_at) on notices to lanyard_web;
grant select, update (mailed_at), delete on notices to lanyard_worker;
create policy told on notices for insert to lanyard_web, lanyard_worker with check ({{signed_in}});
create policy own on notices for select to lanyard_web, lanyard_worker using (user_id = {{user_id}});
create policy own_marked on notices for update to lanyard_web, lanyard_worker using (user_id = {{user_id}});
create policy looked_over on notices for select to lanyard_worker using ({{principals}} = '{}');
create policy tidied on notices for delete to lanyard_worker using ({{principals}} = '{}');

-- Whoever tells somebody of something has to know how they want to be told; how is no secret among colleagues.
{{table notice_settings}}
grant select on notice_settings to lanyard_web, lanyard_worker;
grant insert, update (delivery) on notice_settings to lanyard_web;
create policy heeded on notice_settings for select to lanyard_web, lanyard_worker using ({{signed_in}});
create policy own on notice_settings for insert to lanyard_web with check (user_id = {{user_id}});
create policy own_changed on notice_settings for update to lanyard_web using (user_id = {{user_id}});

{{table notice_digests}}
grant select on notice_digests to lanyard_web, lanyard_worker;
grant insert, update (at) on notice_digests to lanyard_web;
create policy own on notice_digests for all to lanyard_web using (user_id = {{user_id}}) with check (user_id = {{user_id}});
create policy looked_over on notice_digests for select to lanyard_worker using ({{principals}} = '{}');
