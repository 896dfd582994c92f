-- An address where somebody must not be found is read by the agency that recorded it and by those that it names, and by nobody else who may read
-- the person; so is a professional entered by a service of which nobody is told that it is involved. What the history says of either is
-- read by the same. (Decision 29)

alter table people no force row level security;
alter table person_addresses no force row level security;
alter table person_versions no force row level security;
alter table person_professionals no force row level security;
alter table person_tokens no force row level security;
alter table household_members no force row level security;
alter table cases no force row level security;

alter table people add column address_secret_until date;
comment on column people.address_secret_until is
  'The last day on which somebody has an address that is secret, whoever keeps it: 9999-12-31 while it has no end. Null: there is none. An index of person_addresses, written with it.';

alter table person_addresses add column named_readers int[], add column kept_by int[];
comment on column person_addresses.named_readers is
  'Null for everyone who may read the person. Of a confidential address and of a refuge: the principals of the agencies that alone may.';
comment on column person_addresses.kept_by is 'The part of named_readers that recorded it, and may change it and say who else reads it.';

alter table person_versions add column named_readers int[], add column about_id uuid, add column agency int;
comment on column person_versions.named_readers is 'As of the address or professional that the change is about.';
comment on column person_versions.about_id is
  'The address or professional that the change is about, whose named_readers it follows: of one change there is a row for each. Null: another part of the record, or recorded before 0048.';
comment on column person_versions.agency is 'The principal of the agency that the author is named with. Null: the system itself.';

alter table person_professionals add column named_readers int[];
comment on column person_professionals.named_readers is
  'Null for everyone who may read the person. Entered by a service of which nobody is told that it is involved: the principals of its agencies.';

-- One change of two addresses is two rows of the same version.
alter table person_versions drop constraint person_versions_once;
alter table person_versions add constraint person_versions_once unique nulls not distinct (person_id, version, section, about_id);
create index on person_versions (about_id) where about_id is not null;

update person_versions v set agency = coalesce(
    (select a.principal from agencies a where right(v.author, length(a.name) + 2) = ', ' || a.name order by length(a.name) desc limit 1),
    (select u.agency from users u where u.id = v.user_id))
  where v.user_id is not null;

-- What was registered said everything in one row. Addresses become a row of their own, so that they can be kept while the rest is read.
insert into person_versions (id, person_id, version, at, user_id, author, agency, section, reason, changes, readers, editors, withheld)
  select gen_random_uuid(), v.person_id, v.version, v.at, v.user_id, v.author, v.agency, 'Addresses', v.reason,
    (select jsonb_agg(c.one order by c.place) from jsonb_array_elements(v.changes) with ordinality c (one, place) where c.one ->> 'field' = 'Address'),
    v.readers, v.editors, v.withheld
  from person_versions v where v.section = 'Registered' and v.changes @> '[{"field": "Address"}]';
update person_versions v set changes = coalesce(
    (select jsonb_agg(c.one order by c.place) from jsonb_array_elements(v.changes) with ordinality c (one, place) where c.one ->> 'field' <> 'Address'), '[]')
  where v.section = 'Registered' and v.changes @> '[{"field": "Address"}]';

-- Which record stands for which now: what was merged keeps its own history.
create temporary table record_of on commit drop as
  with recursive r (id, kept) as (
    select id, id from people where merged_into is null
    union all select p.id, r.kept from people p join r on p.merged_into = r.id)
  select id, kept from r;
create index on record_of (kept);

-- Of somebody with one address all that was said of addresses was said of that one. Of others it is told by its words, below and when one is made secret.
update person_versions v set about_id = a.id
  from record_of r join (select person_id, min(id::text)::uuid as id from person_addresses group by person_id having count(*) = 1) a on a.person_id = r.kept
  where v.person_id = r.id and v.section = 'Addresses';

-- Who recorded each secret address: the author of the version of that moment. Their agencies are those of the posts that they had then and that have a case of the
-- person; where none has, of all their posts then; where there was none, the one that they belong to. Of whom nobody is known: the agency that
-- registered the person, where it has a case of them or nobody has; else the agency of their first case. Somebody can read it in each event, and no agency that
-- is not theirs.
create temporary table keepers on commit drop as
  select a.id, a.person_id, coalesce(
    nullif(array(select distinct o.agency from posts o join cases c on c.agency = o.agency and c.person_id = a.person_id and c.removed_at is null
      where o.user_id = w.user_id and o.started_at <= w.at and coalesce(o.ended_at, 'infinity') > w.at order by 1), '{}'),
    nullif(array(select distinct o.agency from posts o where o.user_id = w.user_id and o.started_at <= w.at and coalesce(o.ended_at, 'infinity') > w.at order by 1), '{}'),
    (select array[u.agency] from users u where u.id = w.user_id),
    (select array[g.agency] from (
        select s.agency from team_services s where s.principal = p.registered_by
        union all select t.agency from teams t where t.principal = p.registered_by
        union all select u.agency from users u where u.principal = p.registered_by
        union all select y.principal from agencies y where y.principal = p.registered_by) g
      where not exists (select from cases c where c.person_id = p.id and c.removed_at is null)
        or exists (select from cases c where c.person_id = p.id and c.removed_at is null and c.agency = g.agency) limit 1),
    (select array[c.agency] from cases c where c.person_id = p.id and c.removed_at is null order by c.id limit 1),
    array[p.registered_by]) as agencies
  from person_addresses a join people p on p.id = a.person_id
    left join lateral (
      select v.user_id, v.at from record_of r join person_versions v on v.person_id = r.id
      where r.kept = a.person_id and v.section = 'Addresses' and v.user_id is not null
        and v.at between a.recorded_at - interval '1 second' and a.recorded_at + interval '10 seconds'
      order by v.at limit 1) w on true
  where a.confidential or a.kind = 'refuge';

