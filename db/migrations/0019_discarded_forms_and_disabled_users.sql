-- A form begun by mistake is discarded by whoever began it: a state of its own. What was written stays, and nothing is deleted.

alter table answer_sets drop constraint answer_sets_state_known;
alter table answer_sets add constraint answer_sets_state_known
  check (state in ('draft', 'completed', 'signed-off', 'reopened', 'discarded'));

alter table answer_set_events drop constraint answer_set_events_kind_known;
alter table answer_set_events add constraint answer_set_events_kind_known
  check (kind in ('started', 'completed', 'signed-off', 'reopened', 'discarded'));

-- Whom the authority disabled, only the authority enables (E3): who did it stands on the account.
alter table users add column disabled_at timestamptz;
alter table users add column disabled_by uuid references users (id) on delete restrict;
alter table users add column disabled_by_authority boolean not null default false;
alter table users add constraint users_disabled_by_authority_while_disabled check (not disabled_by_authority or status = 'disabled');
create index on users (disabled_by);
comment on column users.disabled_at is 'Null while the account is in use, and where it was disabled before this was kept.';
comment on column users.disabled_by is 'Null while the account is in use, and where it was disabled before this was kept.';
