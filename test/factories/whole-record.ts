import { londonDate } from '../../src/platform/clock.ts'
import { addDays, partsOf } from '../../src/platform/plain-date.ts'
import { ownForm } from '../harness/forms-on-page.ts'
import type { Fields, Visitor } from '../harness/visitor.ts'

/** Ids of one of everything that a record can hold, by the names that addresses have for them. */
export type WholeRecord = Readonly<Record<string, string>> & { personId: string; caseId: string }

/** Fills in the page's own form as it stands, but for these fields, and answers where it led. Throws unless it was saved. */
export async function fillIn(visitor: Visitor, address: string, fields: Fields | undefined = {}): Promise<string> {
  const page = await visitor.get(address)
  const form = ownForm(page.html, address)
  if (!form) throw new Error(`${address} answered ${page.status} and has no form: ${page.location ?? page.words.slice(0, 300)}`)
  // Tests make many cases of one person: they mean each of them.
  const again = address.endsWith('/refer') ? { again: 'yes' } : {}
  const reply = await visitor.post(form.action || address, { ...form.filled, ...again, ...fields })
  if (reply.status !== 303) throw new Error(`${address} was not saved (${reply.status}): ${errorsOn(reply.html)}`)
  return reply.location ?? ''
}

/** One person with everything: made through the product's own pages by a worker and a leader of one team. */
export async function addWholeRecord(worker: Visitor, leader: Visitor, { family = 'Penrose' } = {}): Promise<WholeRecord> {
  const born = { 'dateOfBirth-day': '3', 'dateOfBirth-month': '6', 'dateOfBirth-year': '2014' }
  const personId = idIn(await fillIn(worker, '/people/new', { given: 'Jago', family, ...born }))
  const other = await worker.post('/people/new', {
    ...ownForm((await worker.get('/people/new')).html, '/people/new')?.filled,
    given: 'Jagoe',
    family,
    ...born,
    'told-apart': personId,
  })
  const otherId = idIn(other.location ?? '')
  const person = `/people/${personId}`
  for (const part of ['names', 'addresses', 'contacts', 'numbers']) {
    await fillIn(worker, `${person}/${part}/new`, likely[part])
  }
  await fillIn(worker, `${person}/alerts/new`)
  await fillIn(worker, `${person}/relationships/new?with=${otherId}`)
  await fillIn(worker, `${person}/household?with=${otherId}`)
  await fillIn(worker, `${person}/professionals/new`)
  const network = (await worker.get(`${person}/network`)).html
  await fillIn(worker, `${person}/same-person/group?with=${otherId}`)
  await fillIn(worker, `${person}/merge/${otherId}/ask`)
  const unlike = {
    'dateOfBirth-day': '1',
    'dateOfBirth-month': '2',
    'dateOfBirth-year': '1971',
    lines: '',
    postcode: '',
    telephone: '',
    system: '',
    number: '',
  }
  const sameId = idIn(await fillIn(worker, '/people/new', { given: 'Kitto', family: 'Angwin', ...unlike }))
  await fillIn(leader, `${person}/merge/${sameId}`, { confirm: 'yes' })
  const samePerson = (await leader.get(`${person}/same-person`)).html
  const details = (await worker.get(`${person}/details`)).html
  const overview = (await worker.get(person)).html

  const caseId = idIn(await fillIn(worker, `${person}/refer`))
  const at = `/cases/${caseId}`
  await fillIn(leader, `${at}/triage`, { decision: 'accept' })
  await fillIn(leader, `${at}/allocate`, { to: 'worker' })
  await worker.post(`${at}/start`)
  await fillIn(leader, `${at}/co-workers/new`)
  await fillIn(leader, `${at}/allocate`, { to: 'offer' })
  await fillIn(leader, `${at}/supervise`)
  await fillIn(worker, `${at}/risk`, { level: 'high' })
  await fillIn(worker, `${at}/risk`, { level: 'medium' })
  await fillIn(worker, `${at}/flags/new`)
  await fillIn(worker, `${at}/plan-review`)
  const answerSetId = await addForm(worker, at)
  await fillIn(worker, `${at}/notes/new`)
  const noteId = idIn((await worker.get(`${at}/notes`)).html, /id="note-([0-9a-f-]{36})"/)
  await fillIn(worker, `${at}/plan/needs/new`)
  const needId = await inPlan(worker, at, /needs\/([0-9a-f-]{36})\/goals/)
  await fillIn(worker, `${at}/plan/needs/${needId}/goals/new`)
  const goalId = await inPlan(worker, at, /goals\/([0-9a-f-]{36})\/actions/)
  await fillIn(worker, `${at}/plan/goals/${goalId}/actions/new`, { who: 'person' })
  const actionId = await inPlan(worker, at, /actions\/([0-9a-f-]{36})\/complete/)
  const documentId = idIn(await fillIn(worker, `${at}/documents/new`), /documents\/([0-9a-f-]{36})/)
  const appointmentId = idIn(await fillIn(worker, `${at}/appointments/new`), /appointments\/([0-9a-f-]{36})/)
  await fillIn(worker, `${at}/appointments/${appointmentId}/move`)
  await fillIn(worker, '/visits/new')
  const visitId = idIn((await worker.get('/visits')).html, /visits\/([0-9a-f-]{36})/)
  const dropInId = idIn(await fillIn(worker, '/drop-ins/new'), /drop-ins\/([0-9a-f-]{36})/)
  const roundId = idIn(await fillIn(worker, '/outreach/new'), /outreach\/([0-9a-f-]{36})/)
  await fillIn(worker, `${at}/plan/send`)
  const approvalId = idIn((await worker.get('/sign-off?view=sent')).html, /\/sign-off\/([0-9a-f-]{36})/)
  await fillIn(worker, `${at}/tasks/new`)
  const draftId = idIn(await fillIn(worker, `${at}/letters/new`, { template: 'blank/1' }), /drafts\/([0-9a-f-]{36})/)
  await fillIn(worker, '/search/saved/new?q=words&in=written')
  const searchId = idIn((await worker.get('/search/saved')).html, /saved\/([0-9a-f-]{36})/)
  const taskId = idIn((await worker.get(`${at}/tasks`)).html, /\/tasks\/([0-9a-f-]{36})"/)
  const shareId = await addShare(worker, at)
  const consentId = await addConsent(worker, at)
  const programme = await addToProgramme(worker, caseId)
  const group = await addToGroup(worker, caseId)
  return {
    personId,
    otherId,
    caseId,
    answerSetId,
    asideId: await addClash(worker, leader, `${at}/forms/${answerSetId}/pages/home`),
    noteId,
    needId,
    goalId,
    actionId,
    documentId,
    appointmentId,
    visitId,
    dropInId,
    roundId,
    taskId,
    draftId,
    searchId,
    approvalId,
    shareId,
    consentId,
    ...programme,
    ...group,
    nameId: idIn(details, /names\/([0-9a-f-]{36})/),
    addressId: idIn(details, /addresses\/([0-9a-f-]{36})/),
    contactId: idIn(details, /contacts\/([0-9a-f-]{36})/),
    externalId: idIn(details, /numbers\/([0-9a-f-]{36})/),
    alertId: idIn(overview, /alerts\/([0-9a-f-]{36})/),
    recordId: idIn(samePerson, /same-person\/group\/([0-9a-f-]{36})/),
    mergeId: idIn(samePerson, /merges\/([0-9a-f-]{36})/),
    requestId: idIn((await leader.get('/people/merge-requests')).html, /merge-requests\/([0-9a-f-]{36})/),
    relationshipId: idIn(network, /relationships\/([0-9a-f-]{36})/),
    professionalId: idIn(network, /professionals\/([0-9a-f-]{36})/),
    memberId: idIn(network, /household\/([0-9a-f-]{36})/),
    flagId: idIn((await worker.get(at)).html, /flags\/([0-9a-f-]{36})/),
    section: 'name',
    page: 'home',
    number: '1',
    version: '1',
  }
}

const likely: Record<string, Fields> = {
  contacts: { kind: 'mobile', value: '07700 900123', from: '', to: '' },
  numbers: { system: 'Mosaic', value: 'M-123' },
}

/** A form that has been begun, completed and opened again, so that it has versions. */
async function addForm(worker: Visitor, at: string): Promise<string> {
  const begun = await fillIn(worker, `${at}/forms/new`, { form: 'housing-support-assessment' })
  const answerSetId = idIn(begun, /forms\/([0-9a-f-]{36})/)
  const form = `${at}/forms/${answerSetId}`
  await fillIn(worker, `${form}/pages/home`, {
    living: 'rough',
    sleeping_place: 'Under the quay',
    notice: 'no',
    postcode: '',
    _then: 'continue',
  })
  await fillIn(worker, `${form}/pages/money`, { rent: '', arrears: '', income: 'nothing', _then: 'leave' })
  return answerSetId
}

/** A programme of two modules that somebody has begun, one that they have completed, and one module done. */
async function addToProgramme(worker: Visitor, caseId: string): Promise<Record<'programmeId' | 'courseId' | 'moduleId', string>> {
  const programme = { about: '', 'open-to': 'team' }
  const short = idIn(await fillIn(worker, '/programmes/new', { ...programme, name: 'First steps', modules: 'One morning' }))
  const shown = await fillIn(worker, '/programmes/new', { ...programme, name: 'Stepping stones', modules: 'Sleep\n+ Food' })
  const begin = async (id: string) => fillIn(worker, `/cases/${caseId}/programmes/new`, { programme: id, ...today() })
  const module = async (course: string) => idIn((await worker.get(course)).html, /modules\/([0-9a-f-]{36})/)
  const completed = await begin(short)
  await fillIn(worker, `${completed}/modules/${await module(completed)}`, { how: 'one-to-one', ...today('done-on') })
  await fillIn(worker, `${completed}/finish`, { outcome: 'completed', ...today('ended') })
  const course = await begin(idIn(shown))
  return { programmeId: idIn(shown), courseId: idIn(course, /programmes\/([0-9a-f-]{36})/), moduleId: await module(course) }
}

const today = (name = 'began'): Fields => {
  const { day, month, year } = partsOf(londonDate(new Date()))
  return { [`${name}-day`]: String(day), [`${name}-month`]: String(month), [`${name}-year`]: String(year) }
}

/** A group with sessions before and after today, of which the first has been recorded for the one who is booked. */
async function addToGroup(worker: Visitor, caseId: string): Promise<Record<'groupId' | 'sessionId' | 'bookingId', string>> {
  const sessions = await fillIn(worker, '/groups/new', { name: 'Moving on', capacity: '8', 'open-to': 'team' })
  const groupId = idIn(sessions)
  const { day, month, year } = partsOf(addDays(londonDate(new Date()), -13))
  const first = { 'starts-day': String(day), 'starts-month': String(month), 'starts-year': String(year) }
  await fillIn(worker, sessions, { ...first, 'starts-time': '14:00', 'ends-time': '16:00', count: '3', every: '1', topic: 'Sleep' })
  const sessionId = idIn((await worker.get(`/groups/${groupId}`)).html.split('Sessions held')[1] ?? '', /sessions\/([0-9a-f-]{36})/)
  await fillIn(worker, `/groups/${groupId}/book/${caseId}`)
  const bookingId = idIn((await worker.get(`/cases/${caseId}/groups`)).html, /groups\/([0-9a-f-]{36})"/)
  const register = { [`attendance-${bookingId}`]: 'attended', [`reason-${bookingId}`]: '', _then: '' }
  await fillIn(worker, `/groups/${groupId}/sessions/${sessionId}/register`, register)
  return { groupId, sessionId, bookingId }
}

/** A consent to an assessment that was given. */
async function addConsent(worker: Visitor, at: string): Promise<string> {
  await fillIn(worker, `${at}/consent/new`, {
    purposes: ['assess'],
    capacity: 'child-understands',
    'capacity-because': 'She looked at it',
    ...noDay('until'),
    ...today('asked'),
  })
  return idIn((await worker.get(`${at}/consent`)).html, /consent\/([0-9a-f-]{36})\/withdraw/)
}

const noDay = (name: string): Fields => ({ [`${name}-day`]: '', [`${name}-month`]: '', [`${name}-year`]: '' })

/** A part of the case that is shared with a team. */
async function addShare(worker: Visitor, at: string): Promise<string> {
  const typed = ownForm((await worker.get(`${at}/sharing/new`)).html, `${at}/sharing/new`)!.filled
  const wish = { with: 'team', what: 'parts', parts: ['groups'], level: 'read', 'without-consent': '', ...noDay('from'), ...noDay('until') }
  const reply = await worker.post(`${at}/sharing/new/confirm`, { ...typed, ...wish })
  if (reply.status !== 303) throw new Error(`Nothing was shared: ${errorsOn(reply.html)}`)
  return idIn((await worker.get(`${at}/sharing`)).html, /sharing\/([0-9a-f-]{36})\/end/)
}

/** Withholds a section of a case's form from an agency: the first that is not the case's own. */
export async function addWithholding(worker: Visitor, at: string): Promise<string> {
  const page = await worker.get(`${at}/withholding/new`)
  const typed = ownForm(page.html, `${at}/withholding/new`)!.filled
  const agencies = /<select[^>]* name="agency".*?<\/select>/s.exec(page.html)?.[0] ?? ''
  let said = `of ${agencies}`
  for (const [, agency = ''] of agencies.matchAll(/<option value="([0-9a-f-]{36})"/g)) {
    const reply = await worker.post(`${at}/withholding/new`, { ...typed, from: 'agency', agency, what: 'section' })
    if (reply.status === 303) return idIn((await worker.get(`${at}/sharing`)).html, /withholding\/([0-9a-f-]{36})\/end/)
    said = errorsOn(reply.html)
  }
  throw new Error(`A section was withheld from no agency: ${said}`)
}

/** Two people who gave different answers to the same question at once: what is still to be settled between them. */
async function addClash(worker: Visitor, leader: Visitor, page: string): Promise<string> {
  const [his, hers] = [ownForm((await worker.get(page)).html, page)!, ownForm((await leader.get(page)).html, page)!]
  await worker.post(page, { ...his.filled, sleeping_place: 'Behind the chapel', _then: 'leave' })
  const reply = await leader.post(page, { ...hers.filled, sleeping_place: 'In the boat shed', _then: 'leave' })
  return idIn(reply.location ?? '', /settle\/([0-9a-f-]{36})/)
}

const inPlan = async (worker: Visitor, at: string, pattern: RegExp) => idIn((await worker.get(`${at}/plan`)).html, pattern)

function idIn(text: string, pattern = /([0-9a-f]{8}-[0-9a-f-]{27})/): string {
  const id = pattern.exec(text)?.[1]
  if (!id) throw new Error(`No ${pattern} in: ${text.slice(0, 200)}`)
  return id
}

/** What an error summary says. */
export const errorsOn = (html: string): string =>
  /error-summary__body">(.*?)<\/div>/s
    .exec(html)?.[1]
    ?.replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ') ??
  html
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .slice(0, 600)
