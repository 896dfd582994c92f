-- Signing in through somebody else's door: OpenID Connect providers as data, whose identities there are which users here (F14).

create table sign_in_providers (
  id uuid primary key,
  name text not null unique,
  profile text not null constraint sign_in_providers_profile_known check (profile in ('entra-id', 'nhs-cis2', 'other')),
  issuer text not null,
  client_id text not null,
  client_secret text,
  client_authentication text not null
    constraint sign_in_providers_client_authentication_known check (client_authentication in ('client_secret_basic', 'client_secret_post')),
  scopes text not null,
  prompt text not null default '',
  acr_values text not null default '',
  max_age int constraint sign_in_providers_max_age_sensible check (max_age >= 0),
  subject_claims text[] not null,
  claims_needed text[] not null,
  second_factor_claims text[] not null,
  phishing_resistant_claims text[] not null,
  links_invited boolean not null default false,
  agency int references agencies (principal) on delete restrict,
  ends_session_there boolean not null default true,
  enabled boolean not null default false,
  checked_at timestamptz,
  checked_by uuid references users (id) on delete restrict,
  version int not null default 1
);
create index on sign_in_providers (agency);
create index on sign_in_providers (checked_by);
comment on column sign_in_providers.client_secret is 'Sealed with the deployment''s secret (AES-256-GCM). Written by administrators, read by the gate alone; null until it is entered.';
comment on column sign_in_providers.max_age is 'How many seconds old a sign-in there may be; null where it is not asked.';
comment on column sign_in_providers.subject_claims is 'The claims that together name somebody there, for ever: never an e-mail address.';
comment on column sign_in_providers.claims_needed is 'As claim=value. Of each claim named, one of its values must be in the token, or nobody is let in.';
comment on column sign_in_providers.links_invited is 'Whether somebody invited, who has never been in, is known by an e-mail address that the issuer says is verified.';
comment on column sign_in_providers.agency is 'Whose users it lets in; null for everybody''s.';
comment on column sign_in_providers.checked_at is 'When somebody held what is entered here against the provider''s own papers; null while nobody has.';

create table provider_identities (
  provider_id uuid not null references sign_in_providers (id) on delete cascade,
  subject text not null,
  user_id uuid not null references users (id) on delete cascade,
  linked_at timestamptz not null,
  linked_by uuid references users (id) on delete set null,
  last_used_at timestamptz,
  primary key (provider_id, subject),
  constraint provider_identities_one_a_user unique (provider_id, user_id)
);
create index on provider_identities (user_id);
create index on provider_identities (linked_by);
comment on column provider_identities.linked_by is 'The administrator; null for somebody invited, linked at their first sign-in.';

-- A sign-in that is under way there. Taken once, by the browser that began it.
create table provider_sign_ins (
  state_hash text primary key,
  provider_id uuid not null references sign_in_providers (id) on delete cascade,
  nonce text not null,
  code_verifier text not null,
  bound_to text not null,
  return_to text not null,
  expires_at timestamptz not null
);
create index on provider_sign_ins (provider_id);
create index on provider_sign_ins (expires_at);

alter table sessions add column provider_id uuid references sign_in_providers (id) on delete set null;
alter table sessions add column id_token text;
create index on sessions (provider_id);
comment on column sessions.id_token is 'Sealed; sent back to the provider when its user signs out. Null where the session did not begin there.';
