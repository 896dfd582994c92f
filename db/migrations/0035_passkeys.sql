-- Passkeys and security keys (WebAuthn), and which kind of second factor a role needs (E8).

create table passkeys (
  credential_id text primary key,
  user_id uuid not null references users (id) on delete cascade,
  name text not null,
  public_key text not null,
  counter bigint not null,
  transports text[] not null,
  synced boolean not null,
  created_at timestamptz not null,
  last_used_at timestamptz
);
create index on passkeys (user_id);
comment on column passkeys.public_key is 'As the authenticator gave it (COSE), in base64url. The private half never leaves the authenticator.';
comment on column passkeys.counter is 'WebAuthn §6.1.1: a use that counts no further than this comes from a copy and is refused. Nought where the authenticator does not count.';
comment on column passkeys.synced is 'Kept by the maker''s cloud as well as on the device.';
comment on column passkeys.last_used_at is 'Null until it has been signed in with.';

-- What an authenticator is asked to sign: once, soon, and by the browser that was asked.
create table passkey_challenges (
  challenge_hash text primary key,
  purpose text not null constraint passkey_challenges_purpose_known check (purpose in ('add', 'second-factor', 'sign-in', 'proof')),
  bound_to text not null,
  expires_at timestamptz not null
);
create index on passkey_challenges (expires_at);
comment on column passkey_challenges.bound_to is 'The hash of the form token of the browser that was asked.';

alter table sessions add column begun_with text not null default 'password'
  constraint sessions_begun_with_known check (begun_with in ('password', 'passkey', 'provider'));
alter table sessions add column second_factor text
  constraint sessions_second_factor_known check (second_factor in ('authenticator', 'recovery-code', 'passkey', 'provider'));
alter table sessions add column phishing_resistant boolean not null default false;
-- The owner is under the policies of a database that is already at work; they are forced again after every migration.
alter table sessions no force row level security;
alter table roles no force row level security;
update sessions set second_factor = 'authenticator' where second_factor_at is not null;
comment on column sessions.second_factor is 'How the second factor was given; null while it has not been.';
comment on column sessions.phishing_resistant is 'Whether what it began with or its second factor could not have been given to a page that only looks like this one.';

alter table roles add column factor_needed text not null default 'none'
  constraint roles_factor_needed_known check (factor_needed in ('none', 'any', 'phishing-resistant'));
update roles set factor_needed = 'any' where needs_second_factor;
alter table roles drop column needs_second_factor;
