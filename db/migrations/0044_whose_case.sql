-- Who else sees a case, and from whom it is withheld, was read and ended by everybody who may edit the case: by a partner, too, with whom it is
-- shared to edit. It is now for those whose case it is (src/access/lists.ts, `decidingGrants`). From here on the lists are written so; these are
-- the rows that are there already.

alter table cases no force row level security;
alter table access_grants no force row level security;
alter table withholdings no force row level security;

create temporary table whose on commit drop as
  select c.id, array(
    select s.principal from team_services s where s.team_id = c.team_id and s.service_area = c.service_area and not c.restricted and c.removed_at is null
    union select g.principal from access_grants g where g.case_id = c.id and g.ended_at is null and g.level = 'edit' and g.parts is null
      and g.kind in ('named', 'allocation', 'co-worker', 'cover', 'co-ordinator') and c.removed_at is null
    order by 1) as deciders
  from cases c;
update access_grants g set readers = w.deciders, editors = w.deciders from whose w where w.id = g.case_id and (g.readers, g.editors) is distinct from (w.deciders, w.deciders);
update withholdings h set readers = w.deciders, editors = w.deciders from whose w where w.id = h.case_id and (h.readers, h.editors) is distinct from (w.deciders, w.deciders);
drop table whose;

alter table cases force row level security;
alter table access_grants force row level security;
alter table withholdings force row level security;
