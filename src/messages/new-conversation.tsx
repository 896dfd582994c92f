import type { VNode } from 'preact'
import { paths } from '../paths.ts'
import { isId } from '../platform/id.ts'
import { type Answer, notFound, page, redirect } from '../platform/web/answer.ts'
import { type Fields, fieldsFrom, noFields } from '../platform/web/fields.ts'
import type { Visit } from '../platform/web/routes.ts'
import { Button, Checkboxes, errorFor, errorSummaryFor, type FieldError, Form, Input, PageTitle, Textarea } from '../ui/index.ts'
import { AttachFields, attach, notKept } from './attach.tsx'
import { longestTitle, type Member, mostMembers, readMessage, withoutOrigin } from './conversation.ts'
import { findTooLong, longestFind, memberInWords, usersToWriteTo, usersWithIds } from './directory.ts'
import { type ConversationParts, section } from './frame.tsx'
import { mayStart, type StartRefusal, startConversation } from './start.ts'
import { type ConversationSubject, mayReachNobody, type OpenSubject, whomToWriteTo } from './subject.ts'

type About = { kind: ConversationSubject; subject: OpenSubject; name: string } | null
const found = 20

/** `/conversations/new`: to whom, about what, and the first message, on one page. A page that names somebody to write to leads here with them chosen. */
export async function showNew(visit: Visit, parts: ConversationParts): Promise<Answer> {
  const chosen = fieldsFrom(visit.query.getAll('to').map((userId): [string, string] => ['to', userId]))
  return withAbout(visit, parts, about => newPage(visit, about, about ? noFields : chosen, []))
}

export async function postNew(visit: Visit, parts: ConversationParts): Promise<Answer> {
  return withAbout(visit, parts, async about => {
    const { tx, actor, clock, fields } = visit
    if (fields.text('find').length > longestFind) return newPage(visit, about, fields, [{ field: 'find', message: findTooLong }])
    // Looking for somebody sends nothing, and keeps no file.
    if (fields.text('do') === 'find') return newPage(visit, about, fields, notKept(visit))
    const errors: FieldError[] = []
    const to = await chosenBy(visit, about)
    const of = about && { type: about.kind.type, subject: about.subject }
    const may = await mayStart(tx, actor, clock.now(), { to, about: of })
    if (to.length === 0) errors.push({ field: 'find', message: 'Find and choose somebody to write to' })
    else if (!may.ok) errors.push({ field: 'find', message: refusals[may.error] })
    const title = fields.text('title')
    if (title.length > longestTitle) errors.push({ field: 'title', message: `Name must be ${longestTitle} characters or fewer` })
    const read = readMessage(withoutOrigin(fields.typed('words'), parts.origin))
    if (!read.ok) errors.push({ field: 'words', message: read.message })
    const attached = await attach(visit, parts, about?.subject.of?.caseId ?? null, errors.length === 0)
    if (!attached.ok) errors.push(attached)
    if (!read.ok || !attached.ok || errors.length > 0) return newPage(visit, about, fields, errors)
    const words = [read.words, ...attached.links].join('\n')
    const started = await startConversation(tx, actor, clock.now(), { to, title, words, file: attached.file, about: of })
    if (!started.ok) return newPage(visit, about, fields, [{ field: 'find', message: refusals[started.error] }])
    return redirect(paths.conversations.show(started.value), { notice: 'Message sent.' })
  })
}

const everybody = 'everybody'

/** Whom they have ticked; or everybody, of something that its readers can talk about together. Of too many as many as will be refused: none is left out in silence. */
async function chosenBy({ tx, actor, clock, fields }: Visit, about: About): Promise<Member[]> {
  if (about?.kind.withAll && fields.all('to').includes(everybody))
    return usersToWriteTo(tx, actor, { called: '', among: await whomToWriteTo(tx, about.subject, clock.now()), limit: mostMembers })
  return usersWithIds(tx, fields.all('to').filter(isId).slice(0, mostMembers))
}

const refusals: Record<StartRefusal, string> = {
  nobody: 'Choose somebody other than yourself',
  'too-many': `Choose fewer than ${mostMembers} people`,
  'may-not-read': 'Somebody whom you chose cannot be written to here. Those whose case it is say who may see what this is about',
}

async function withAbout(visit: Visit, { subjects }: ConversationParts, work: (about: About) => Promise<Answer>): Promise<Answer> {
  const { tx, actor, query } = visit
  const type = query.get('about')
  if (!type) return work(null)
  const kind = subjects.find(one => one.type === type)
  const subject = kind && (await kind.open(tx, actor, query.get('id') ?? ''))
  if (!kind || !subject) return notFound()
  return work({ kind, subject, name: (await kind.namesOf(tx, actor, [subject.id])).get(subject.id) ?? '' })
}

