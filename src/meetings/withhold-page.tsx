import { endItemWithholding, isRunStill, withholdItem, wordsPart } from '../access/index.ts'
import { paths } from '../paths.ts'
import { type Answer, notFound, redirect } from '../platform/web/answer.ts'
import { type Fields, noFields } from '../platform/web/fields.ts'
import type { Visit } from '../platform/web/routes.ts'
import { Button, Checkboxes, errorFor, errorSummaryFor, type FieldError, Form, Radios, Select, Textarea, WarningText } from '../ui/index.ts'
import { auditItem } from './change-items.ts'
import { buttons, dayInWords, meetingPage, type OfItem } from './frame.tsx'
import { withholdingsOf } from './items.queries.ts'
import { keepOthersToo } from './kept-elsewhere.ts'
import { partLabel, partsOfItem } from './own-parts.ts'
import { activeAgencies, activeUsers } from './series.queries.ts'
import { stillRead } from './still-read.ts'
import { StillReads } from './still-reads.tsx'
import { longestWords, tooLong } from './too-long.ts'

/** "This agency must not receive this item", and a conflict of interest of one person: beats every seat and every role, at once and everywhere. */
export async function withholdPage(
  visit: Visit,
  { item, kind, series, parties }: OfItem,
  typed: Fields = noFields,
  errors: readonly FieldError[] = [],
): Promise<Answer> {
  const { tx } = visit
  const agencies = await activeAgencies(tx)
  const users = await activeUsers(tx)
  const body = (
    <Form {...visit.form} action={paths.meetings.withhold(item.id)} classes="ly-form">
      {errorSummaryFor(errors)}
      <p class="govuk-body">
        They will find no trace of it: not on the agenda, in a number, in papers or in a notice. If you name yourself or your own agency,
        you lose it too.
      </p>
      {Select({
        name: 'from',
        id: 'from',
        label: 'From whom?',
        value: typed.text('from'),
        items: [
          { value: '', text: 'Choose an agency or a person' },
          ...agencies.map(one => ({ value: String(one.principal), text: one.name })),
          ...users.map(one => ({ value: String(one.principal), text: `${one.name}, ${one.agencyName}` })),
        ],
        errorMessage: errorFor(errors, 'from'),
      })}
      {Radios({
        name: 'part',
        fieldset: { legend: { text: 'What must they not receive?', classes: 'govuk-fieldset__legend--s' } },
        value: typed.text('part'),
        items: [
          { value: '', text: 'The whole case' },
          ...partsOfItem(kind, parties).map(one => ({ value: one.code, text: `Only: ${lowerFirst(one.label)}` })),
        ],
      })}
      {Checkboxes({
        name: 'words',
        fieldset: { legend: { text: 'If it is only a part', classes: 'govuk-fieldset__legend--s' } },
        values: typed.has('from') ? [...typed.all('words')] : ['yes'],
        items: [
          {
            value: 'yes',
            text: 'Keep what is written in free words as well',
            hint: {
              text: 'What happened, what agencies bring, notes, decisions and actions name anybody. You are shown next what they will still read.',
            },
          },
        ],
      })}
      {Textarea({
        name: 'reason',
        id: 'reason',
        label: 'Why',
        hint: 'For example, somebody there is related to the perpetrator',
        value: typed.typed('reason'),
        rows: 3,
        errorMessage: errorFor(errors, 'reason'),
      })}
      {Checkboxes({
        name: 'own',
        fieldset: { legend: { text: 'If that is you, or your own agency', classes: 'govuk-fieldset__legend--s' } },
        values: [...typed.all('own')],
        items: [{ value: 'yes', text: 'I have a conflict of interest: I lose it too, and somebody else takes it' }],
        errorMessage: errorFor(errors, 'own'),
      })}
      {buttons('Keep it from them', paths.meetings.item(item.id))}
    </Form>
  )
  return meetingPage(kind, 'Keep it from somebody', body, {
    context: `${series.name} · Case ${item.reference}`,
    narrow: true,
    hasErrors: errors.length > 0,
  })
}

