/**
 * What workers wrote. Each service's notes are put together from its own sentences by the stage that the work has reached, so that a
 * case reads as a story: how it came, what was found, what was done, where it turned, how it ended.
 * {name} is the person, {he} {his} {him} follow; {worker}, {place}, {day} and {agency} are filled in as they come.
 */
export type Stage = 'opening' | 'middle' | 'worse' | 'better' | 'closing'
export const serviceAreas = [
  'early-help',
  'drug-and-alcohol',
  'domestic-abuse',
  'anti-social-behaviour',
  'refugees',
  'complex-needs',
] as const
export type ServiceArea = (typeof serviceAreas)[number]

const lines = (text: string): readonly string[] =>
  text
    .trim()
    .split('\n')
    .map(line => line.trim())

/** Sentences that fit any service. */
export const anywhere: Readonly<Record<'contact' | 'plan' | 'missed', readonly string[]>> = {
  contact: lines(`
    Telephone call to {name}, who answered at once and had ten minutes.
    Home visit as arranged. {name} was in and expecting me.
    Met {name} at {place}; we had the small room and were not interrupted.
    Joint visit with {agency}. {name} had agreed to this beforehand.
    {name} rang the duty line and asked for {worker}.
    Short call to see how the week has gone.
    Saw {name} at {place} before {his} other appointment.
    Text from {name} asking to move {day}'s appointment; moved by two days.
    Unannounced visit after no reply to two calls. {name} came to the door.
    Video call. The line dropped twice but we finished what we had to say.`),
  plan: lines(`
    Next visit {day}.
    Agreed to speak again on {day}.
    {name} has my direct number and the out of hours number.
    I will ring {agency} tomorrow and come back to {name} by {day}.
    Plan looked at together; {name} kept a copy.
    {name} would like {worker} to stay as worker.
    To be talked through in supervision on {day}.
    Nothing further needed before the review.
    Letter to be sent to the home address; {name} says that post is safe.
    Asked {agency} for an update by {day}.`),
  missed: lines(`
    No answer at the door. Card left, without the name of the service.
    Did not attend. Texted; no reply by the end of the day.
    Three calls today, none answered. Voicemail not left, as agreed.
    Appointment missed; {name} rang an hour later to say sorry, the bus had not come.
    {name} was not at {place}. Will try again on {day}.
    Number is now not recognised. {agency} asked whether they have another.`),
}

