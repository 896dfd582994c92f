-- Contacts: what each kind of contact needs beside its words, what came of it, how long it took, who heard the person's own words, and one
-- contact written on the records of several people (U23, F6, F20).

alter table case_notes
  add column contact_id uuid not null default gen_random_uuid(),
  add column minutes int constraint case_notes_minutes_of_a_day check (minutes between 1 and 1440),
  add column outcome text not null default '',
  add column heard_by text not null default '',
  add column details jsonb not null default '{}';
create index on case_notes (contact_id);
-- The latest of what somebody wrote: whom they are working with now.
drop index case_notes_recorded_by_idx;
create index on case_notes (recorded_by, recorded_at desc);
comment on column case_notes.contact_id is 'F20: the same for the notes of one contact on several people. Every note has one, so that having one says nothing of others.';
comment on column case_notes.minutes is 'How long it took. Null where nobody said.';
comment on column case_notes.outcome is 'A code of the list contact-outcome; empty: it went ahead.';
comment on column case_notes.heard_by is 'Who heard the person''s own words, where that was not the author.';
comment on column case_notes.details is 'What this kind of contact asks for beside the words, by the names in src/cases/notes/contact-kinds.ts.';

-- The owner is under the policies of a database that is already at work.
alter table list_options no force row level security;
update list_options set label = 'Home visit', position = 3 where list = 'note-type' and code = 'visit' and service_area = '' and label = 'Visit';
update list_options set position = case code when 'text' then 4 when 'email' then 5 when 'meeting' then 7 else 99 end
where list = 'note-type' and service_area = '' and code in ('text', 'email', 'meeting', 'other');
insert into list_options (list, code, label, position, source, verified) values
  ('note-type', 'one-to-one', 'One-to-one', 2, 'Lanyard', false),
  ('note-type', 'video', 'Video call', 6, 'Lanyard', false),
  ('note-type', 'letter', 'Letter', 8, 'Lanyard', false),
  ('note-type', 'drop-in', 'Drop-in', 9, 'Lanyard', false),
  ('note-type', 'outreach', 'Outreach', 10, 'Lanyard', false),
  ('note-type', 'court', 'Court', 11, 'Lanyard', false),
  ('note-type', 'group', 'Group work', 12, 'Lanyard', false),
  ('contact-outcome', 'did-not-attend', 'Did not attend', 1, 'Lanyard', false),
  ('contact-outcome', 'no-answer', 'No answer', 2, 'Lanyard', false),
  ('contact-outcome', 'message-left', 'Left a message', 3, 'Lanyard', false),
  ('contact-outcome', 'cancelled-by-them', 'Cancelled by them', 4, 'Lanyard', false),
  ('contact-outcome', 'cancelled-by-us', 'Cancelled by us', 5, 'Lanyard', false),
  ('court-purpose', 'support', 'To support them', 1, 'Lanyard', false),
  ('court-purpose', 'report', 'To give a report', 2, 'Lanyard', false),
  ('court-purpose', 'witness', 'As a witness', 3, 'Lanyard', false),
  ('court-purpose', 'other', 'Another reason', 4, 'Lanyard', false),
  ('handed-out', 'food', 'Food or drink', 1, 'Lanyard', false),
  ('handed-out', 'clothing', 'Clothing or a blanket', 2, 'Lanyard', false),
  ('handed-out', 'naloxone', 'Naloxone kit', 3, 'Lanyard', false),
  ('handed-out', 'needles', 'Needle and syringe pack', 4, 'Lanyard', false),
  ('handed-out', 'condoms', 'Condoms', 5, 'Lanyard', false),
  ('handed-out', 'leaflet', 'Leaflet or card', 6, 'Lanyard', false),
  ('handed-out', 'other', 'Something else', 7, 'Lanyard', false);
alter table list_options force row level security;
