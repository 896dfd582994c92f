-- Whose work stands on a timeline, and for which services, was read out of all of it each time: of 5,000 events most of what the page took.
-- With this the first of each is gone to, and no other is read.
create index timeline_choices_of_person on timeline_entries (person_id, service_area, worker_id);
