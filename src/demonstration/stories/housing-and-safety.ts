import { housingAnswers } from '../caseload/answers.ts'
import { caseOf } from '../telling/case-of.ts'
import { askForConsent } from '../telling/consented.ts'
import { formAbout } from '../telling/form-of.ts'
import { share } from '../telling/seen-by.ts'
import { home, mobile, somebody } from '../telling/somebody.ts'
import type { Story } from '../telling/tale.ts'
import { paper, plan, task } from '../telling/written.ts'

const rosen = 'rosen.bolitho'

/** Known to community safety and to early help of the same council, each with its own part. */
const prisk: Story = {
  title: 'Kyle Prisk',
  tell: tale => {
    const kyle = somebody(tale, [64, '14:10'], rosen, {
      post: 'anti-social-behaviour',
      given: 'Kyle',
      family: 'Prisk',
      dateOfBirth: tale.day(-5_980),
      sex: 'M',
      gender: 'boy',
      ethnicCategory: 'A',
      language: 'en',
      interpreter: 'no',
      addresses: [home('Flat 14, 3 Parc an Gwarry', 'TR20 8HH')],
      contacts: [mobile('391')],
    })
    const nuisance = caseOf(tale, kyle, [64, '14:20'], rosen, {
      team: 'Community Safety',
      service: 'anti-social-behaviour',
      source: 'housing',
      from: 'Kerris Homes',
      reason: 'Moped on the landing, lift set alight, neighbour of 80 pushed. He says that he was not there; the film says that he was.',
      withoutConsentBecause: 'Prevention of crime (Crime and Disorder Act 1998 s.115)',
      refused: true,
    })
    nuisance.accept([63, '09:30'], rosen)
    nuisance.toWorker([63, '09:35'], rosen, rosen, 'Estate officer')
    nuisance.start([62, '16:00'], rosen)
    nuisance.risk([62, '17:00'], rosen, 'medium', 'To others more than to himself.')
    nuisance.note([60, '16:30'], rosen, 'meeting', 'Kyle, his mother, Wella Goldsworthy. Contract read out. He corrected a date.')
    nuisance.flag([46, '10:00'], rosen, 'court-order', 'Court order in force', 'Injunction: not on the landing after nine.', -3)
    paper(
      tale,
      nuisance,
      [46, '10:20'],
      rosen,
      'Injunction',
      'court',
      {
        name: 'injunction.pdf',
        lines: [
          'IN THE COUNTY COURT AT PORTHKERRIS',
          'Injunction under Part 1 of the Anti-social Behaviour, Crime and Policing Act 2014',
          '',
          'K. Prisk must not be on the third landing of Parc an Gwarry between 21:00 and 07:00.',
        ],
      },
      47,
    )
    share(tale, nuisance, [46, '10:30'], rosen, {
      to: 'wella.goldsworthy',
      purpose: 'The landlord’s part of the contract',
      lawfulBasis: 'Public task (Crime and Disorder Act 1998 s.115)',
      until: 120,
    })
    nuisance.note([4, '15:00'], rosen, 'visit', 'Three weeks quiet. Neighbour of 80 has asked him to carry her shopping, and he has.')
    task(tale, nuisance, [4, '16:00'], rosen, 'Contract: look at it again with both', 6)
    const help = caseOf(tale, kyle, [34, '11:00'], rosen, {
      team: 'Early Help West',
      service: 'early-help',
      source: 'own-authority',
      from: 'Rosen Bolitho, Community Safety',
      reason: 'Sixteen, out of school since Easter. Good with engines. Mother asks.',
      consent: 'Kyle and his mother',
    })
    help.accept([33, '09:10'], 'demelza.vyvyan')
    help.toWorker([32, '09:30'], 'demelza.vyvyan', 'tamsin.rowe', 'Next in turn')
    help.start([30, '15:00'], 'tamsin.rowe')
    help.risk([30, '16:00'], 'tamsin.rowe', 'medium', 'Bored, proud, on the edge of worse company.')
    askForConsent(tale, help, [29, '15:05'], 'tamsin.rowe', {
      purposes: ['assess', 'share'],
      shareWhat: 'The assessment',
      shareWith: 'School and college; not the police',
      answer: 'given',
      how: 'in-person',
      answeredBy: 'Kyle, who is 16',
      evidence: 'Said it twice, the second time to his mother.',
    })
    help.note([29, '15:10'], 'tamsin.rowe', 'meeting', 'Took my bicycle apart while we talked and put it back better.', {
      ownWords: 'Nobody’s asked me what I’m good at since Year 6.',
    })
    help.note([18, '15:00'], 'tamsin.rowe', 'call', 'College will see him about motor mechanics.')
    const form = formAbout(tale, help, [16, '15:00'], 'tamsin.rowe', 'early-help-assessment')
    form.save([16, '15:30'], 'tamsin.rowe', {
      reason: 'Sixteen, out of school since Easter.',
      childs_words: 'Nobody’s asked me what I’m good at since Year 6.',
    })
  },
}

