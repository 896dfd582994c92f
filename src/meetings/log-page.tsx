import type { VNode } from 'preact'
import { rewriteItem } from '../access/index.ts'
import { DayInput, readerOf } from '../cases/index.ts'
import { isOption, optionsOf } from '../lists/index.ts'
import { paths } from '../paths.ts'
import { today } from '../platform/clock.ts'
import { formatDate } from '../platform/plain-date.ts'
import { type Answer, notFound, redirect } from '../platform/web/answer.ts'
import { type Fields, noFields } from '../platform/web/fields.ts'
import type { Visit } from '../platform/web/routes.ts'
import { Button, errorFor, errorSummaryFor, type FieldError, Form, Input, Select, Textarea } from '../ui/index.ts'
import { auditItem } from './change-items.ts'
import { backToItem, buttons, itemLink, meetingPage, type OfItem } from './frame.tsx'
import { keepOnceNamed } from './kept-elsewhere.ts'
import type { LogKind } from './kind.ts'
import { addToLog, type LogEntry, logOf } from './log.ts'
import { Entries } from './log-panels.tsx'
import { type Party, partyName } from './meeting.ts'
import { isOnCase, mayWritePart, mayWriteWords } from './own-rows.ts'
import { addParty } from './parties.ts'
import { seatsOfSeries } from './series.queries.ts'
import { takeBack } from './take-back.ts'

/** A log of the item's kind; for any other there is no such page, nor for a draft. */
export async function withLog(visit: Visit, of: OfItem, work: (log: LogKind) => Promise<Answer>): Promise<Answer> {
  const log = of.kind.logs.find(one => one.code === visit.params['logCode'])
  return log && of.item.state !== 'draft' && (await isOnCase(visit, of)) ? work(log) : notFound()
}

/** Everything of one log that the reader reads. */
export const logPage = (visit: Visit, of: OfItem): Promise<Answer> =>
  withLog(visit, of, async log => {
    const { tx, actor, clock } = visit
    const { item, kind, series } = of
    const entries = (await logOf(tx, actor, item.id, [log])).filter(one => one.log === log.code)
    const mayAdd = (await mayWriteWords(visit, of)) !== undefined
    await auditItem(tx, actor, clock.now(), 'meeting-log-read', item.id, { log: log.code })
    const undo = (entry: LogEntry): VNode | null =>
      entry.withdrawnAt || !(item.mayEdit || entry.isOwn) ? null : (
        <Form {...visit.form} action={paths.meetings.takeFromLog(item.id, log.code, entry.id)}>
          <button class="ly-link-button" type="submit">
            Take back
            <span class="govuk-visually-hidden">
              {' '}
              {entry.what}, {formatDate(entry.happenedOn)}
            </span>
          </button>
        </Form>
      )
    const body = (
      <>
        <p class="govuk-body">{log.about}</p>
        {entries.length === 0 ? (
          <p class="govuk-body">None is recorded.</p>
        ) : (
          <Entries log={log} entries={entries} undo={mayAdd ? undo : undefined} />
        )}
      </>
    )
    return meetingPage(kind, log.title, body, {
      context: itemLink(item),
      inTitle: `${series.name}, case ${item.reference}`,
      actions: mayAdd ? Button({ text: log.add, href: paths.meetings.addToLog(item.id, log.code) }) : undefined,
    })
  })

export const addToLogPage = (visit: Visit, of: OfItem, typed: Fields = noFields, errors: readonly FieldError[] = []): Promise<Answer> =>
  withLog(visit, of, async log => {
    if (!(await mayWriteWords(visit, of))) return notFound()
    const { tx, clock } = visit
    const { item, kind, series } = of
    const seats = (await seatsOfSeries(tx, series.id)).filter(seat => !seat.endedAt)
    const options = await optionsOf(tx, log.list)
    const body = (
      <Form {...visit.form} action={paths.meetings.addToLog(item.id, log.code)} classes="ly-form">
        {errorSummaryFor(errors)}
        <p class="govuk-body">{log.about}</p>
        <DayInput name="on" legend="When it happened" typed={typed} errors={errors} start={log.told ? null : today(clock)} />
        {Select({
          name: 'what',
          id: 'what',
          label: 'What it was',
          value: typed.text('what'),
          items: [{ value: '', text: 'Choose one' }, ...options.map(one => ({ value: one.code, text: one.label }))],
          errorMessage: errorFor(errors, 'what'),
        })}
        {log.told ? <DayInput name="told" legend={log.told} typed={typed} errors={errors} start={today(clock)} /> : null}
        <Whose log={log} people={peopleOf(log, of)} typed={typed} errors={errors} mayAdd={(await newRole(visit, of, log)) !== undefined} />
        {Select({
          name: 'agency',
          id: 'agency',
          label: log.agency,
          value: typed.has('agency') ? typed.text('agency') : (seats.find(seat => series.seats.includes(seat.id))?.agencyId ?? ''),
          items: [{ value: '', text: 'Not said' }, ...seats.map(seat => ({ value: seat.agencyId, text: seat.name }))],
          errorMessage: errorFor(errors, 'agency'),
        })}
        {Textarea({
          name: 'words',
          id: 'words',
          label: 'In words (optional)',
          hint: 'Whoever is on this case reads it',
          rows: 4,
          value: typed.typed('words'),
          errorMessage: errorFor(errors, 'words'),
        })}
        {buttons('Record it', paths.meetings.item(item.id), 'Back to the case')}
      </Form>
    )
    return meetingPage(kind, log.add, body, { context: itemLink(item), inTitle: series.name, narrow: true, hasErrors: errors.length > 0 })
  })

