-- What somebody was asked to agree to and what they said (E4). A change of it is another version: nothing is written over.

create table consents (
  id uuid primary key,
  consent_id uuid not null,
  version int not null,
  case_id uuid not null references cases (id) on delete restrict,
  purposes text[] not null constraint consents_for_something check (cardinality(purposes) > 0),
  share_what text not null default '',
  share_with text not null default '',
  answer text not null constraint consents_answer_known check (answer in ('given', 'refused', 'withdrawn', 'not-asked')),
  asked_on date not null,
  asked_by text not null,
  how text not null default '',
  answered_by text not null default '',
  authority text not null default '',
  capacity text not null default '',
  capacity_because text not null default '',
  evidence text not null default '',
  document_id uuid references documents (id) on delete restrict,
  until_on date,
  without_consent text not null default '',
  without_because text not null default '',
  because text not null default '',
  recorded_at timestamptz not null,
  user_id uuid references users (id) on delete restrict,
  author text not null,
  readers int[] not null,
  editors int[] not null,
  withheld int[] not null default '{}',
  unique (consent_id, version)
);
create index on consents (case_id);
create index on consents (document_id);
create index on consents (user_id);
comment on column consents.consent_id is 'The consent that the row is a version of: the id of its first.';
comment on column consents.authority is 'By what right somebody else answered, a code of consent-authority. Empty: the person did.';
comment on column consents.until_on is 'Null: until it is withdrawn.';
comment on column consents.document_id is 'What was signed, where it is on file.';
comment on column consents.without_consent is 'A code of without-consent: the lawful reason to go on without it. Empty: nobody has.';

insert into list_options (list, code, label, position, source, verified) values
  ('consent-how', 'in-person', 'Face to face', 1, 'Lanyard', false),
  ('consent-how', 'telephone', 'By telephone', 2, 'Lanyard', false),
  ('consent-how', 'writing', 'In writing', 3, 'Lanyard', false),
  ('consent-how', 'video', 'By video call', 4, 'Lanyard', false),
  ('consent-how', 'interpreter', 'Through an interpreter', 5, 'Lanyard', false),
  ('consent-how', 'online', 'Online', 6, 'Lanyard', false),
  ('consent-capacity', 'no-doubt', 'Nothing suggests that they cannot decide this', 1, 'Mental Capacity Act 2005, section 1(2)', false),
  ('consent-capacity', 'has', 'It was looked at, and they can decide this', 2, 'Mental Capacity Act 2005, sections 2 and 3', false),
  ('consent-capacity', 'lacks', 'It was looked at, and they cannot decide this', 3, 'Mental Capacity Act 2005, sections 2 and 3', false),
  ('consent-capacity', 'child-understands', 'Under 16, and understands it well enough to decide', 4, 'Gillick v West Norfolk and Wisbech AHA [1986] AC 112', false),
  ('consent-capacity', 'child-does-not', 'Under 16, and does not understand it well enough to decide', 5, 'Gillick v West Norfolk and Wisbech AHA [1986] AC 112', false),
  ('consent-authority', 'parental-responsibility', 'Has parental responsibility', 1, 'Children Act 1989, section 3', false),
  ('consent-authority', 'guardian', 'Is their guardian', 2, 'Children Act 1989, section 5', false),
  ('consent-authority', 'attorney-health', 'Is their attorney for health and welfare', 3, 'Mental Capacity Act 2005, section 9', false),
  ('consent-authority', 'deputy', 'Is their deputy, of the Court of Protection', 4, 'Mental Capacity Act 2005, section 16', false),
  ('consent-authority', 'court-order', 'Acts under an order of a court', 5, 'Lanyard', false);
