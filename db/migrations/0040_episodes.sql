-- Multi-agency episodes (E1, E2, E6, E7). An episode is a case of a service area that says so: all that a case holds is the episode's. What is
-- here is what an episode adds to one: its co-ordinator as who is rung, and the team around the person.

alter table service_areas add column is_episode boolean not null default false;
comment on column service_areas.is_episode is 'Its cases are multi-agency episodes: led by a co-ordinator of any agency, kept by a desk, and no involvement of the agency that begins one.';

-- Authorities that are there already get the area; an administrator says which team keeps its desk, as of any other area. A new one has it from the start.
insert into service_areas (code, name, position, is_episode)
  select 'multi-agency-episodes', 'Multi-agency episode', (select coalesce(max(position), 0) + 1 from service_areas), true
  where exists (select from authorities);

-- Whoever records may begin an episode and be appointed to one, until an administrator takes that from a role.
update roles set capabilities = capabilities || '{start-episodes,co-ordinate-episodes}'::text[], version = version + 1
  where 'record' = any (capabilities) and 'read-records' = any (capabilities) and not 'start-episodes' = any (capabilities);

alter table access_grants drop constraint access_grants_kind_known;
alter table access_grants add constraint access_grants_kind_known
  check (kind in ('named', 'share', 'allocation', 'co-worker', 'cover', 'co-ordinator', 'member', 'meeting', 'break-glass'));
alter table access_grants add constraint access_grants_member_says_why
  check (kind <> 'member' or (purpose <> '' and lawful_basis <> '' and parts is not null));

alter table involvements add column coordinator_id uuid references users (id) on delete restrict;
create index on involvements (coordinator_id);
comment on column involvements.coordinator_id is 'Of an episode: whom to ring. Null: the team.';

create table episode_members (
  id uuid primary key,
  case_id uuid not null references cases (id) on delete restrict,
  user_id uuid references users (id) on delete restrict,
  name text not null,
  role text not null constraint episode_members_role_said check (role <> ''),
  organisation text not null default '',
  telephone text not null default '',
  email text not null default '',
  access text not null constraint episode_members_access_known check (access in ('none', 'read', 'add')),
  family_view text not null default '',
  from_on date not null,
  to_on date,
  added_by uuid references users (id) on delete restrict,
  author text not null,
  recorded_at timestamptz not null,
  ended_at timestamptz,
  ended_by text not null default '',
  ended_because text not null default '',
  readers int[] not null,
  editors int[] not null,
  withheld int[] not null default '{}',
  constraint episode_members_access_of_users check (access = 'none' or user_id is not null)
);
create index on episode_members (case_id);
create index on episode_members (user_id);
create index on episode_members (added_by);
create unique index episode_members_once on episode_members (user_id, case_id) where ended_at is null;
comment on column episode_members.user_id is 'Null: somebody without a log-in, such as a grandmother or a GP.';
comment on column episode_members.role is 'What they are in this team: lead for school, health visitor, mother.';
comment on column episode_members.family_view is 'What the child and the family say about their being in it.';
comment on column episode_members.to_on is 'Null: in it still.';
comment on column episode_members.ended_at is 'Null: in it still. Their access ended at the same moment.';

-- Who asked for an episode is whoever began it. Archived: nobody chooses it for a referral.
insert into list_options (list, code, label, position, source, verified, archived_at) values
  ('referral-source', 'episode', 'Whoever began it', 15, 'Lanyard', false, now());
