-- Meetings: what an agency submitted is told from what it is still writing; papers and minutes go round item by item, since whoever sends them may be kept
-- from one; a notice names the item or the action that it is about; a seat that has ended can be given anew; a date is cancelled with a reason.

alter table meeting_answers add column submitted_at timestamptz;
comment on column meeting_answers.submitted_at is 'When an agency submitted this of what it was asked. Null: still being written, or of another form.';
update meeting_answers v set submitted_at = r.submitted_at
  from meeting_research r where r.id = v.research_id and r.state in ('submitted', 'nothing-held') and v.replaced_at is null;
-- What had been taken out again was opened with the papers: it is its agency's own.
update meeting_answers set audience = 'own', readers = array(select one from unnest(readers) one where one = any (own)),
    editors = array(select one from unnest(editors) one where one = any (own))
  where research_id is not null and replaced_at is not null and audience <> 'own';

alter table meeting_items add column papers_circulated_at timestamptz, add column minutes_circulated_at timestamptz;
comment on column meeting_items.papers_circulated_at is 'When the papers of its present date went round with it. Null: what is submitted on it is its agency''s own.';
comment on column meeting_items.minutes_circulated_at is 'When the minutes of its present date went round with it.';
update meeting_items i set papers_circulated_at = m.circulated_at
  from meetings m where m.id = i.meeting_id and m.circulated_at is not null and i.state in ('sent', 'discussed', 'closed')
    and not exists (select from meeting_research r where r.item_id = i.id and r.meeting_id = m.id and r.state in ('submitted', 'nothing-held') and r.audience <> 'item');
update meeting_items i set minutes_circulated_at = m.minutes_circulated_at
  from meetings m where m.id = i.meeting_id and m.minutes_circulated_at is not null and i.state in ('discussed', 'closed')
    and not exists (select from meeting_entries e where e.item_id = i.id and e.meeting_id = m.id and e.replaced_at is null and e.audience <> 'item');

alter table notices add column meeting_item_id uuid references meeting_items (id) on delete cascade,
  add column meeting_action_id uuid references meeting_actions (id) on delete cascade;
create index on notices (meeting_item_id);
create index on notices (meeting_action_id);
comment on column notices.meeting_item_id is 'The item of a meeting that it is about. Whoever may not see that sees nothing of the notice.';
comment on column notices.meeting_action_id is 'The same of an action of a meeting, which its worker may see without the item.';
update notices n set meeting_item_id = i.id from meeting_items i where n.kind = 'meeting' and n.href like '/meetings/items/' || i.id || '%';
update notices n set meeting_action_id = a.id from meeting_actions a where n.kind = 'meeting' and n.href = '/meetings/actions/' || a.id;

alter table meeting_seats drop constraint meeting_seats_series_id_agency_id_key, add column ended_reason text not null default '';
create unique index meeting_seats_of_agency on meeting_seats (series_id, agency_id) where ended_at is null;
comment on column meeting_seats.ended_reason is 'Why it ended. A returning agency is given another: what was settled while it was away stays unseen.';

alter table meetings add column cancelled_at timestamptz, add column cancelled_by uuid references users (id) on delete restrict,
  add column cancelled_reason text not null default '';
create index on meetings (cancelled_by);
comment on column meetings.cancelled_reason is 'Why it does not happen, for everybody who sits in it: names nobody.';
