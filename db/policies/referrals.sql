-- What the receiving team and the referrer say to each other is read by whoever reads the referral. Neither changes a word afterwards. The
-- referrer, who may read that part of the case and change nothing of it, adds an answer in their own name; the lists of the part are then
-- written on to it (src/referrals/between/exchanges.ts).

{{protected referral_exchanges by case_id}}
grant select on referral_exchanges to lanyard_web, lanyard_worker, lanyard_reporting;
grant insert on referral_exchanges to lanyard_web, lanyard_worker;
