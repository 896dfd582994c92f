-- A round of sign-off shows what was said of the whole form: it is withheld from whoever any section of the form is withheld from.
alter table approvals add column further_sections text[] not null default '{}';
comment on column approvals.further_sections is 'Of a form, every section of it, as answer set/section: the round is withheld with each.';

update approvals a set
  further_sections = array(select s.answer_set_id || '/' || s.section from answer_sections s where s.answer_set_id = a.subject_id order by 1),
  withheld = array(select unnest(a.withheld) union select unnest(s.withheld) from answer_sections s where s.answer_set_id = a.subject_id order by 1)
where a.what = 'form';
update timeline_entries t set further_sections = a.further_sections, withheld = array(select unnest(t.withheld) union select unnest(a.withheld) order by 1)
from approvals a where t.source_type = 'approval' and t.source_id = a.id and a.what = 'form';
