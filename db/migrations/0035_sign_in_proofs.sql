-- Before what reaches far somebody shows once more that it is they (E8): when each session last did, and for how long that is good.

alter table sessions add column proved_at timestamptz;
comment on column sessions.proved_at is 'When its user last showed who they are: by signing in, or when asked again. Null for a session from before this was kept: as of its beginning.';

alter table authorities add column proof_minutes int not null default 30
  constraint authorities_proof_minutes_sensible check (proof_minutes between 1 and 720);

alter table provider_sign_ins add column session_id uuid references sessions (id) on delete cascade;
create index on provider_sign_ins (session_id);
comment on column provider_sign_ins.session_id is 'The session whose user shows there once more who they are; null for a sign-in.';
