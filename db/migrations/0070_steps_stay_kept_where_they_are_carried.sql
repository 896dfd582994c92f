-- A step that is carried to the next case of the same people tells of the case that it comes from: it stays kept from whomever it is kept there.
alter table meeting_stage_moves add column carried_from uuid references meeting_stage_moves (id) on delete restrict;
create index on meeting_stage_moves (carried_from);
comment on column meeting_stage_moves.carried_from is
  'The step of an earlier case that goes along to this one: withheld from whomever that one is, beside whom this case is kept from. Null: recorded in this one.';
