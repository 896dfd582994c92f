-- What a meeting keeps of an item beside what is said of it there (A5, M1): places among those whom it is about; at which stage of the steps taken with
-- somebody they stand; what happened day by day, such as complaints; a case review; documents; how the work on it ended. Rows follow from the item, as all
-- of its rows do (decision 25).

alter table meeting_parties add column is_place boolean not null default false, add column postcode text not null default '',
  add column about text not null default '';
comment on column meeting_parties.is_place is 'A place: its name stands in family_name as it was typed, and it has no other.';
comment on column meeting_parties.about is 'What happens there, as its referral has it: of its own part, as its name is.';
-- What the referrals have of places already.
alter table meeting_parties no force row level security;
alter table meeting_answers no force row level security;
update meeting_parties p set is_place = true,
    postcode = coalesce(v.place ->> 'postcode', ''), about = coalesce(v.place ->> 'happens', '')
  from (select a.item_id, place from meeting_answers a cross join lateral jsonb_array_elements(a.answers -> 'locations') place
    where a.form_code = 'asb-target-group-referral' and a.section = 'locations' and a.replaced_at is null and jsonb_typeof(a.answers -> 'locations') = 'array') v
  where p.item_id = v.item_id and p.role = 'location' and p.family_name = v.place ->> 'place';
update meeting_parties set is_place = true where role = 'location';
alter table meeting_parties force row level security;
alter table meeting_answers force row level security;

create table meeting_stage_moves (
  id uuid primary key,
  item_id uuid not null references meeting_items (id) on delete restrict,
  party_id uuid not null references meeting_parties (id) on delete restrict,
  part text not null,
  list text not null,
  stage text not null constraint meeting_stage_moves_say_which check (stage <> ''),
  reasons text not null default '',
  reason text not null default '',
  given_on date not null,
  until date,
  agency_id uuid references agencies (id) on delete restrict,
  recorded_at timestamptz not null,
  recorded_by uuid not null references users (id) on delete restrict,
  withdrawn_at timestamptz,
  withdrawn_by uuid references users (id) on delete restrict,
  own int[] not null,
  readers int[] not null,
  editors int[] not null,
  withheld int[] not null default '{}',
  constraint meeting_stage_moves_end_after check (until is null or until >= given_on),
  constraint meeting_stage_moves_withdrawn_by_somebody check ((withdrawn_at is null) = (withdrawn_by is null))
);
create index on meeting_stage_moves (item_id);
create index on meeting_stage_moves (party_id);
create index on meeting_stage_moves (agency_id);
create index on meeting_stage_moves (recorded_by);
create index on meeting_stage_moves (withdrawn_by);
comment on column meeting_stage_moves.part is 'The part of the item that its person is. It holds no free words: they would name others.';
comment on column meeting_stage_moves.stage is 'A code of that list of the authority’s own; so is the reason of the list of reasons.';
comment on column meeting_stage_moves.until is 'The last day on which it holds. Null: without an end, or none is known.';
comment on column meeting_stage_moves.agency_id is 'Which agency took the step. Null: not known.';
comment on column meeting_stage_moves.withdrawn_at is 'When it was taken back as a mistake: it stays on the history and counts no more.';

create table meeting_log_entries (
  id uuid primary key,
  item_id uuid not null references meeting_items (id) on delete restrict,
  log text not null,
  what text not null,
  happened_on date not null,
  told_on date,
  party_id uuid references meeting_parties (id) on delete restrict,
  agency_id uuid references agencies (id) on delete restrict,
  words text not null default '',
  recorded_at timestamptz not null,
  recorded_by uuid not null references users (id) on delete restrict,
  withdrawn_at timestamptz,
  withdrawn_by uuid references users (id) on delete restrict,
  own int[] not null,
  readers int[] not null,
  editors int[] not null,
  withheld int[] not null default '{}',
  constraint meeting_log_entries_told_after check (told_on is null or told_on >= happened_on),
  constraint meeting_log_entries_withdrawn_by_somebody check ((withdrawn_at is null) = (withdrawn_by is null))
);
create index on meeting_log_entries (item_id);
create index on meeting_log_entries (party_id);
create index on meeting_log_entries (agency_id);
create index on meeting_log_entries (recorded_by);
create index on meeting_log_entries (withdrawn_by);
comment on table meeting_log_entries is 'What happened, dated, by whoever heard of it or did it: complaints of an item, the work on it between meetings.';
comment on column meeting_log_entries.log is 'Which log of its kind of meeting; what is a code of that log''s list.';
comment on column meeting_log_entries.told_on is 'When somebody complained of it. Null where nobody complains of such a thing, or when is not known.';
comment on column meeting_log_entries.party_id is 'Who complained, or with whom it was. Seen by whoever sees that person. Null: nobody, or not known.';
comment on column meeting_log_entries.agency_id is 'Whom it was told, or who did it. Null: not known.';