const peopleOf = (log: LogKind, { parties }: OfItem): Party[] => parties.filter(one => log.whose.roles.includes(one.role))

/** The role and the part of somebody new whom an entry may bring; undefined where it brings nobody, or that part is kept from whoever writes. */
async function newRole(visit: Visit, of: OfItem, log: LogKind): Promise<{ role: string; part: string } | undefined> {
  const role = of.kind.parties.find(one => one.role === log.whose.adds)
  return role && (await mayWritePart(visit, of, role.part)) ? { role: role.role, part: role.part } : undefined
}

type WhoseProps = { log: LogKind; people: readonly Party[]; typed: Fields; errors: readonly FieldError[]; mayAdd: boolean }

function Whose({ log, people, typed, errors, mayAdd }: WhoseProps): VNode {
  return (
    <>
      {people.length > 0
        ? Select({
            name: 'party',
            id: 'party',
            label: log.whose.label,
            value: typed.text('party'),
            items: [
              { value: '', text: mayAdd ? 'Somebody else, or not said' : 'Not said' },
              ...people.map(one => ({ value: one.id, text: partyName(one) })),
            ],
            errorMessage: errorFor(errors, 'party'),
          })
        : null}
      {mayAdd ? (
        <>
          {Input({
            name: 'family',
            id: 'family',
            label: `${people.length > 0 ? 'If it is somebody else: their surname' : `${log.whose.label}: surname`} (optional)`,
            hint: 'They are added to those whom the case is about',
            value: typed.typed('family'),
            errorMessage: errorFor(errors, 'family'),
          })}
          {Input({
            name: 'given',
            id: 'given',
            label: 'First name (optional)',
            value: typed.typed('given'),
            errorMessage: errorFor(errors, 'given'),
          })}
        </>
      ) : null}
    </>
  )
}

export const postAddToLog = (visit: Visit, of: OfItem): Promise<Answer> =>
  withLog(visit, of, async log => {
    const { tx, actor, clock, fields } = visit
    const { item, series } = of
    const own = await mayWriteWords(visit, of)
    if (!own) return notFound()
    const read = readerOf(fields)
    const happenedOn = read.day('on', 'When it happened', { notAfter: today(clock) })
    if (!isOption(await optionsOf(tx, log.list), fields.text('what'))) read.refuse('what', 'Choose what it was')
    const toldOn = log.told
      ? read.maybeDay('told', log.told, {
          notAfter: today(clock),
          ...(happenedOn ? { notBefore: happenedOn, notBeforeWords: 'on or after the day on which it happened' } : {}),
        })
      : null
    const party = peopleOf(log, of).find(one => one.id === fields.text('party'))
    if (fields.text('party') && !party) read.refuse('party', 'Choose somebody of this case, or nobody')
    const brings = await newRole(visit, of, log)
    const familyName = brings && !party ? read.text('family', 'The surname', 100) : ''
    const givenName = brings && !party ? read.text('given', 'The first name', 100) : ''
    const agency = (await seatsOfSeries(tx, series.id)).find(seat => seat.agencyId === fields.text('agency'))
    if (fields.text('agency') && !agency) read.refuse('agency', 'Choose an agency of the meeting, or “Not said”')
    const words = read.text('words', 'What you wrote', 4_000)
    if (!happenedOn || read.errors.length > 0) return addToLogPage(visit, of, fields, read.errors)
    const somebodyNew =
      brings && (familyName || givenName)
        ? await addParty(tx, item.id, { ...brings, familyName, givenName, bornOn: null, isPlace: false, postcode: '', about: '' }, own)
        : null
    await addToLog(tx, actor, clock.now(), item.id, {
      log: log.code,
      what: fields.text('what'),
      happenedOn,
      toldOn,
      partyId: party?.id ?? somebodyNew,
      agencyId: agency?.agencyId ?? null,
      words,
      own,
    })
    if (somebodyNew) {
      await rewriteItem(tx, item.id)
      await keepOnceNamed(tx, actor, clock.now(), of)
    }
    return backToItem(visit, of, 'Recorded.')
  })

export const postTakeFromLog = (visit: Visit, of: OfItem): Promise<Answer> =>
  withLog(visit, of, async log => {
    const { tx, actor, clock, params } = visit
    if (!(await mayWriteWords(visit, of))) return notFound()
    const taken = await takeBack(tx, actor, clock.now(), of.item, 'meeting_log_entries', params['entryId'] ?? '')
    return taken.ok ? redirect(paths.meetings.log(of.item.id, log.code), { notice: 'It has been taken back.' }) : notFound()
  })