update person_addresses a set named_readers = k.agencies, kept_by = k.agencies from keepers k where k.id = a.id;
alter table person_addresses
  add constraint person_addresses_secret_ones_are_kept check ((confidential or kind = 'refuge') = (named_readers is not null)),
  add constraint person_addresses_kept_by_readers check ((named_readers is null) = (kept_by is null) and kept_by <@ named_readers);

-- What the history says of them. Of several addresses kept by several agencies, what cannot be told apart is left to nobody.
update person_versions v set named_readers = k.agencies from keepers k where k.id = v.about_id;
update person_versions v set named_readers = k.agencies
  from (select r.id, case when count(distinct n.agencies) = 1 then min(n.agencies) else '{}' end as agencies
    from record_of r join keepers n on n.person_id = r.kept group by r.id) k
  where v.person_id = k.id and v.section = 'Addresses' and v.about_id is null;
update person_versions v set named_readers = k.agencies, about_id = k.id
  from record_of r join keepers k on k.person_id = r.kept join person_addresses a on a.id = k.id
  where v.person_id = r.id and v.named_readers is null and v.about_id is null and v.section <> 'Registered'
    and (strpos(lower(v.changes::text), lower(replace(nullif(a.lines, ''), E'\n', ', '))) > 0 or strpos(v.changes::text, nullif(a.postcode, '')) > 0);
-- Nobody whose address is secret has one in a household (src/relationships/households).
update household_members m set address = null
  from person_addresses a where a.person_id = m.person_id and a.named_readers is not null
    and (strpos(lower(m.address), lower(replace(nullif(a.lines, ''), E'\n', ', '))) > 0 or strpos(m.address, nullif(a.postcode, '')) > 0);

update people p set address_secret_until = s.until, address_line = 'Address confidential', postcode = null
  from (select person_id, max(coalesce(to_on, '9999-12-31')) as until from person_addresses where named_readers is not null and ended_at is null group by person_id) s
  where s.person_id = p.id and s.until >= current_date;
-- A refuge that nobody had marked as confidential was found by its postcode.
delete from person_tokens k using person_addresses a
  where a.person_id = k.person_id and a.named_readers is not null and k.token = 'p' || a.postcode
    and not exists (select from person_addresses o where o.person_id = k.person_id and o.postcode = a.postcode and o.named_readers is null and o.ended_at is null);

-- Professionals that were entered by somebody whose post was in a service of which nobody is told: by the same search.
create temporary table entered on commit drop as
  select f.id, f.person_id, f.name, f.organisation, array(
      select distinct o.agency from posts o join service_areas s on s.code = o.service_area and not s.existence_shown
        join cases c on c.agency = o.agency and c.service_area = o.service_area and c.person_id = f.person_id and c.removed_at is null
      where o.user_id = w.user_id and o.started_at <= w.at and coalesce(o.ended_at, 'infinity') > w.at order by 1) as agencies
  from person_professionals f cross join lateral (
    select v.user_id, v.at from record_of r join person_versions v on v.person_id = r.id
    where r.kept = f.person_id and v.section = 'Professionals' and v.user_id is not null
      and v.at between f.recorded_at - interval '1 second' and f.recorded_at + interval '10 seconds'
    order by v.at limit 1) w;
delete from entered where agencies = '{}';
update person_professionals f set named_readers = e.agencies from entered e where e.id = f.id;
update person_versions v set named_readers = e.agencies, about_id = e.id
  from record_of r join entered e on e.person_id = r.kept
  where v.person_id = r.id and v.section = 'Professionals' and v.about_id is null
    and (strpos(v.changes::text, e.name) > 0 or strpos(v.changes::text, e.organisation) > 0);

drop table entered;
drop table keepers;
drop table record_of;

alter table people force row level security;
alter table person_addresses force row level security;
alter table person_versions force row level security;
alter table person_professionals force row level security;
alter table person_tokens force row level security;
alter table household_members force row level security;
alter table cases force row level security;
