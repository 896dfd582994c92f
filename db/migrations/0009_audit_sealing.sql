-- How far the audit is sealed without a gap. Ids are given before transactions end, so a lower id may appear after a higher one: the
-- sealing job looks again at everything above `sealed_through`, and raises that only when no transaction is left that could still add below.

create table audit_marks (
  id int primary key constraint audit_marks_one_row check (id = 1),
  sealed_through bigint not null,
  candidate bigint not null,
  candidate_at timestamptz not null,
  candidate_transaction bigint not null
);
comment on column audit_marks.candidate is 'The highest id seen at candidate_at. Becomes sealed_through when all transactions of that moment have ended.';
comment on column audit_marks.candidate_transaction is 'The first transaction id not yet given at that moment.';
