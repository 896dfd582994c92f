import { ownForm } from '../harness/forms-on-page.ts'
import type { Fields, Visitor } from '../harness/visitor.ts'
import { errorsOn, fillIn } from './whole-record.ts'

/** Episodes as their users begin them, through the product's own pages. */

/** Somebody who agrees by their mother; `coordinator` is whoever begins it unless said. */
export const agreed: Fields = {
  why: 'Asleep by break, and hungry',
  purposes: ['assess', 'share'],
  'share-what': 'The assessment and the plan',
  'share-with': 'School and health',
  answer: 'given',
  by: 'other',
  'by-name': 'Mrs Trevanyon',
  authority: 'parental-responsibility',
  how: 'in-person',
  capacity: 'child-does-not',
  'capacity-because': 'She is six',
  because: '',
  'until-day': '',
  'until-month': '',
  'until-year': '',
  coordinator: 'me',
  'coordinator-email': '',
}

/** What a page's own form would send as it stands. */
export const formAt = async (visitor: Visitor, address: string): Promise<Fields> =>
  ownForm((await visitor.get(address)).html, address)?.filled ?? {}

/** Puts somebody on record for an episode; answers where that led: the page that begins it. */
export function registerFor(visitor: Visitor, given: string, family: string, year = '2019'): Promise<string> {
  const born = { 'dateOfBirth-day': '3', 'dateOfBirth-month': '6', 'dateOfBirth-year': year }
  const away = { telephone: '', lines: '', town: '', postcode: '', system: '', number: '', nhsNumber: '', 'known-as': '' }
  return fillIn(visitor, '/people/new?for=episode', { given, family, ...born, ...away })
}

/** Begins an episode at its page; answers its address, or that of one's list where somebody else co-ordinates it. */
export async function beginEpisode(visitor: Visitor, address: string, fields: Fields = {}): Promise<string> {
  const reply = await visitor.post(address, { ...(await formAt(visitor, address)), ...agreed, ...fields })
  if (reply.status !== 303) throw new Error(`No episode was begun (${reply.status}): ${errorsOn(reply.html)}`)
  return reply.location!.split('?')[0]!
}

/** Puts a user in the team around the person. */
export const addToTeam = (visitor: Visitor, at: string, email: string, fields: Fields = {}) =>
  visitor.post(`${at}/team-around/new`, {
    who: 'user',
    email,
    role: 'health visitor',
    access: 'add',
    basis: 'consent',
    'family-view': '',
    ...fields,
  })
