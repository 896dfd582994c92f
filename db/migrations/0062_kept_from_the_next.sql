-- A case of a meeting that is kept from somebody is kept from them when the same people are referred again: by the keeper, unseen by whomever it keeps out.
alter table meeting_item_withholdings alter column withheld_by drop not null;
comment on column meeting_item_withholdings.withheld_by is
  'Who keeps it from them. Null: the keeper does, as another item about the same people is kept from them.';