export async function postWithhold(visit: Visit, of: OfItem): Promise<Answer> {
  const { item, kind, series, parties } = of
  const { tx, actor, clock, fields } = visit
  const errors: FieldError[] = []
  const holder = [...(await activeAgencies(tx)), ...(await activeUsers(tx))].find(one => String(one.principal) === fields.text('from'))
  if (!holder) errors.push({ field: 'from', message: 'Choose an agency or a person' })
  const reason = fields.text('reason')
  if (!reason) errors.push({ field: 'reason', message: 'Enter why' })
  errors.push(...tooLong(fields, { reason: 'Why' }, longestWords))
  const losesIt = holder !== undefined && actor.principals.includes(holder.principal)
  if (losesIt && !fields.has('own')) errors.push({ field: 'own', message: 'Tick “I have a conflict of interest”, or choose somebody else' })
  if (!holder || errors.length > 0) return withholdPage(visit, of, fields, errors)
  if (fields.has('again')) return withholdPage(visit, of, fields)
  const part = partsOfItem(kind, parties).find(one => one.code === fields.text('part'))?.code ?? null
  if (part === null && !(await isRunStill(tx, clock.now(), item.id, holder.principal)))
    return withholdPage(visit, of, fields, [
      { field: 'from', message: 'Nobody who runs the meeting would be left to take it. Add another chair or co-ordinator first' },
    ])
  const parts = part === null ? [null] : [...new Set([part, ...(fields.has('words') ? [wordsPart] : [])])]
  if (part !== null && !fields.has('read'))
    return readBeforePage(
      visit,
      of,
      holder.name,
      parts.filter(one => one !== null),
    )
  for (const one of parts) {
    // Not from whom: whoever it is kept from may be the one who reads this audit.
    await auditItem(tx, actor, clock.now(), 'meeting-item-withheld', item.id, { what: one === null ? 'item' : 'part' })
    await withholdItem(tx, actor, clock.now(), { itemId: item.id, holder: holder.principal, part: one, reason })
  }
  await keepOthersToo(tx, clock.now(), item.id, kind)
  const isOwn = part === null && losesIt
  const what = parts.map(one => (one === null ? 'it' : lowerFirst(partLabel(kind, parties, one)))).join(', or ')
  return redirect(isOwn ? paths.meetings.series(series.id) : paths.meetings.item(item.id), {
    notice: `${holder.name} does not see ${what}.`,
  })
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1)

/** What they would go on reading, before it is saved: free words name people who are kept elsewhere. */
async function readBeforePage(visit: Visit, of: OfItem, holderName: string, kept: readonly string[]): Promise<Answer> {
  const { item, kind, series } = of
  const { fields } = visit
  const body = (
    <>
      <StillReads visit={visit} of={of} holderName={holderName} kept={kept} read={await stillRead(visit, of, kept)} />
      <Form {...visit.form} action={paths.meetings.withhold(item.id)}>
        {['from', 'part', 'words', 'reason', 'own'].map(name =>
          fields.has(name) ? <input type="hidden" key={name} name={name} value={fields.typed(name)} /> : null,
        )}
        <div class="govuk-button-group">
          {Button({ text: 'Keep it from them', name: 'read', value: 'yes', preventDoubleClick: true })}
          {Button({ text: 'Choose again', name: 'again', value: 'yes', classes: 'govuk-button--secondary' })}
        </div>
      </Form>
    </>
  )
  return meetingPage(kind, 'What they will still read', body, { context: `${series.name} · Case ${item.reference}`, narrow: true })
}

/** Ends it: what they will see at once, and why. */
export async function endWithholdingPage(
  visit: Visit,
  of: OfItem,
  typed: Fields = noFields,
  errors: readonly FieldError[] = [],
): Promise<Answer> {
  const { item, kind, series, parties } = of
  const one = (await withholdingsOf(visit.tx, item.id)).find(each => each.id === visit.params['keptFromId'])
  if (!one) return notFound()
  const body = (
    <Form {...visit.form} action={paths.meetings.endWithholding(item.id, one.id)} classes="ly-form">
      {errorSummaryFor(errors)}
      <p class="govuk-body">
        {one.holderName} is kept from {one.part === null ? 'the whole case' : lowerFirst(partLabel(kind, parties, one.part))}, since{' '}
        {dayInWords(one.at)}
        {one.by ? `, by ${one.by}` : ''}: {one.reason}
      </p>
      {WarningText({
        text: `If you end this, ${one.holderName} sees at once whatever of it is open to them by their seat or their part.`,
        iconFallbackText: 'Warning',
      })}
      {Textarea({
        name: 'reason',
        id: 'reason',
        label: 'Why it ends',
        rows: 3,
        value: typed.typed('reason'),
        errorMessage: errorFor(errors, 'reason'),
      })}
      {buttons('Let them see it', paths.meetings.item(item.id))}
    </Form>
  )
  return meetingPage(kind, `End this for ${one.holderName}`, body, {
    context: `${series.name} · Case ${item.reference}`,
    narrow: true,
    hasErrors: errors.length > 0,
  })
}

export async function postEndWithholding(visit: Visit, of: OfItem): Promise<Answer> {
  const { item } = of
  const { tx, actor, clock, params, fields } = visit
  const reason = fields.text('reason')
  const errors: FieldError[] = tooLong(fields, { reason: 'Why it ends' }, longestWords)
  if (!reason) errors.push({ field: 'reason', message: 'Enter why it ends' })
  if (errors.length > 0) return endWithholdingPage(visit, of, fields, errors)
  const ended = await endItemWithholding(tx, actor, clock.now(), params['keptFromId'] ?? '', reason)
  if (!ended.ok) return notFound()
  await auditItem(tx, actor, clock.now(), 'meeting-item-withholding-ended', item.id)
  return redirect(paths.meetings.item(item.id), { notice: 'It is no longer kept from them.' })
}
