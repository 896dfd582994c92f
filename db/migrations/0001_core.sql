-- Who is who: principals, agencies, teams, roles, users, posts; how they get in; what they did.
--
-- A principal is a small number that stands for anyone a row can name as its reader: a user, a team, a post (team and
-- service area), an agency, the commissioners, a meeting, or a *window* (somebody else's principal from one moment to another).
-- Rows carry lists of principals; policies compare those lists with the actor's. See db/policies/README.md.

create table principals (
  id int generated always as identity primary key,
  kind text not null constraint principals_kind_known
    check (kind in ('user', 'team', 'post', 'agency', 'commissioners', 'existence', 'meeting', 'window'))
);

create table authorities (
  code text primary key,
  name text not null,
  commissioners int not null references principals (id) on delete restrict,
  existence int not null references principals (id) on delete restrict,
  support_email text not null,
  telephone text not null
);
create index on authorities (commissioners);
create index on authorities (existence);
comment on column authorities.commissioners is 'U2: the principal of everyone who may reach every part of the system.';
comment on column authorities.existence is 'E7: the principal of everyone who may see that a service is involved and whom to ring.';
comment on table authorities is 'One row: the council that is the data controller. A schema holds one authority.';

create table service_areas (
  code text primary key constraint service_areas_code_shape check (code ~ '^[a-z][a-z0-9-]{1,40}$'),
  name text not null,
  position int not null,
  existence_shown boolean not null default true,
  archived_at timestamptz
);
comment on column service_areas.existence_shown is 'E7: whether an agency that may know of involvement is told that this service is involved at all.';

create table agencies (
  id uuid primary key,
  principal int not null unique references principals (id) on delete restrict,
  name text not null unique,
  kind text not null,
  is_authority boolean not null default false,
  manages_own_users boolean not null default true,
  telephone text not null default '',
  out_of_hours_telephone text not null default '',
  terms text not null default '',
  terms_version int not null default 0,
  disabled_at timestamptz
);
comment on column agencies.terms_version is 'F19: 0 means that this agency has no terms of its own; raising it asks every user to accept again.';

create table teams (
  id uuid primary key,
  principal int not null unique references principals (id) on delete restrict,
  agency int not null references agencies (principal) on delete restrict,
  name text not null,
  telephone text not null default '',
  disabled_at timestamptz,
  constraint teams_name_once_an_agency unique (agency, name),
  constraint teams_of_agency unique (id, agency)
);
comment on column teams.agency is 'The agency''s principal, so that policies compare it with what the actor administers.';

-- A team's work in one service area: what a post holds and what an unrestricted case names as its reader.
create table team_services (
  team_id uuid not null,
  agency int not null,
  service_area text not null references service_areas (code) on delete restrict,
  principal int not null unique references principals (id) on delete restrict,
  primary key (team_id, service_area),
  constraint team_services_team foreign key (team_id, agency) references teams (id, agency) on delete restrict
);
create index on team_services (team_id, agency);
create index on team_services (service_area);

create table roles (
  id uuid primary key,
  name text not null unique,
  description text not null,
  capabilities text[] not null,
  needs_second_factor boolean not null default false,
  authority_only boolean not null default false,
  version int not null default 1
);
comment on column roles.authority_only is 'Only administrators of the authority may give this role; an agency''s own administrators may not.';

create table users (
  id uuid primary key,
  principal int not null unique references principals (id) on delete restrict,
  agency int not null references agencies (principal) on delete restrict,
  name text not null,
  email text not null,
  job_title text not null default '',
  telephone text not null default '',
  status text not null default 'invited' constraint users_status_known check (status in ('invited', 'active', 'disabled')),
  disabled_reason text not null default '',
  last_sign_in_at timestamptz,
  created_at timestamptz not null default now(),
  created_by uuid references users (id) on delete restrict,
  version int not null default 1
);
create unique index users_email_once on users (lower(email));
create index on users (agency);
create index on users (created_by);

create table posts (
  id uuid primary key,
  user_id uuid not null references users (id) on delete restrict,
  team_id uuid not null,
  agency int not null,
  service_area text references service_areas (code) on delete restrict,
  role_id uuid not null references roles (id) on delete restrict,
  started_at timestamptz not null default now(),
  ended_at timestamptz,
  ended_by uuid references users (id) on delete restrict,
  constraint posts_team foreign key (team_id, agency) references teams (id, agency) on delete restrict
);
create index on posts (user_id) where ended_at is null;
create index posts_user_id_all on posts (user_id);
create index on posts (team_id, agency);
create index on posts (service_area);
create index on posts (role_id);
create index on posts (ended_by);
comment on column posts.service_area is 'Null for a post with no casework of its own: an administrator, a commissioner.';

-- Who else's principal somebody holds, and from when to when: windows (time-limited shares, break-glass) and meetings.
-- A time limit holds because the principal is not in the actor's list once it has passed, however late any tidying job is.
create table held_principals (
  principal int not null references principals (id) on delete cascade,
  holder int not null references principals (id) on delete cascade,
  starts_at timestamptz not null,
  ends_at timestamptz,
  primary key (principal, holder),
  constraint held_principals_in_order check (ends_at is null or ends_at >= starts_at)
);
create index on held_principals (holder, ends_at);

-- ── How people get in. Only the gate reads these. ───────────────────────────────────────────────────────────────────────

create table credentials (
  user_id uuid primary key references users (id) on delete cascade,
  password_hash text not null,
  password_changed_at timestamptz not null,
  must_change_password boolean not null,
  totp_secret text,
  totp_confirmed_at timestamptz,
  totp_last_step bigint
);
comment on column credentials.totp_secret is 'Sealed with the deployment''s secret (AES-256-GCM); null until the user sets up an authenticator.';
comment on column credentials.totp_last_step is 'RFC 6238 §5.2: a code is accepted once only.';

create table recovery_codes (
  user_id uuid not null references users (id) on delete cascade,
  code_hash text not null,
  used_at timestamptz,
  primary key (user_id, code_hash)
);

create table sessions (
  id uuid primary key,
  token_hash text not null unique,
  user_id uuid not null references users (id) on delete cascade,
  csrf_token text not null,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  second_factor_at timestamptz,
  address text not null,
  browser text not null,
  ended_at timestamptz,
  ended_because text
);
create index on sessions (user_id, ended_at);

create table password_resets (
  token_hash text primary key,
  user_id uuid not null references users (id) on delete cascade,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index on password_resets (user_id);

create table sign_in_attempts (
  id uuid primary key,
  email_hash text not null,
  address text not null,
  at timestamptz not null,
  succeeded boolean not null
);
create index on sign_in_attempts (email_hash, at);
create index on sign_in_attempts (address, at);

create table terms_acceptances (
  user_id uuid not null references users (id) on delete cascade,
  agency_id uuid not null references agencies (id) on delete cascade,
  version int not null,
  accepted_at timestamptz not null,
  primary key (user_id, agency_id, version)
);
create index on terms_acceptances (agency_id);

-- What a signed-out browser tried to save: kept for the same user until they are back, then offered again.
create table held_posts (
  id uuid primary key,
  user_id uuid not null references users (id) on delete cascade,
  path text not null,
  fields jsonb not null,
  held_at timestamptz not null,
  expires_at timestamptz not null
);
create index on held_posts (user_id);

-- ── A form posted twice is saved once. ─────────────────────────────────────────────────────────────────────────────────

create table submissions (
  once uuid primary key,
  owner int not null references principals (id) on delete cascade,
  location text not null default '',
  at timestamptz not null default now()
);
create index on submissions (owner);
create index on submissions (at);

-- ── What happened. ─────────────────────────────────────────────────────────────────────────────────────────────────────

create table audit_events (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  user_id uuid,
  agency int,
  actor text not null,
  action text not null,
  subject_type text not null,
  subject_id text not null,
  person_id uuid,
  case_id uuid,
  detail jsonb not null default '{}',
  request_id text not null,
  address text not null
);
create index on audit_events (person_id, at desc) where person_id is not null;
create index on audit_events (user_id, at desc);
comment on table audit_events is
  'U9: every read of a person''s record and every change. No foreign keys: an event outlives what it speaks of. No role of the application may update or delete.';

create table audit_chain (
  position bigint primary key,
  event_id bigint not null unique,
  hash text not null,
  sealed_at timestamptz not null
);
comment on table audit_chain is 'hash(n) = sha256(hash(n-1) + the event as text). No foreign key: a deleted event must show, not be refused.';
