-- A mail is put in the outbox by whoever causes it and read by nobody but the worker that sends it. The outbox page of a demonstration
-- reads as the worker too: a mail may hold a link that lets its reader set a password.

{{table mails}}
grant insert (id, kind, recipient, subject, body, queued_at) on mails to lanyard_web, lanyard_gate, lanyard_worker;
grant select, update (body, sent_at, sent_by, tries, last_error), delete on mails to lanyard_worker;
create policy queued on mails for insert to lanyard_web with check ({{signed_in}});
create policy queued_at_the_gate on mails for insert to lanyard_gate with check (true);
{{whole mails to lanyard_worker}}
