-- Letters from templates, printouts, and signatures.
--
-- A template is versioned data like a form: a draft is changed, a released version never is. What somebody is writing is theirs alone; what they
-- produce is a document of the case, with the wording that it was made of beside it. A signature is a record of its own, bound to what was signed.

-- ── Templates. ──────────────────────────────────────────────────────────────────────────────────────────────────────────

create table letter_templates (
  code text not null constraint letter_templates_code_shape check (code ~ '^[a-z][a-z0-9-]{1,60}$'),
  version int not null constraint letter_templates_version_counts check (version > 0),
  status text not null default 'draft' constraint letter_templates_status_known check (status in ('draft', 'released', 'retired')),
  agency int references agencies (principal) on delete restrict,
  service_area text references service_areas (code) on delete restrict,
  title text not null,
  body text not null,
  changed_by uuid references users (id) on delete restrict,
  changed_at timestamptz not null,
  released_by uuid references users (id) on delete restrict,
  released_at timestamptz,
  revision int not null default 1,
  primary key (code, version),
  constraint letter_templates_released_when check ((status = 'draft') = (released_at is null))
);
create index on letter_templates (agency);
create index on letter_templates (service_area);
create index on letter_templates (changed_by);
create index on letter_templates (released_by);
comment on table letter_templates is 'A released version is never changed again (policy): letters name the version that they were made of. A version that is retired takes the template out of use.';
comment on column letter_templates.agency is 'The agency whose users write it. Null for every agency: the authority''s own.';
comment on column letter_templates.service_area is 'Null for the cases of every service area.';
comment on column letter_templates.changed_by is 'Null for those that come with the product.';
comment on column letter_templates.revision is 'Goes up with every change of a draft, so that two people changing it at once are told.';

create table letterheads (
  agency int primary key references agencies (principal) on delete restrict,
  address text not null default '',
  telephone text not null default '',
  email text not null default '',
  website text not null default '',
  changed_by uuid not null references users (id) on delete restrict,
  changed_at timestamptz not null
);
create index on letterheads (changed_by);
comment on table letterheads is 'What stands under an agency''s name on its letters. Without a row: the agency''s own telephone number.';

-- ── Letters. ────────────────────────────────────────────────────────────────────────────────────────────────────────────

create table letter_drafts (
  id uuid primary key,
  owner int not null references principals (id) on delete cascade,
  case_id uuid not null references cases (id) on delete cascade,
  document_id uuid references documents (id) on delete cascade,
  template_code text not null,
  template_version int not null,
  title text not null,
  wording text not null,
  options jsonb not null,
  further_sections text[] not null,
  saved_at timestamptz not null,
  readers int[] not null,
  editors int[] not null,
  withheld int[] not null default '{}',
  constraint letter_drafts_template foreign key (template_code, template_version) references letter_templates (code, version) on delete restrict
);
create index on letter_drafts (owner, case_id);
create index on letter_drafts (case_id);
create index on letter_drafts (document_id);
create index on letter_drafts (template_code, template_version);
comment on table letter_drafts is 'A letter that somebody is writing. Theirs alone, for as long as they may see what it follows from, and gone once it is produced or discarded.';
comment on column letter_drafts.document_id is 'Of a letter that is written again: it becomes the next version of this document.';
comment on column letter_drafts.further_sections is 'The sections of forms that the wording follows from, as answer set/section: it is withheld from its writer with each.';

-- A letter can follow from several sections of forms. It is withheld with each of them.
alter table documents add column further_sections text[] not null default '{}';
alter table document_versions add column further_sections text[] not null default '{}';
alter table document_changes add column further_sections text[] not null default '{}';
alter table timeline_entries add column further_sections text[] not null default '{}';
alter table texts add column further_sections text[] not null default '{}';
comment on column documents.further_sections is 'Sections beside that one, as answer set/section: the document is withheld with each. Of a letter that took answers from several.';

create table letters (
  document_id uuid not null references documents (id) on delete restrict,
  number int not null,
  case_id uuid not null references cases (id) on delete restrict,
  further_sections text[] not null,
  template_code text not null,
  template_version int not null,
  wording text not null,
  options jsonb not null,
  paper jsonb not null,
  content_hash text not null,
  produced_at timestamptz not null,
  produced_by uuid not null references users (id) on delete restrict,
  readers int[] not null,
  editors int[] not null,
  withheld int[] not null default '{}',
  primary key (document_id, number),
  constraint letters_version foreign key (document_id, number) references document_versions (document_id, number) on delete restrict,
  constraint letters_template foreign key (template_code, template_version) references letter_templates (code, version) on delete restrict
);
create index on letters (case_id);
create index on letters (produced_by);
create index on letters (template_code, template_version);
comment on table letters is 'What a version of a document was made of. Never changed and never deleted.';
comment on column letters.wording is 'The wording as it was edited for this one letter.';
comment on column letters.paper is 'Everything that it says, in order: what the file was made of.';
comment on column letters.content_hash is 'SHA-256 of the paper without its signature: what a signature is bound to.';

-- ── Signatures. ─────────────────────────────────────────────────────────────────────────────────────────────────────────

create table signatures (
  id uuid primary key,
  case_id uuid not null references cases (id) on delete restrict,
  part text not null,
  further_sections text[] not null default '{}',
  subject_type text not null constraint signatures_subject_known check (subject_type in ('letter', 'plan', 'form')),
  subject_id uuid not null,
  subject_version text not null,
  content_hash text not null constraint signatures_hash_shape check (content_hash ~ '^[0-9a-f]{64}$'),
  signer text not null constraint signatures_signer_known check (signer in ('user', 'person')),
  signer_name text not null,
  method text not null constraint signatures_method_known check (method in ('drawn', 'typed')),
  drawing jsonb,
  signed_at timestamptz not null,
  recorded_by uuid not null references users (id) on delete restrict,
  readers int[] not null,
  editors int[] not null,
  withheld int[] not null default '{}',
  constraint signatures_drawn check ((method = 'drawn') = (drawing is not null)),
  constraint signatures_of_a_name check (signer_name <> '')
);
create index on signatures (case_id, subject_type, subject_id);
create index on signatures (recorded_by);
comment on table signatures is 'Never changed and never deleted. What was signed is named by its version and its hash: another version is not signed.';
comment on column signatures.subject_id is 'The document of a letter, the case of a plan, the answer set of a form.';
comment on column signatures.subject_version is 'The number of a document''s file or of the plan''s version; when the form was completed.';
comment on column signatures.signer is 'user: whoever recorded it signed as themself. person: the person of the case, in the presence of whoever recorded it, on their device.';
comment on column signatures.drawing is 'The ways that the pen took, as numbers. Null for a typed name.';

-- ── What an authority that is there already needs. ───────────────────────────────────────────────────────────────────────

update roles set capabilities = capabilities || '{sign}'::text[], version = version + 1
  where 'record' = any (capabilities) and not 'sign' = any (capabilities);
