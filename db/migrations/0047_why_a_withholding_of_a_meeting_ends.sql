-- Whoever lets somebody read a case of a meeting again from whom it was kept says why, and that stands.
alter table meeting_item_withholdings add column ended_reason text not null default '';
comment on column meeting_item_withholdings.ended_reason is 'Why it ended. Empty while it stands, and of those that ended before it was asked.';