async function newPage(visit: Visit, about: About, typed: Fields, errors: readonly FieldError[]): Promise<Answer> {
  const { tx, actor, clock, form } = visit
  const called = typed.text('find')
  const among = about ? await whomToWriteTo(tx, about.subject, clock.now()) : undefined
  const chosen = await usersWithIds(tx, typed.all('to').filter(isId).slice(0, mostMembers))
  // Of those who may see a case there are few, and they are offered at once; of everybody, only those who are looked for.
  const most = about?.kind.withAll ? mostMembers - 1 : found
  const offered = called || among ? await usersToWriteTo(tx, actor, { called, among, limit: most + 1 }) : []
  const others = offered.slice(0, most).filter(one => !chosen.some(other => other.userId === one.userId))
  // A meeting can talk together, unless it is too large for one conversation; nobody is written to who was not chosen.
  const isForAll = about?.kind.withAll === true && !called && offered.length <= most && others.length + chosen.length > 1
  const where = { caseId: about?.subject.of?.caseId ?? null, isAboutSomething: about !== null, members: chosen }
  const action = about ? paths.conversations.about(about.kind.type, about.subject.id) : paths.conversations.add
  const title = about ? `New message about ${about.kind.called}` : 'New message'
  const body = (
    <div class="ly-narrow">
      {PageTitle({ title, context: about ? about.name : undefined })}
      <Form {...form} action={action} multipart classes="ly-form">
        {errorSummaryFor(errors)}
        <div class="ly-find">
          {Input({
            name: 'find',
            id: 'find',
            label: 'Who to',
            hint: hintFor(about),
            value: called,
            errorMessage: errorFor(errors, 'find'),
            autocomplete: 'off',
            spellcheck: false,
          })}
          {Button({ text: 'Find', name: 'do', value: 'find', classes: 'govuk-button--secondary' })}
        </div>
        {chosen.length + others.length > 0
          ? Checkboxes({
              name: 'to',
              idPrefix: 'to',
              classes: 'govuk-checkboxes--small',
              fieldset: { legend: { text: 'Write to', classes: 'govuk-fieldset__legend--s' } },
              items: [
                isForAll && {
                  value: everybody,
                  text: `Everybody (${others.length + chosen.length})`,
                  checked: typed.all('to').includes(everybody),
                },
                isForAll && { divider: 'or' },
                ...chosen.map(one => choice(one, true)),
                ...others.map(one => choice(one, false)),
              ],
            })
          : null}
        {Nobody(called, about !== null, offered.length)}
        {offered.length > most ? <p class="govuk-body">There are more: add a second name, a team or an agency.</p> : null}
        {Input({
          name: 'title',
          id: 'title',
          label: 'What the conversation is called (optional)',
          hint: 'For a group. Use no name of a client: it is seen by everybody in it',
          value: typed.text('title'),
          errorMessage: errorFor(errors, 'title'),
          autocomplete: 'off',
        })}
        {Textarea({
          name: 'words',
          id: 'words',
          label: 'Message',
          value: typed.typed('words'),
          rows: 5,
          spellcheck: true,
          errorMessage: errorFor(errors, 'words'),
        })}
        <details class="govuk-details" open={errors.some(one => one.field === 'file' || one.field === 'document')}>
          <summary class="govuk-details__summary">
            <span class="govuk-details__summary-text">Add a document</span>
          </summary>
          <div class="govuk-details__text">{await AttachFields(visit, where, typed, errors)}</div>
        </details>
        <div class="govuk-button-group">
          {Button({ text: 'Send', name: 'do', value: 'send', preventDoubleClick: true })}
          <a class="govuk-link" href={about ? about.kind.hrefOf(about.subject.id) : paths.conversations.list}>
            Cancel
          </a>
        </div>
      </Form>
    </div>
  )
  return page(title, body, { ...section, hasErrors: errors.length > 0 })
}

function hintFor(about: About): string {
  if (!about) return 'A name, a team or an agency'
  if (!mayReachNobody(about.subject)) return `Only those who may see ${about.kind.called} can be written to here`
  return `People who have to do with ${about.kind.called} can be written to here. Whoever may not see it does not see what you write`
}

const choice = (one: Member, checked: boolean) => ({ value: one.userId, text: memberInWords(one), checked })

function Nobody(called: string, isAbout: boolean, offered: number): VNode | null {
  if (offered > 0 || (!called && !isAbout)) return null
  return <p class="govuk-body">{isAbout ? 'Nobody else who may see it is found.' : `Nobody called “${called}” can be written to.`}</p>
}
