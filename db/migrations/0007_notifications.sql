-- Mail on its way out, and what sign-in needs beyond the core: known devices, invitations, posts that only the authority gives.

-- The outbox. A mail never holds a word about a person: it says that there is something to see, and where.
create table mails (
  id uuid primary key,
  kind text not null,
  recipient text not null,
  subject text not null,
  body text not null,
  queued_at timestamptz not null,
  sent_at timestamptz,
  sent_by text constraint mails_sent_by_known check (sent_by in ('smtp', 'outbox')),
  tries int not null default 0,
  last_error text,
  constraint mails_sent_somehow check ((sent_at is null) = (sent_by is null))
);
create index on mails (queued_at);
comment on column mails.body is 'Emptied once SMTP has taken it: it may hold a link that lets its reader set a password.';

-- A browser in which this user has signed in wholly before: it is not locked out by somebody else''s guesses (OWASP, device cookies).
create table known_devices (
  device_hash text not null,
  user_id uuid not null references users (id) on delete cascade,
  last_used_at timestamptz not null,
  primary key (device_hash, user_id)
);
create index on known_devices (user_id);

alter table sign_in_attempts
  add column step text not null default 'password' constraint sign_in_attempts_step_known check (step in ('password', 'second-factor', 'reset')),
  add column device_hash text,
  add column known boolean not null default false;
comment on column sign_in_attempts.known is 'Made from a device or an address from which this account had signed in before.';

-- An administrator gives a first password and an invitation in the transaction that creates the user. The agency is there for the
-- policy, and the foreign key keeps it true. Null where the gate wrote the row.
alter table users add constraint users_of_agency unique (id, agency);
alter table credentials
  add column agency int,
  add column totp_pending text,
  add constraint credentials_user_of_agency foreign key (user_id, agency) references users (id, agency) on delete cascade;
create index on credentials (user_id, agency);
comment on column credentials.totp_pending is 'A new authenticator''s secret, sealed, until its first code has been entered.';
alter table password_resets
  add column agency int,
  add column purpose text not null default 'reset' constraint password_resets_purpose_known check (purpose in ('reset', 'invitation')),
  add constraint password_resets_user_of_agency foreign key (user_id, agency) references users (id, agency) on delete cascade;
create index on password_resets (user_id, agency);

alter table sessions add column signed_in_at timestamptz;
comment on column sessions.signed_in_at is 'When everything asked for at the door had been given; null for a session that is half-way.';

alter table held_posts add column had_files boolean not null default false;
create index on held_posts (expires_at);

-- Whether only the authority may give a role is copied on to the post, so that a policy can compare it; the foreign key keeps it true.
alter table roles add constraint roles_with_reach unique (id, authority_only);
alter table posts
  add column role_authority_only boolean not null default false,
  add constraint posts_role_with_reach foreign key (role_id, role_authority_only) references roles (id, authority_only) on update cascade on delete restrict;
create index on posts (role_id, role_authority_only);
