-- E7: that an assessment exists, beside that a service is involved. The day alone: neither which assessment nor a word of it.

alter table involvements add column assessed_on date;
comment on column involvements.assessed_on is 'When an assessment of this case was last completed. Null: none has been.';
