-- Two workers can go on one visit, whoever is told of somebody overdue may look for them, and what an outcome brought about is known, so
-- that it can be taken back (U23).

alter table visits_out
  add column second_worker uuid references users (id) on delete restrict,
  add column looked_for_by int[] not null default '{}',
  add constraint visits_out_by_two_people check (second_worker <> user_id);
create index on visits_out (second_worker, set_out_at desc);
comment on column visits_out.second_worker is 'Who goes with them. Null for one alone. Either says that they are back.';
comment on column visits_out.looked_for_by is 'The users, as principals, who were told that they are not back: they see the visit, in the team or not.';

alter table appointments
  add column note_id uuid references case_notes (id) on delete restrict,
  add column task_id uuid references tasks (id) on delete restrict;
create index on appointments (note_id);
create index on appointments (task_id);
comment on column appointments.note_id is 'The note that says that they did not come. Null where there is none.';
comment on column appointments.task_id is 'The task that was added because they did not come. Null where there is none.';

-- What was told of one thing is withdrawn by its address.
create index on notices (href);
