-- Free words of an item name anybody: what happened, what agencies bring, what is said, decided and to be done. They are a part of their own, which goes
-- with any other part that is kept from somebody. What happened stood on the item as well, where no part could be kept.
alter table meeting_items drop column summary;

update meeting_answers set part = 'words' where research_id is not null and form_code <> 'marac-advocate';
-- What the victim says, and how they are reached now.
update meeting_answers set part = 'victim' where form_code = 'marac-advocate';
update meeting_answers set part = 'words' where research_id is null and (form_code, section) in (
  ('marac-referral', 'what-happened'), ('marac-referral', 'criminal-justice'), ('marac-referral', 'checklist'), ('marac-referral', 'criteria'),
  ('asb-target-group-referral', 'behaviour'), ('mdt-referral', 'why'));

insert into meeting_item_withholdings (id, item_id, part, holder, reason, withheld_by, withheld_at, readers, editors, withheld)
select distinct on (item_id, holder) gen_random_uuid(), item_id, 'words', holder, reason, withheld_by, withheld_at, readers, editors, withheld
from meeting_item_withholdings where part is not null and ended_at is null order by item_id, holder, withheld_at;

-- As src/access/meeting-lists.ts has it: nothing is taken from an agency that is its own seat's.
create temporary table kept_words on commit drop as
  select w.item_id, w.part, w.holder, array(select s.principal from meeting_seats s where s.agency = w.holder and s.ended_at is null) as seats
  from meeting_item_withholdings w where w.ended_at is null;
update meeting_answers t set withheld = array(select distinct k.holder from kept_words k
    where k.item_id = t.item_id and (k.part is null or k.part = t.part and not (k.part = 'words' and k.seats && t.own)) order by 1)
  where t.item_id in (select item_id from kept_words);
update meeting_entries t set withheld = array(select distinct k.holder from kept_words k
    where k.item_id = t.item_id and (k.part is null or k.part = 'words' and not k.seats && t.own) order by 1)
  where t.item_id in (select item_id from kept_words);
update meeting_actions t set withheld = array(select distinct k.holder from kept_words k
    where k.item_id = t.item_id and (k.part is null or k.part = 'words' and not k.seats && t.own) order by 1)
  where t.item_id in (select item_id from kept_words);
update meeting_action_entries t set withheld = array(select distinct k.holder from kept_words k
    where k.item_id = t.item_id and (k.part is null or k.part = 'words' and not k.seats && t.own) order by 1)
  where t.item_id in (select item_id from kept_words);
update meeting_evidence t set withheld = array(select distinct k.holder from kept_words k
    where k.item_id = t.item_id and (k.part is null or k.part = 'words' and not k.seats && t.own) order by 1)
  where t.item_id in (select item_id from kept_words);