create table meeting_review_steps (
  id uuid primary key,
  item_id uuid not null references meeting_items (id) on delete restrict,
  step text not null constraint meeting_review_steps_known check (step in ('asked', 'acknowledged', 'met', 'not-met', 'held', 'told', 'dropped')),
  happened_on date not null,
  party_id uuid references meeting_parties (id) on delete restrict,
  asked_as text not null default '',
  complaints int,
  weighed text[] not null default '{}',
  recommends boolean,
  words text not null default '',
  recorded_at timestamptz not null,
  recorded_by uuid not null references users (id) on delete restrict,
  withdrawn_at timestamptz,
  withdrawn_by uuid references users (id) on delete restrict,
  readers int[] not null,
  editors int[] not null,
  withheld int[] not null default '{}',
  constraint meeting_review_steps_decided_with_reason check (step not in ('met', 'not-met') or words <> ''),
  constraint meeting_review_steps_withdrawn_by_somebody check ((withdrawn_at is null) = (withdrawn_by is null))
);
create index on meeting_review_steps (item_id);
create index on meeting_review_steps (party_id);
create index on meeting_review_steps (recorded_by);
create index on meeting_review_steps (withdrawn_by);
comment on table meeting_review_steps is 'A review that somebody who suffers it asked for, step by step; where it stands is worked out of them. Asked again once it is over, it begins anew.';
comment on column meeting_review_steps.party_id is 'Who asked. Seen by whoever sees that person. Null: somebody else for them, or not known.';
comment on column meeting_review_steps.complaints is 'Of a decision: how many complaints counted. Null for other steps.';
comment on column meeting_review_steps.recommends is 'Of a review that was held: whether it made recommendations. Null for other steps.';

create table meeting_documents (
  id uuid primary key,
  item_id uuid not null references meeting_items (id) on delete restrict,
  part text not null,
  title text not null constraint meeting_documents_titled check (title <> ''),
  file_name text not null,
  content_type text not null,
  bytes int not null,
  storage_key text not null,
  added_at timestamptz not null,
  added_by uuid not null references users (id) on delete restrict,
  withdrawn_at timestamptz,
  withdrawn_by uuid references users (id) on delete restrict,
  scan text not null constraint meeting_documents_scan_known check (scan in ('not-scanned', 'awaiting-scan', 'clean', 'infected')),
  scan_started_at timestamptz,
  scanned_at timestamptz,
  scan_words text not null default '',
  own int[] not null,
  readers int[] not null,
  editors int[] not null,
  withheld int[] not null default '{}',
  constraint meeting_documents_withdrawn_by_somebody check ((withdrawn_at is null) = (withdrawn_by is null))
);
create index on meeting_documents (item_id);
create index on meeting_documents (added_by);
create index on meeting_documents (withdrawn_by);
create index on meeting_documents (added_at) where scan = 'awaiting-scan';
comment on column meeting_documents.part is 'The part of the item that it is about, or that it is free words: from whomever that is kept, so is this.';
comment on column meeting_documents.storage_key is 'The SHA-256 of the file''s content, by which storage finds it.';

alter table meeting_items add column ended_as text not null default '';
comment on column meeting_items.ended_as is 'What came of it, by a code of the list that its kind names: said when those who run the meeting end the work on it; in words it stands in the log, which is free words. Empty: it closed by its rule.';

alter table meeting_series add column review_rules jsonb constraint meeting_series_review_rules_named check (jsonb_typeof(review_rules) = 'object');
comment on column meeting_series.review_rules is 'When a case review is due and by when, as src/meetings/kind.ts has it. Null: of a kind without reviews.';

alter table meeting_series no force row level security;
update meeting_series set review_rules = '{"complaints": 3, "withinMonths": 6, "madeWithinMonths": 1, "acknowledgeDays": 10, "decideDays": 15, "reviewDays": 20, "tellDays": 5}'
  where kind = 'asb-target-group';
alter table meeting_series force row level security;