/** Notice to leave, with the clock running. */
const warren: Story = {
  title: 'Alfie Warren',
  tell: tale => {
    const wella = 'wella.goldsworthy'
    const alfie = somebody(tale, [22, '10:10'], wella, {
      given: 'Alfie',
      family: 'Warren',
      dateOfBirth: tale.day(-9_200),
      sex: 'M',
      gender: 'man',
      ethnicCategory: 'A',
      language: 'en',
      interpreter: 'no',
      communicationNeeds: ['easy-read'],
      addresses: [home('Flat 1, 77 Smeaton Place', 'TR18 2DA')],
      contacts: [mobile('395')],
    })
    const help = caseOf(tale, alfie, [22, '10:20'], wella, {
      team: 'Tenancy Support',
      service: 'housing',
      source: 'self',
      from: 'Alfie Warren',
      urgency: 'urgent',
      reason:
        'Left care at 18, first flat at 24. Notice to leave in four weeks for £1,900 owed. Thought that the letters were for the man before.',
      consent: 'Came to the counter',
    })
    help.accept([22, '10:40'], wella)
    help.toWorker([22, '10:45'], wella, wella, 'At the counter')
    help.start([21, '09:30'], wella)
    help.risk([21, '10:00'], wella, 'high', 'Out in four weeks unless the court is asked to wait.')
    help.flag([21, '10:05'], wella, 'homeless', 'Homeless or about to be', 'Notice runs out', 6)
    const form = formAbout(tale, help, [20, '10:00'], wella, 'housing-support-assessment')
    form.save([20, '10:40'], wella, {
      ...housingAnswers({
        given: 'Alfie',
        reason: 'Letters, forms, the telephone: everything that is not in front of him.',
        on: tale.day(-22),
        turn: 0,
      }),
      notice: true,
      leave_by: tale.day(6),
      arrears: 1_900,
      needs: ['tenancy', 'care_leaver'],
      urgency: 'week',
    })
    form.complete([20, '10:45'], wella)
    paper(
      tale,
      help,
      [20, '11:00'],
      wella,
      'Notice seeking possession',
      'court',
      {
        name: 'notice.pdf',
        lines: [
          'Notice seeking possession',
          'Flat 1, 77 Smeaton Place',
          '',
          'Rent owed: £1,900.00',
          'Proceedings will not begin before the date below.',
        ],
      },
      50,
    )
    plan(
      tale,
      help,
      [18, '10:00'],
      wella,
      [
        {
          need: 'Staying',
          goals: [
            {
              goal: 'The court is asked to wait',
              measure: 'Order adjourned',
              actions: [
                { what: 'Discretionary payment: form', who: wella, by: -10, done: 'Sent, and £900 granted' },
                { what: 'Duty solicitor at court', who: wella, by: 5 },
              ],
            },
          ],
        },
      ],
      { with: 'Alfie', how: 'With a form in large type, read aloud' },
    )
    help.note([6, '10:15'], wella, 'visit', 'He has bought a folder.', { ownWords: 'Red is for angry letters.' })
    help.reviewOn([6, '11:00'], wella, 7)
    // Between agencies: it waits, and its referrer is asked for more.
    const drink = caseOf(tale, alfie, [2, '11:10'], wella, {
      team: 'Harbour Community Team',
      service: 'drug-and-alcohol',
      source: 'housing',
      from: 'Wella Goldsworthy, Kerris Homes',
      contact: '01632 960611',
      urgency: 'urgent',
      reason: 'Drinks on the days that letters come, and says so himself. Wants to be sober for the hearing.',
      consent: 'At the counter; would rather be rung than written to',
    })
    drink.ask([1, '09:40'], 'petroc.nance', 'Has he somebody who could come with him the first time? He did not answer when we rang.')
  },
}

export const storiesOfHousingAndSafety: readonly Story[] = [prisk, warren]
