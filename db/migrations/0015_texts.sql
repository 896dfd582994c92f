-- What can be found by its words: notes, what happened in a case, forms, documents, plans and tasks, each a row with the access lists of
-- the row that it was taken from. An index, not a record: the words stand where they were written, and this follows them.
--
-- One row answers a search or it does not, by its own lists. A section of a form is therefore a row of its own, since it can be withheld by itself.

-- Every word counts: the stop words of the usual English configuration hold "Will" and "Don", and "not" in "not safe to visit".
create text search dictionary every_english_word (template = snowball, language = english);
create text search configuration words (copy = pg_catalog.english);
alter text search configuration words alter mapping replace english_stem with every_english_word;

create table texts (
  id uuid primary key default gen_random_uuid(),
  source text not null constraint texts_source_known check (source in ('note', 'case', 'form', 'document', 'plan', 'task')),
  source_id uuid not null,
  place text not null default '',
  case_id uuid references cases (id) on delete restrict,
  person_id uuid references people (id) on delete restrict,
  part text not null,
  answer_set_id uuid references answer_sets (id) on delete restrict,
  section text,
  kind text not null default '',
  heading text not null default '',
  name text not null default '',
  words text not null default '',
  author_id uuid references users (id) on delete restrict,
  at timestamptz not null,
  recorded_at timestamptz not null,
  named_readers int[],
  readers int[] not null,
  editors int[] not null,
  withheld int[] not null default '{}',
  tsv tsvector not null generated always as (
    to_tsvector('words', translate(name || E'\n' || words,
      'ÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖÙÚÛÜÝàáâãäåçèéêëìíîïñòóôõöùúûüýÿĀāĂăĄąĆćĈĉĊċČčĎďĒēĔĕĖėĘęĚěĜĝĞğĠġĢģĤĥĨĩĪīĬĭĮįİĴĵĶķĹĺĻļĽľŃńŅņŇňŌōŎŏŐőŔŕŖŗŘřŚśŜŝŞşŠšŢţŤťŨũŪūŬŭŮůŰűŲųŴŵŶŷŸŹźŻżŽžƠơƯưȘșȚțẠạẢảẤấẦầẨẩẪẫẬậẮắẰằẲẳẴẵẶặẸẹẺẻẼẽẾếỀềỂểỄễỆệỈỉỊịỌọỎỏỐốỒồỔổỖỗỘộỚớỜờỞởỠỡỢợỤụỦủỨứỪừỬửỮữỰựỲỳỴỵỶỷỸỹØøŁłĐđıĦħ‘’',
      'AAAAAACEEEEIIIINOOOOOUUUUYaaaaaaceeeeiiiinooooouuuuyyAaAaAaCcCcCcCcDdEeEeEeEeEeGgGgGgGgHhIiIiIiIiIJjKkLlLlLlNnNnNnOoOoOoRrRrRrSsSsSsSsTtTtUuUuUuUuUuUuWwYyYZzZzZzOoUuSsTtAaAaAaAaAaAaAaAaAaAaAaAaEeEeEeEeEeEeEeEeIiIiOoOoOoOoOoOoOoOoOoOoOoOoUuUuUuUuUuUuUuYyYyYyYyOoLlDdiHh'''''))
    || array_to_tsvector(array[
      '~s' || source,
      '~a' || coalesce(author_id::text, ''),
      '~m' || (extract(year from at at time zone 'UTC') * 100 + extract(month from at at time zone 'UTC'))::int::text,
      '~r' || (extract(year from recorded_at at time zone 'UTC') * 100 + extract(month from recorded_at at time zone 'UTC'))::int::text])
  ) stored,
  constraint texts_once unique (source, source_id, place),
  constraint texts_of_a_section check ((answer_set_id is null) = (section is null)),
  constraint texts_in_order check (at <= recorded_at)
);
-- Who may read it, and what is in it, are both conditions of this one index where ts_match_vq is leakproof (docs/operations). A short
-- pending list: it is read from end to end by every search, and put away by whoever fills it.
create index texts_found on texts using gin (readers, tsv) with (gin_pending_list_limit = 512);
create index on texts (case_id);
create index on texts (person_id);
create index on texts (answer_set_id);
create index on texts (author_id);
comment on column texts.source_id is 'The note, the line of the timeline, the answer set, the document, the need, goal or action of a plan, the task.';
comment on column texts.place is 'Where in the source: the section of a form, the stretch of a long document. Empty for the whole.';
comment on column texts.case_id is 'Null for a task of no case.';
comment on column texts.heading is 'Shown above the words and not searched: the form and its section, what happened.';
comment on column texts.name is 'What it is called, searched like its words: the title of a document, of a task, of a need.';
comment on column texts.author_id is 'Null for what an import brought and nobody here wrote.';
comment on column texts.at is 'When it happened; never later than it was recorded. The latest is found first.';
comment on column texts.tsv is
  'The words, without accents; and marks that no typed word can be (~s source, ~a author, ~m the month of at, ~r of recorded_at), so that the index serves these too.';

-- The files of documents are read for their words by a job.
alter table document_versions add column words_read text not null default 'not-yet'
  constraint document_versions_words_read_known check (words_read in ('not-yet', 'read', 'no-words', 'unreadable'));
comment on column document_versions.words_read is 'Whether the words in the file can be searched. no-words: a picture, such as a letter that was only scanned.';
create index on document_versions (added_at) where words_read = 'not-yet';

-- What has been recorded before this. The owner is under row-level security too, and would find nothing; policies are made afresh after this.
alter table cases no force row level security;
alter table case_notes no force row level security;
alter table timeline_entries no force row level security;
alter table referrals no force row level security;
alter table closures no force row level security;
alter table reviews no force row level security;
alter table risk_levels no force row level security;
alter table case_flags no force row level security;
alter table documents no force row level security;
alter table document_versions no force row level security;
alter table plans no force row level security;
alter table plan_needs no force row level security;
alter table plan_goals no force row level security;
alter table plan_actions no force row level security;
alter table tasks no force row level security;

insert into texts (source, source_id, case_id, person_id, part, kind, words, author_id, at, recorded_at, named_readers, readers, editors, withheld)
select 'note', n.id, n.case_id, c.person_id, 'notes', n.note_type, concat_ws(E'\n', nullif(n.text, ''), nullif(n.facts, ''), nullif(n.analysis, ''), nullif(n.own_words, '')),
  n.recorded_by, least(n.happened_at, n.recorded_at), n.recorded_at, n.named_readers, n.readers, n.editors, n.withheld
from case_notes n join cases c on c.id = n.case_id;

insert into texts (source, source_id, case_id, person_id, part, kind, heading, words, author_id, at, recorded_at, readers, editors, withheld)
select 'case', t.id, t.case_id, t.person_id, t.part, t.kind, t.title,
  coalesce(nullif(r.reason, ''), nullif(c.summary, ''), nullif(v.summary, ''), nullif(k.reason, ''), nullif(f.note, ''), t.summary),
  t.worker_id, least(t.at, coalesce(r.recorded_at, c.recorded_at, v.recorded_at, k.recorded_at, f.recorded_at, now())),
  coalesce(r.recorded_at, c.recorded_at, v.recorded_at, k.recorded_at, f.recorded_at, t.at), t.readers, t.editors, t.withheld
from timeline_entries t
  left join referrals r on t.source_type = 'referral' and r.id = t.source_id
  left join closures c on t.source_type = 'closure' and c.id = t.source_id
  left join reviews v on t.source_type = 'review' and v.id = t.source_id
  left join risk_levels k on t.source_type = 'risk-level' and k.id = t.source_id
  left join case_flags f on t.source_type = 'case-flag' and f.id = t.source_id and t.title like 'Flag raised%'
where t.case_id is not null and t.summary <> '' and t.source_type not in ('case-note', 'plan', 'task', 'document', 'answer-set') and t.named_readers is null;

insert into texts (source, source_id, case_id, person_id, part, answer_set_id, section, kind, name, words, author_id, at, recorded_at, readers, editors, withheld)
select 'document', d.id, d.case_id, c.person_id, 'documents', d.answer_set_id, d.section, d.kind, d.title || ' ' || v.file_name, '',
  d.added_by, v.added_at, v.added_at, d.readers, d.editors, d.withheld
from documents d join cases c on c.id = d.case_id join document_versions v on v.document_id = d.id and v.number = d.current_version
where d.withdrawn_at is null;

insert into texts (source, source_id, case_id, person_id, part, kind, name, words, author_id, at, recorded_at, readers, editors, withheld)
select 'plan', p.id, p.case_id, c.person_id, 'plan', p.kind, p.name, p.words, l.created_by, l.created_at, l.created_at, p.readers, p.editors, p.withheld
from (
    select id, case_id, 'need' as kind, title as name, concat_ws(E'\n', nullif(detail, ''), nullif(ended_reason, '')) as words, readers, editors, withheld from plan_needs
    union all select id, case_id, 'goal', title, concat_ws(E'\n', nullif(measure, ''), nullif(ended_reason, '')), readers, editors, withheld from plan_goals
    union all select id, case_id, 'action', what, concat_ws(E'\n', nullif(who_words, ''), nullif(evidence, ''), nullif(dropped_reason, '')), readers, editors, withheld from plan_actions
  ) p join cases c on c.id = p.case_id join plans l on l.case_id = p.case_id;

insert into texts (source, source_id, case_id, person_id, part, kind, name, words, author_id, at, recorded_at, readers, editors, withheld)
select 'task', t.id, t.case_id, t.person_id, 'tasks', t.status, t.title, concat_ws(E'\n', nullif(t.detail, ''), nullif(t.outcome, '')),
  t.created_by, t.created_at, t.created_at, t.readers, t.editors, t.withheld
from tasks t;
