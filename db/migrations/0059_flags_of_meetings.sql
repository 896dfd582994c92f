-- What a record is flagged with after agencies have met about somebody: the next incident is known at once to be a repeat.

update list_options set position = position + 2 where list = 'flag-kind' and service_area = '' and code = 'other';
insert into list_options (list, code, label, position, source, verified) values
  ('flag-kind', 'marac', 'MARAC', 10, 'Lanyard', false),
  ('flag-kind', 'asb-target-group', 'ASB target group', 11, 'Lanyard', false)
  on conflict do nothing;
