import type { Audience, PageWords } from '../../src/referrals/index.ts'
import { addPage } from '../../src/referrals/index.ts'
import { ownForm } from '../harness/forms-on-page.ts'
import type { Product } from '../harness/product.ts'
import type { Reply } from '../harness/site.ts'
import { type Fields, type Visitor, visitorOf } from '../harness/visitor.ts'
import { as, type Team, type User } from './world.ts'

export const nobodysPage: Omit<PageWords, 'teamId' | 'formCode'> = {
  name: 'Ask for help at home',
  opening: 'We work with families.\n\nIt takes ten minutes.',
  privacy: 'Only our team reads it.',
  whatNext: 'We ring you within five working days.',
  closedWords: 'Ring 01632 960 110 instead.',
  state: 'open',
  whole: false,
  answerWithin: 5,
  keepDraftDays: 14,
  keepDecidedDays: 180,
  mostAnHour: 30,
}

/** A referral page of the team's first service, as an administrator of the authority puts it in. Answers its code. */
export async function addReferralPage(
  { database }: Pick<Product, 'database'>,
  administrator: Pick<User, 'id'>,
  team: Team,
  {
    audience = 'public',
    serviceArea = Object.keys(team.posts)[0]!,
    ...words
  }: Partial<PageWords> & { audience?: Audience; serviceArea?: string } = {},
): Promise<string> {
  const formCode = audience === 'public' ? 'referral-by-anybody' : 'referral-by-a-professional'
  const code = await as(database, administrator, (tx, actor) =>
    addPage(tx, actor, new Date(), { ...nobodysPage, teamId: team.id, formCode, serviceArea, audience, ...words }),
  )
  if (!code) throw new Error('There is a page of this kind already.')
  return code
}

/** Somebody without an account, in a browser of their own: reads pages, and fills in the form of one at a person's pace. */
export type Outsider = {
  get(path: string): Promise<Reply>
  /** Posts the page's form with these fields over what stands in it. */
  fill(path: string, fields?: Fields, options?: { quick?: boolean; headers?: Record<string, string> }): Promise<Reply>
  /** What the page's script sends while it is filled in. */
  ask(path: string, fields: Fields, csrf: string): Promise<Reply>
}

export function outsiderOf(product: Product, visitor: Visitor = visitorOf(product)): Outsider {
  return {
    get: path => visitor.get(path),
    ask: (path, fields, csrf) => visitor.post(path, fields, { csrf }),
    fill: async (path, fields = {}, { quick = false, headers = {} } = {}) => {
      const { html, status, words } = await visitor.get(path)
      const form = ownForm(html, path)
      if (!form) throw new Error(`${path} answered ${status} and has no form: ${words.slice(0, 300)}`)
      if (!quick) product.clock.pass(0.1)
      const csrf = /name="_csrf" value="([^"]+)"/.exec(html)?.[1] ?? null
      return visitor.post(form.action || path, { ...form.filled, website: '', papers: nothing, ...fields }, { csrf, headers })
    },
  }
}

/** No file chosen, as a browser sends it. */
export const nothing = new File([], '')

export const whoAndHow: Fields = {
  source: 'self',
  given: 'Jago',
  family: 'Penrose',
  'born-day': '3',
  'born-month': '6',
  'born-year': '1988',
  postcode: 'TR18 4QB',
  telephone: '07700 900123',
  safe_contact: 'no_message',
  safe_words: '',
  referrer_name: '',
  referrer_contact: '',
  consent: '',
  consent_why_not: '',
  _then: 'continue',
}
export const why: Fields = { reason: 'I drink too much and my children see it', urgency: 'urgent', needs: '', _then: 'continue' }

/** Begins on the page and fills in both pages of the public form. Answers the address of the check. */
export async function fillInPublic(
  outsider: Outsider,
  pageCode: string,
  { who = {}, what = {} }: { who?: Fields; what?: Fields } = {},
): Promise<string> {
  const first = await goOn(await outsider.fill(`/refer/${pageCode}`))
  const second = await goOn(await outsider.fill(first, { ...whoAndHow, ...who }))
  return goOn(await outsider.fill(second, { ...why, ...what }))
}

/** The whole way to its number. */
export async function sendPublic(
  product: Product,
  pageCode: string,
  { who, what, outsider = outsiderOf(product), website = '' }: { who?: Fields; what?: Fields; outsider?: Outsider; website?: string } = {},
): Promise<string> {
  const check = await fillInPublic(outsider, pageCode, { ...(who ? { who } : {}), ...(what ? { what } : {}) })
  const sent = await outsider.get(await goOn(await outsider.fill(check, { website })))
  const number = /[2-9B-Y]{4}-[2-9B-Y]{4}/.exec(sent.words)?.[0]
  if (!number) throw new Error(`Nothing was sent: ${sent.words.slice(0, 300)}`)
  return number
}

async function goOn(reply: Reply): Promise<string> {
  if (reply.status !== 303 || !reply.location) throw new Error(`It did not go on (${reply.status}): ${reply.words.slice(0, 600)}`)
  return reply.location
}
