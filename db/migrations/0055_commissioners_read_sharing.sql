-- With whom a case is shared and from whom it is withheld is read by the commissioners too, as data controller (U2), of every case that is not
-- restricted: src/access/lists.ts writes the lists so from here on; these are the rows that are there already.

alter table cases no force row level security;
alter table access_grants no force row level security;
alter table withholdings no force row level security;

create temporary table whose on commit drop as
  select c.id, a.commissioners from cases c cross join authorities a where not c.restricted and c.removed_at is null;
update access_grants g set readers = array(select unnest(g.readers) union select w.commissioners order by 1)
  from whose w where w.id = g.case_id and not w.commissioners = any (g.readers);
update withholdings h set readers = array(select unnest(h.readers) union select w.commissioners order by 1)
  from whose w where w.id = h.case_id and not w.commissioners = any (h.readers);
drop table whose;

alter table cases force row level security;
alter table access_grants force row level security;
alter table withholdings force row level security;
