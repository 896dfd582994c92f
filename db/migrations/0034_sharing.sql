-- What allows something to be shared, and what allows going on without consent: data with its source, for an authority to change.

alter table access_grants add column without_consent text not null default '';
comment on column access_grants.without_consent is 'A code of the list without-consent where a share rests on no consent that is in force, or goes against a refusal. Empty: none was needed.';

alter table withholdings add column ended_reason text not null default '';

-- Whoever answers for a case is told who opened it.
create index on audit_events (case_id, at) where case_id is not null;

insert into list_options (list, code, label, position, source, verified) values
  ('lawful-basis', 'public-task', 'A public task', 1, 'UK GDPR, Article 6(1)(e)', false),
  ('lawful-basis', 'legal-obligation', 'The law requires it', 2, 'UK GDPR, Article 6(1)(c)', false),
  ('lawful-basis', 'safeguarding-child', 'To safeguard a child', 3, 'UK GDPR, Article 6(1)(e); Data Protection Act 2018, Schedule 1, paragraph 18; Children Act 2004, section 11', false),
  ('lawful-basis', 'safeguarding-adult', 'To safeguard an adult at risk', 4, 'UK GDPR, Article 6(1)(e); Data Protection Act 2018, Schedule 1, paragraph 18; Care Act 2014, sections 42 and 45', false),
  ('lawful-basis', 'crime', 'To prevent or detect crime or disorder', 5, 'UK GDPR, Article 6(1)(e); Data Protection Act 2018, Schedule 1, paragraph 10; Crime and Disorder Act 1998, section 115', false),
  ('lawful-basis', 'health-and-care', 'To provide health or social care', 6, 'UK GDPR, Articles 6(1)(e) and 9(2)(h); Data Protection Act 2018, Schedule 1, paragraph 2', false),
  ('lawful-basis', 'vital-interests', 'To protect somebody’s life', 7, 'UK GDPR, Articles 6(1)(d) and 9(2)(c)', false),
  ('lawful-basis', 'legitimate-interests', 'Legitimate interests, for agencies that are not public authorities', 8, 'UK GDPR, Article 6(1)(f)', false),
  ('lawful-basis', 'consent', 'The person’s consent', 9, 'UK GDPR, Articles 6(1)(a) and 9(2)(a)', false),
  ('without-consent', 'child-protection', 'A child may suffer significant harm', 1, 'Children Act 1989, section 47; Working Together to Safeguard Children', false),
  ('without-consent', 'adult-at-risk', 'An adult with care needs may be abused or neglected', 2, 'Care Act 2014, section 42', false),
  ('without-consent', 'vital-interests', 'Somebody’s life or safety is in danger', 3, 'UK GDPR, Article 6(1)(d)', false),
  ('without-consent', 'crime', 'To prevent or detect a crime', 4, 'Data Protection Act 2018, Schedule 1, paragraph 10; Crime and Disorder Act 1998, section 115', false),
  ('without-consent', 'court-or-law', 'A court or the law requires it', 5, 'UK GDPR, Article 6(1)(c)', false),
  ('without-consent', 'best-interests', 'They cannot decide it, and it is in their best interests', 6, 'Mental Capacity Act 2005, sections 4 and 5', false),
  ('without-consent', 'asking-endangers', 'Asking would put somebody in danger, or spoil an investigation', 7, 'Information sharing advice for practitioners providing safeguarding services, Department for Education', false);
