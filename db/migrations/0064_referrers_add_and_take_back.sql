-- A referrer says more of their own accord while nobody has decided, or takes the referral back with a reason (U22). The receiving team decides all the same: a
-- child at risk is not off its hands because whoever referred thinks better of it.
alter table referral_exchanges drop constraint referral_exchanges_kind_known;
alter table referral_exchanges add constraint referral_exchanges_kind_known check (kind in ('asked', 'answered', 'added', 'taken-back'));

insert into list_options (list, code, label, position, source, verified) values
  ('decline-reason', 'taken-back', 'Whoever referred took it back', 8, 'Lanyard', false)
on conflict do nothing;
