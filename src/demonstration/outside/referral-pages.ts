import { sql } from 'kysely'
import { type ActAs, asActor, asActors } from '../../platform/actor.ts'
import type { Database, Tx } from '../../platform/db/database.ts'
import type { Files } from '../../platform/files.ts'
import { type Audience, addPage, keptPages, type PageWords, sendAtOnce } from '../../referrals/index.ts'
import type { Calendar } from '../calendar.ts'
import type { Cast } from '../cast.ts'
import { pdfOf } from '../papers.ts'

const administrator = 'austell.keast'
const commissioner = 'gwenna.trelawny'

type NewPage = Omit<PageWords, 'teamId' | 'keepDraftDays' | 'keepDecidedDays' | 'mostAnHour' | 'whole'> & {
  team: string
  serviceArea: string
  audience: Audience
}

const privacy = 'The team of this service reads what you write. When they work with you it becomes part of your record.'

const pages: readonly NewPage[] = [
  {
    team: 'Early Help West',
    serviceArea: 'early-help',
    audience: 'public',
    formCode: 'referral-by-anybody',
    name: 'Help for families',
    opening:
      'For parents, carers and young people in Porthkerris who would like somebody beside them for a while.\n\nIt takes about ten minutes.',
    privacy,
    whatNext:
      'Somebody of Early Help West reads it and rings you within five working days, in the way that you said is safe.\n\nTo ask about it, ring 01632 960110, Monday to Friday, 9am to 5pm.',
    closedWords: '',
    state: 'open',
    answerWithin: 5,
  },
  {
    team: 'Advocacy',
    serviceArea: 'domestic-abuse',
    audience: 'professional',
    formCode: 'referral-by-a-professional',
    name: 'Advocacy: refer somebody',
    opening:
      'For GPs, schools, housing officers and others who meet somebody in their work whom we should support.\n\nAsk them first where it is safe to.',
    privacy,
    whatNext:
      'An advocate reads it by the next working day and rings you before anybody rings them.\n\nTo ask about it, ring 01632 960310, Monday to Friday, 9am to 5pm.',
    closedWords: '',
    state: 'open',
    answerWithin: 1,
  },
  {
    team: 'Harbour Community Team',
    serviceArea: 'drug-and-alcohol',
    audience: 'public',
    formCode: 'referral-by-anybody',
    name: 'Drinking and drugs',
    opening: 'For anybody in Porthkerris who wants to change how much they drink or use.',
    privacy,
    whatNext:
      'We ring you within three working days.\n\nTo ask about it, ring Harbour Recovery on 01632 960 210, Monday to Friday, 9am to 5pm.',
    closedWords:
      'We are moving, and the page opens again when we have. Until then ring Harbour Recovery on 01632 960 210, Monday to Friday, 9am to 5pm.',
    state: 'closed',
    answerWithin: 3,
  },
]

type Loading = { web: Database; stranger: Database; calendar: Calendar; outsideFiles: Files; castNow: () => Promise<Cast> }

/** Two services that take referrals from anybody, one that is closed for now, and three that wait. In two steps; the next start goes on from there. */
export async function tellOutside({ web, stranger, calendar, outsideFiles, castNow }: Loading): Promise<void> {
  const cast = await castNow()
  const step = (act: (as: ActAs) => Promise<void>) => asActors(web, act)
  const known = async () => asActor(web, cast.user(administrator), 'read', tx => keptPages(tx))
  if ((await known()).length === 0) await step(as => as(cast.user(administrator), tx => addPages(tx, cast, calendar.now)))
  const come = await asActor(web, cast.user(commissioner), 'read', async tx => {
    const { rows } = await sql`select from outside_referrals`.execute(tx)
    return rows.length
  })
  const codeOf = new Map((await known()).map(page => [page.serviceArea, page.code]))
  for (const one of waiting(calendar).slice(come))
    await sendAtOnce(stranger, outsideFiles, { ...one, pageCode: there(codeOf.get(one.serviceArea), one.serviceArea) })
}

async function addPages(tx: Tx, cast: Cast, now: Date): Promise<void> {
  const actor = cast.user(administrator)
  for (const { team, serviceArea, audience, ...words } of pages) {
    const teamId = there((await tx.selectFrom('teams').select('id').where('name', '=', team).executeTakeFirst())?.id, team)
    await addPage(tx, actor, now, {
      ...words,
      teamId,
      serviceArea,
      audience,
      whole: false,
      keepDraftDays: 14,
      keepDecidedDays: 180,
      mostAnHour: 30,
    })
  }
}

function there<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new Error(`The demonstration has no ${name}.`)
  return value
}

/** In the order in which they are put in: the next start goes on after the last that came. */
function waiting(calendar: Calendar) {
  return [
    {
      serviceArea: 'domestic-abuse',
      at: calendar.at([1, '16:20']),
      answers: {
        referrer_name: 'Dr Piran Nancarrow, GP',
        organisation: 'Harbour Surgery',
        referrer_contact: '01632 960 620',
        source: 'gp',
        given: 'Eseld',
        family: 'Trevail',
        born: calendar.day(-11_200),
        postcode: 'TR18 4QF',
        telephone: '07700 900 641',
        safe_contact: 'ask_first',
        safe_words: 'Between ten and two on weekdays. He answers her telephone in the evening.',
        consent: true,
        reason:
          'She came with bruises on both arms and said that he had choked her on Sunday. She is pregnant, and frightened of what he does when he hears that she has talked to anybody.',
        urgency: 'emergency',
        children: 'yes',
      },
      file: {
        question: 'papers',
        name: 'Letter from Harbour Surgery.pdf',
        content: pdfOf([
          'Harbour Surgery, Porthkerris',
          '',
          'To the advocacy service',
          '',
          'Seen today. Injuries photographed with her agreement.',
          'Please ring me before you ring her.',
          '',
          'P Nancarrow',
        ]),
      },
    },
    {
      serviceArea: 'early-help',
      at: calendar.at([0, '08:05']),
      suspected: true,
      answers: {
        source: 'family',
        referrer_name: 'Best Rank Online',
        referrer_contact: 'offers@example.org',
        consent: true,
        given: 'Website',
        family: 'Owner',
        reason: 'We can put your page at the top of every search. First month free. Answer to claim your offer.',
        urgency: 'routine',
      },
    },
    {
      serviceArea: 'early-help',
      at: calendar.at([2, '21:40']),
      answers: {
        source: 'self',
        given: 'Oksana',
        family: 'Penrose',
        born: calendar.day(-13_960),
        postcode: 'TR18 4QA',
        telephone: '07700 900 112',
        safe_contact: 'no_message',
        safe_words: 'With an interpreter, please. My English is not good on the telephone.',
        reason:
          'My daughter also does not want to go to school now. She says that her stomach hurts every morning. I do not know whom to ask.',
        urgency: 'urgent',
        needs: 'Ukrainian interpreter',
      },
    },
  ] as const
}