-- Steps that are taken with somebody who causes anti-social behaviour, in their order; an authority changes list and order.
insert into list_options (list, code, label, position, source, verified) values
  ('asb-warning-stage', 'advice', 'Advice', 1, 'Local practice', false),
  ('asb-warning-stage', 'letter', 'Warning letter', 2, 'Local practice', false),
  ('asb-warning-stage', 'abc', 'Acceptable behaviour contract', 3, 'York, North Somerset, Southend and Newcastle-under-Lyme councils’ pages', true),
  ('asb-warning-stage', 'cpw', 'Community protection warning', 4, 'York, North Somerset, Southend and Newcastle-under-Lyme councils’ pages', true),
  ('asb-warning-stage', 'cpn', 'Community protection notice', 5, 'York, North Somerset, Southend and Newcastle-under-Lyme councils’ pages', true),
  ('asb-warning-stage', 'fpn', 'Fixed penalty for breach of a notice', 6, 'York, North Somerset, Southend and Newcastle-under-Lyme councils’ pages', true),
  ('asb-warning-stage', 'inj', 'Civil injunction', 7, 'Anti-social Behaviour, Crime and Policing Act 2014, Part 1; not compared', false),
  ('asb-warning-stage', 'cbo', 'Criminal behaviour order', 8, 'Sentencing Act 2020, section 330 (legislation.gov.uk)', true),
  ('asb-warning-stage', 'clo', 'Closure notice or order', 9, 'Anti-social Behaviour, Crime and Policing Act 2014; not compared', false),
  ('asb-warning-stage', 'poss', 'Possession of the home', 10, 'Anti-social Behaviour, Crime and Policing Act 2014; not compared', false),
  ('asb-stage-reason', 'first', 'First step', 1, 'Lanyard', false),
  ('asb-stage-reason', 'went-on', 'It went on', 2, 'Lanyard', false),
  ('asb-stage-reason', 'breach', 'Breach', 3, 'Lanyard', false),
  ('asb-stage-reason', 'serious', 'So serious that steps were left out', 4, 'Lanyard', false),
  ('asb-stage-reason', 'renewed', 'Renewed or extended', 5, 'Lanyard', false),
  ('asb-stage-reason', 'better', 'It has become better', 6, 'Lanyard', false),
  ('asb-incident-kind', 'noise', 'Noise', 1, 'Lanyard', false),
  ('asb-incident-kind', 'threats', 'Threats or intimidation', 2, 'Lanyard', false),
  ('asb-incident-kind', 'harassment', 'Harassment', 3, 'Lanyard', false),
  ('asb-incident-kind', 'hate', 'Hate incident', 4, 'Lanyard', false),
  ('asb-incident-kind', 'damage', 'Damage or graffiti', 5, 'Lanyard', false),
  ('asb-incident-kind', 'drugs', 'Drugs or dealing', 6, 'Lanyard', false),
  ('asb-incident-kind', 'drinking', 'Drinking in the street', 7, 'Lanyard', false),
  ('asb-incident-kind', 'gathering', 'Rowdy gathering', 8, 'Lanyard', false),
  ('asb-incident-kind', 'vehicles', 'Vehicles', 9, 'Lanyard', false),
  ('asb-incident-kind', 'animals', 'Animals', 10, 'Lanyard', false),
  ('asb-incident-kind', 'rubbish', 'Rubbish or fly-tipping', 11, 'Lanyard', false),
  ('asb-incident-kind', 'fire', 'Fire-setting', 12, 'Lanyard', false),
  ('asb-incident-kind', 'other', 'Something else', 13, 'Lanyard', false),
  ('meeting-work', 'visit', 'Visit', 1, 'Lanyard', false),
  ('meeting-work', 'call', 'Telephone call', 2, 'Lanyard', false),
  ('meeting-work', 'seen', 'Seen at our service', 3, 'Lanyard', false),
  ('meeting-work', 'missed', 'Did not come', 4, 'Lanyard', false),
  ('meeting-work', 'outreach', 'Outreach', 5, 'Lanyard', false),
  ('meeting-work', 'professionals', 'Talk between professionals', 6, 'Lanyard', false),
  ('meeting-work', 'incident', 'Something happened', 7, 'Lanyard', false),
  ('meeting-work', 'ended', 'Our work ended', 8, 'Lanyard', false),
  ('meeting-work', 'other', 'Something else', 9, 'Lanyard', false),
  ('asb-outcome', 'stopped', 'The behaviour has stopped', 1, 'Lanyard', false),
  ('asb-outcome', 'less', 'It is less, and one agency can go on', 2, 'Lanyard', false),
  ('asb-outcome', 'order', 'An order is in force', 3, 'Lanyard', false),
  ('asb-outcome', 'moved', 'They have moved away', 4, 'Lanyard', false),
  ('asb-outcome', 'other', 'Something else', 5, 'Lanyard', false),
  ('mdt-outcome', 'goals-met', 'What the team was after is reached', 1, 'Lanyard', false),
  ('mdt-outcome', 'one-service', 'One service can go on alone', 2, 'Lanyard', false),
  ('mdt-outcome', 'not-wanted', 'The person does not want it', 3, 'Lanyard', false),
  ('mdt-outcome', 'lost-touch', 'Nobody can reach them', 4, 'Lanyard', false),
  ('mdt-outcome', 'moved', 'They have moved away', 5, 'Lanyard', false),
  ('mdt-outcome', 'custody', 'In custody or hospital for long', 6, 'Lanyard', false),
  ('mdt-outcome', 'died', 'They have died', 7, 'Lanyard', false),
  ('mdt-outcome', 'other', 'Something else', 8, 'Lanyard', false);
