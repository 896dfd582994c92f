-- A referral to a meeting is corrected or withdrawn by whoever sent it, for as long as it waits to be triaged.
alter table meeting_items drop constraint meeting_items_state_known,
  add constraint meeting_items_state_known
    check (state in ('draft', 'referred', 'withdrawn', 'returned', 'listed', 'sent', 'discussed', 'closed'));
alter table meeting_items add column withdrawn_at timestamptz,
  add constraint meeting_items_withdrawn_says_when check (state <> 'withdrawn' or withdrawn_at is not null);
comment on column meeting_items.withdrawn_at is 'When its referrer took it back. Why is an answer, with the rights of free words. Null: it has not been.';

alter table meeting_parties add column replaced_at timestamptz;
comment on column meeting_parties.replaced_at is 'When a correction no longer named them. Null: the item is about them.';

-- As src/access/meeting-lists.ts has it: what waits now is theirs to correct as well.
alter table meeting_items no force row level security;
alter table meeting_parties no force row level security;
alter table meeting_answers no force row level security;
update meeting_items set editors = array(select distinct unnest(editors || referrer) order by 1) where state = 'referred';
update meeting_parties p set editors = array(select distinct unnest(p.editors || i.referrer) order by 1)
  from meeting_items i where i.id = p.item_id and i.state = 'referred';
update meeting_answers v set editors = array(select distinct unnest(v.editors || i.referrer) order by 1)
  from meeting_items i where i.id = v.item_id and i.state = 'referred' and v.audience = 'referrer';
alter table meeting_items force row level security;
alter table meeting_parties force row level security;
alter table meeting_answers force row level security;