export const byService: Readonly<Record<ServiceArea, Readonly<Record<Stage, readonly string[]>>>> = {
  'early-help': {
    opening: lines(`
      Referral from {agency}: attendance has fallen below 80 per cent since half term.
      School is worried that {name} comes in tired and hungry on Mondays.
      Mother asked for help herself: she says mornings have become a battle.
      {name} has moved school twice in a year and has found no friends yet.
      Explained what early help is, that it is by consent, and that it can be stopped at any time. Consent given.
      Parents separated in the summer; {name} spends alternate weekends at Dad's.
      The health visitor is concerned about damp in the bedroom that {name} shares with two others.
      {name} drew the house and everyone in it. Grandma is the biggest.
      Family are three months behind with the rent and have had a letter from the landlord.
      Grandparents have the care of {name} during the week and are tired.`),
    middle: lines(`
      {name} said: "I like it when it's just us."
      Morning routine chart is on the fridge and was filled in for four days of seven.
      Spoke to {name}'s form tutor: quieter in class, but homework is coming in.
      Mum has been to two of the three parenting sessions and finds the group friendly.
      Younger brother is still waiting for the speech therapist; chased today.
      We filled in the housing form together; the copy of the tenancy is still to come.
      Kitchen clean, food in the cupboard, heating on.
      {name} showed me the model boat that {he} is building with Grandad.
      Breakfast club place agreed from {day}.
      Talked about bedtimes and the telephone staying downstairs. {name} was not keen.
      Attendance this month 88 per cent, up from 79.
      Dad joined by telephone and agrees with the plan.`),
    worse: lines(`
      Uncle is back in the home since the weekend; {name} says that {he} sleeps at a friend's.
      {name} did not go to school on three days and nobody rang in.
      Mother tearful, says she cannot go on like this. GP appointment made while I was there.
      Eviction notice received, two months. Housing told today.
      {name} was found at the harbour after ten at night with older boys.
      School reports a bruise on {his} arm; {name} says football. Safeguarding lead told and has decided to watch and record.`),
    better: lines(`
      {name} has been on time every day this fortnight.
      Rent arrears plan agreed with the landlord and first payment made.
      {name} was picked for the football team and talked of little else.
      Mum starts work at the primary school kitchen on {day}.
      Parents came together to the review and spoke kindly of one another.
      Damp treated and the bedroom repainted; {name} chose the blue.`),
    closing: lines(`
      Aims of the plan met; family know where to come. Closed with their agreement.
      Last visit. {name} gave me a drawing of the house with everyone outside it.
      Stepped down to school's own support; named contact is the form tutor.
      Family have moved out of the area; summary sent to the new school with consent.
      Review held: everyone around the table agrees that early help can end.`),
  },
  'drug-and-alcohol': {
    opening: lines(`
      Self-referral. Drinking a bottle of vodka most days since losing work on the boats.
      Referred by {agency} after a third admission with withdrawal fits.
      {name} has used heroin since nineteen, smoking only, about £30 a day.
      Comprehensive assessment begun; alcohol history, physical health and children in the household covered.
      {name} wants to stop before the baby comes.
      Naloxone kit given and its use shown, with {name}'s sister there.
      Treatment outcomes profile completed at start.
      Ketamine three or four nights a week; bladder pain, referred to the GP.`),
    middle: lines(`
      Breath test nil today. {name} has had four dry days.
      Keyworking session: looked at the diary and at what happens on paydays.
      Methadone 45 ml daily supervised, no missed doses this week.
      {name} came to group and spoke for the first time.
      Blood-borne virus tests offered and accepted; results in ten days.
      Talked about tolerance after a break and the danger of using alone.
      Collected every day from the chemist on Market Strand.
      Relapse prevention: three people {he} can ring, two places to keep away from.
      {name} has begun running again with the harbour group.
      Sleep still poor. Agreed no change to prescription before medical review on {day}.
      Sister came along; she wants to know what to do if {name} slips.`),
    worse: lines(`
      {name} used on Saturday after eleven weeks. Came in to say so, which took courage.
      Missed three days' collection: script stopped and re-titration arranged.
      Found by {agency} unwell on the quay; two doses of naloxone given, recovered.
      {name} has been asked to leave the shared house after a fight about money.
      Drinking again from the morning, shaking badly. Told clearly not to stop suddenly; detox bed requested.
      Partner using in the flat; {name} says it is impossible there.`),
    better: lines(`
      Six weeks without a drink. {name} can taste food again.
      Reduced by 5 ml at own request and feels steady.
      Hepatitis C treatment finished; clear.
      {name} has started as a volunteer at the boatyard two days a week.
      Contact with {his} daughter on Sundays, and it is going well.
      Take-home doses agreed after clear tests; locked box seen.`),
    closing: lines(`
      Treatment completed, alcohol free. Exit profile done and aftercare group begun.
      Treatment completed, occasional user, not opiates or crack. Door left open.
      Transferred to the service in {name}'s new town; first appointment there confirmed.
      Lost touch: four letters and eight calls without an answer. Closed by the team with a re-engagement plan.`),
  },
  'domestic-abuse': {
    opening: lines(`
      Referral from {agency} following an incident on {day}; ex-partner bailed with conditions.
      {name} rang the helpline from a friend's telephone. Safe to ring between nine and three only.
      Risk checklist completed with {name}; fourteen ticks, and professional judgement raises it.
      Ex-partner has a key, knows {his} shifts and turns up at work.
      Explained confidentiality and when I would have to share. {name} understood and agreed.
      {name} has not told anyone before. {He} spoke for an hour.
      Controlling about money for nine years; no bank card of {his} own.
      Two children in the home; both heard what happened on the stairs.`),
    middle: lines(`
      Safety plan gone through: bag at {his} sister's, code word with the neighbour.
      Locks changed and letterbox plate fitted under the sanctuary scheme.
      Non-molestation application drafted with the solicitor; hearing on {day}.
      {name} blocked the last two accounts and kept screenshots for the officer.
      Attended court with {name}; screens had been arranged and were there.
      {name} asked to be texted only, and never with the name of the service.
      Schools told who may collect the children, with {name}'s consent.
      {name} came to the recovery group and stayed for tea.
      Looked at the checklist again: nine ticks now.
      Bank account opened in {his} own name; wages to go there from next month.
      Heard at the conference; four actions, housing's is to be done by {day}.`),
    worse: lines(`
      Breach: ex-partner at the end of the road at seven this morning. {name} rang 999; officer attended.
      {name} has gone back for the children's sake, and wants us to stay in touch quietly.
      Strangulation disclosed for the first time. Referred as high risk today.
      Tracking device found under the car by the garage.
      Threats through {his} mother's telephone. Recorded with the officer in the case.
      {name} and the children placed in refuge tonight; address not to be recorded here.`),
    better: lines(`
      Order granted for twelve months, with the school and work named.
      No contact for ten weeks. {name} slept with the light off.
      {name} has found a flat near {his} sister and moves on {day}.
      Guilty plea entered; {name} does not have to give evidence.
      {name} said: "I bought the yellow curtains, nobody said no."
      The youngest is back at nursery and has stopped biting.`),
    closing: lines(`
      Exit checklist: three ticks. {name} knows how to come back.
      Support ended by agreement; recovery group goes on.
      {name} has moved to another area; their service has the case, handed over by telephone with consent.
      {name} asked us to stop. Safety plan left with {him} and letter not sent, as asked.`),
  },
  'anti-social-behaviour': {
    opening: lines(`
      Complaint from three neighbours: music until four, four nights in the last seven.
      {agency} reports {name} as one of six young people on the arcade roof.
      Neighbour dispute about parking has become shouting and eggs.
      Victim risk assessment done: medium; lives alone, no family near.
      {name} says that the complaints are made up and keeps a diary {himself}.
      Diary sheets and the noise app explained.`),
    middle: lines(`
      First warning given in person and in writing, with the reasons.
      {name} agreed to an acceptable behaviour contract; signed with Mum there.
      Four clips from the noise app; two are loud enough to act on.
      Mediation offered to both sides. {name} will think about it.
      Visit with {agency}: flat tidy, dog friendly, loud speaker on the party wall moved.
      Spoke to the shopkeeper; nothing for two weeks.
      CCTV asked for from the council office, {day} between nine and midnight.
      Youth worker has seen {name} at boxing twice.`),
    worse: lines(`
      Window broken last night; victim sure who it was, no witness.
      Contract broken: {name} was in the arcade on Saturday with two of the others.
      Second warning served. Notice of intention is the next stage and {name} has been told so.
      Victim says that she cannot sleep and has asked about moving.
      Officer called to a fight on the quay; {name} named by two people.`),
    better: lines(`
      No reports for thirty days.
      Neighbours have talked over the wall and agreed on ten o'clock.
      {name} wrote to the shopkeeper; it was {his} own idea.
      Contract finished without another breach. Certificate given.
      Victim says that things are calm and sleeps at night.`),
    closing: lines(`
      Closed: no reports for three months, victim agrees.
      Closed: {name} has left the tenancy.
      Closed after mediation; both have the number to ring.
      Satisfaction call made: content with what was done, less so with how long it took.`),
  },
  refugees: {
    opening: lines(`
      Arrived on {day} with two bags. Met at the station with the interpreter.
      Housed with the host family at the top of the town; house checks passed.
      Welcome visit: bank account, GP registration and school places are first.
      {name} was a teacher and would like to work as one again.
      {name} has family still there and sleeps badly after the evening news.
      Biometric permit not yet come; chased.`),
    middle: lines(`
      Universal Credit claim made with the interpreter on the telephone.
      English class begun at {place}, Tuesdays and Thursdays.
      Host and guest both say that it goes well; kitchen hours agreed.
      {name} registered at the surgery, first check done.
      School uniform grant paid; the children started on {day}.
      Driving licence exchanged. {name} has the use of a car at weekends.
      Wellbeing visit: low since the anniversary, no thoughts of harm. Counselling in own language offered.
      Statement of qualifications sent off for comparison.
      Six months' payment to the host confirmed.`),
    worse: lines(`
      Host has asked that the arrangement end within the month: her mother is ill.
      {name}'s brother is missing. The trace request has been explained and sent.
      Rent deposit refused by two agents without a guarantor.
      {name} was shouted at on the bus, and has not been out since {day}.
      Benefit stopped by mistake; food parcel arranged and appeal made.`),
    better: lines(`
      {name} has work at the bakery, thirty hours.
      Flat found in Trenwith; rent guaranteed and keys on {day}.
      {name} passed the entry level examination.
      Brother heard from; he is safe.
      Choir at the chapel has taken {him} in.`),
    closing: lines(`
      Settled, working and housed. Last visit, with cake.
      Family have gone to relations in another town; their council has the papers with consent.
      Support under the scheme has come to its end; community group goes on.`),
  },
  'complex-needs': {
    opening: lines(`
      Brought to the panel by {agency}: nine attendances in two months, sleeping rough between.
      {name} will talk to the outreach worker and to nobody else yet.
      No fixed abode; mostly the shelter on the promenade, sometimes the church porch.
      Leg ulcer, alcohol, an old head injury; no GP since 2019.
      Capacity considered for today's decision about the wound: {name} understood and declined.
      One worker to lead and the others to go through {worker}, as {name} asked.`),
    middle: lines(`
      Breakfast on the sea wall. {name} talked about the trawlers.
      Wound dressed by the street nurse at {place}.
      Housing First agreed in principle; {name} would want the ground floor and the dog.
      Bank card replaced, benefits back in pay.
      All agencies round the table; one plan, one page, {name}'s own words at the top.
      {name} said: "Don't write me up as chaotic. I'm there when I say."
      Dog registered with the charity vet.
      Court date moved to {day}; solicitor knows.
      Saw the flat, liked the light, worried about the stairs.`),
    worse: lines(`
      Tent cut in the night and everything gone. New sleeping bag and mat given.
      Admitted with sepsis. Discharge to the street objected to in writing.
      {name} shouted at the desk and has been barred for a week; agreed another door.
      Not seen for five days; {agency} told and looking.
      Weight down to 51 kg.`),
    better: lines(`
      Keys today. {name} slept on the floor, but inside.
      Three weeks in the flat; neighbour lent {him} a kettle.
      {name} went to the GP alone.
      Alcohol down by half since the move.
      Sister found and rung; they are meeting on {day}.`),
    closing: lines(`
      Panel agrees that the housing team can hold this alone. {name} agreed.
      A year in the tenancy. Closed to the panel, not to the people.
      {name} died in hospital on {day}, with the outreach worker beside {him}. Family told.`),
  },
}

/** Why a case came, in the words of whoever sent it. */
export const reasons: Readonly<Record<ServiceArea, readonly string[]>> = {
  'early-help': [
    'School attendance',
    'Parenting support',
    'Housing and debt',
    "Child's emotional wellbeing",
    'Family relationships',
    'Young carer',
  ],
  'drug-and-alcohol': ['Alcohol', 'Opiates', 'Cannabis', 'Ketamine', 'Crack and opiates', 'Alcohol and prescribed medicines'],
  'domestic-abuse': [
    'Abuse by ex-partner',
    'Abuse by partner',
    'Coercive control',
    'Abuse by a family member',
    'Stalking after separation',
  ],
  'anti-social-behaviour': ['Noise', 'Neighbour dispute', 'Group of young people', 'Damage', 'Abuse of shop staff', 'Victim support'],
  refugees: ['Homes for Ukraine', 'Afghan resettlement', 'UK Resettlement Scheme', 'Host arrangement ended'],
  'complex-needs': ['Rough sleeping', 'Repeat attendance', 'Several services, no lead', 'Hospital discharge'],
}
