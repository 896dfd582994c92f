-- A seat is held for its agency, and a meeting is run for one: who only reads there only reads, whatever another agency lets them do.

alter table held_principals add column agency int references principals (id) on delete cascade;
create index on held_principals (agency);
comment on column held_principals.agency is
  'The agency for which it is held: read and written with as far as a post there allows. Null for what is somebody’s own, such as a window of their own principal.';

update held_principals h set agency = s.agency from meeting_seats s where s.principal = h.principal;
-- Whoever runs a meeting runs it for the agency that they are of, while they have a post there.
update held_principals h set agency = coalesce(
    (select o.agency from posts o where o.user_id = u.id and o.ended_at is null order by o.agency <> u.agency, o.started_at, o.id limit 1), u.agency)
  from meeting_series s, users u where s.running = h.principal and u.principal = h.holder;
