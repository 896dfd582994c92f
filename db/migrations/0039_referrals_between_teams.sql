-- What the team that received a referral asked its referrer, and what the referrer answered. Added to, never changed.

create table referral_exchanges (
  id uuid primary key,
  case_id uuid not null references cases (id) on delete restrict,
  kind text not null constraint referral_exchanges_kind_known check (kind in ('asked', 'answered')),
  words text not null constraint referral_exchanges_says_something check (words <> ''),
  user_id uuid not null references users (id) on delete restrict,
  author text not null,
  recorded_at timestamptz not null,
  readers int[] not null,
  editors int[] not null,
  withheld int[] not null default '{}'
);
create index on referral_exchanges (case_id);
create index on referral_exchanges (user_id);
comment on column referral_exchanges.author is 'Name and team, as they were then.';

alter table referrals add column from_team_id uuid references teams (id) on delete restrict;
create index on referrals (from_team_id);
comment on column referrals.from_team_id is 'The team of whoever referred to a team that was not theirs. Null: the team that received it referred itself.';

-- What waits to be decided is counted on every page of whoever works in the team.
create index caseload_entries_to_decide on caseload_entries (team_id, service_area) where status = 'referred';
