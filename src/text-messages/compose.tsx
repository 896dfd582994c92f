import type { VNode } from 'preact'
import { paths } from '../paths.ts'
import type { Fields } from '../platform/web/fields.ts'
import type { Visit } from '../platform/web/routes.ts'
import { Button, errorFor, type FieldError, FilterChips, Form, InsetText, Radios, Select, Textarea } from '../ui/index.ts'
import type { NewBatch } from './batches.ts'
import type { TextGroup } from './groups.ts'
import type { Receiver } from './receivers.ts'
import { type Template, usualReminder } from './templates.queries.ts'
import { faultIn, fields, fieldsFor, type TemplatePurpose } from './words.ts'

/** A group as one posted value. */
export const groupValue = (key: string, option: string): string => `${key}|${option}`

export type OfferedGroup = { group: TextGroup; option: string; title: string }
const valueOfGroup = ({ group, option }: OfferedGroup): string => groupValue(group.key, option)

/** The group that a page is asked for, as posted or by its address. */
export const askedGroup = ({ fields, query }: Visit): string[] =>
  [fields.text('group') || (query.get('group') ?? '')].filter(value => value !== '')

/** Every group that the actor can text now, with those asked for by value that no list of choices holds. */
export async function offeredGroups(
  { tx, actor, clock }: Visit,
  groups: readonly TextGroup[],
  asked: readonly string[],
): Promise<OfferedGroup[]> {
  const now = clock.now()
  const each = await Promise.all(groups.map(async group => ({ group, choices: await group.choices(tx, actor, now) })))
  const offered: OfferedGroup[] = each.flatMap(({ group, choices }) => choices.map(choice => ({ group, ...choice })))
  for (const value of asked.filter(one => one.length <= 2_000)) {
    if (offered.some(one => valueOfGroup(one) === value)) continue
    const group = groups.find(one => value.startsWith(`${one.key}|`))
    const option = value.slice(value.indexOf('|') + 1)
    const title = await group?.titleOf?.(tx, actor, option)
    if (group && title !== undefined) offered.push({ group, option, title })
  }
  return offered
}

type Props = {
  visit: Visit
  action: string
  back: string
  /** Null for one person, who is already chosen. */
  groups: readonly OfferedGroup[] | null
  /** Parents and carers who can be texted instead of the child whose case it is. */
  receivers?: readonly Receiver[]
  templates: readonly Template[]
  typed: Fields
  /** What was written before, where nothing has been typed on this page yet. */
  before: { group: string; receiver?: string | null; words: string; templateId: string | null }
  errors: readonly FieldError[]
}

/** Who, and in which words. A wording is chosen by its address, so that it works without script. */
export function ComposeForm({ visit, action, back, groups, receivers = [], templates, typed, before, errors }: Props): VNode {
  const group = typed.has('group') ? typed.text('group') : (visit.query.get('group') ?? before.group)
  const to = groupOf(groups, group)
  const purpose = to?.purpose ?? 'any'
  const reminds = to ? purpose === 'appointment' && to.begins === undefined : !group && hasReminders(groups)
  // What an appointment is reminded of by begins a text to whoever has one, and no other.
  const usable = templates.filter(one => one.purpose === 'any' || reminds)
  const asked = visit.query.get('wording') ?? before.templateId
  const chosen = asked ? usable.find(one => one.id === asked) : usable.find(one => to && reminds && one.purpose === 'appointment')
  const usual = to?.begins ?? (to && reminds ? usualReminder : '')
  const words = typed.has('words')
    ? typed.typed('words')
    : visit.query.has('wording')
      ? (chosen?.words ?? '')
      : before.words || (chosen?.words ?? usual)
  const receiver = typed.has('words') ? typed.text('receiver') : (visit.query.get('receiver') ?? before.receiver ?? '')
  const chosenSoFar = { ...(group ? { group } : {}), ...(receiver ? { receiver } : {}) }
  const withWording = (id: string) => `${action}?${new URLSearchParams({ ...chosenSoFar, wording: id })}`
  return (
    <>
      {usable.length > 0 ? (
        <FilterChips
          label="Begin with a wording"
          heading={<span class="ly-strong">Begin with</span>}
          items={usable.map(one => ({ text: one.name, href: withWording(one.id), current: one.id === chosen?.id }))}
        />
      ) : null}
      <Form {...visit.form} action={action} classes="ly-form">
        <input type="hidden" name="wording" value={chosen?.id ?? ''} />
        {groups
          ? Select({
              id: 'group',
              name: 'group',
              label: { text: 'Who is it for?', classes: 'govuk-label--s' },
              hint: 'You see who is left out, and why, before anything is sent.',
              value: group,
              errorMessage: errorFor(errors, 'group'),
              items: [{ value: '', text: 'Choose' }, ...groups.map(one => ({ value: valueOfGroup(one), text: one.title }))],
            })
          : null}
        <WhoGetsIt receivers={receivers} value={receiver} errors={errors} />
        {Textarea({
          id: 'words',
          name: 'words',
          rows: 6,
          label: { text: 'What does it say?', classes: 'govuk-label--s' },
          hint: 'Somebody else may read it: say nothing of why you work with them.',
          value: words,
          errorMessage: errorFor(errors, 'words'),
        })}
        <FieldsThere purpose={purpose} />
        <div class="govuk-button-group">
          {Button({ text: 'Continue', preventDoubleClick: true })}
          <a class="govuk-link" href={back}>
            Cancel
          </a>
        </div>
      </Form>
    </>
  )
}

type WhoProps = { receivers: readonly Receiver[]; value: string; errors: readonly FieldError[] }

/** The child, or a parent or carer of theirs; nothing to choose where nobody answers for the person. */
function WhoGetsIt({ receivers, value, errors }: WhoProps): VNode | null {
  if (receivers.length === 0) return null
  const warned = receivers.filter(one => one.warned)
  return (
    <>
      {Radios({
        idPrefix: 'receiver',
        name: 'receiver',
        classes: 'govuk-radios--small',
        value,
        fieldset: { legend: { text: 'Who gets it?', classes: 'govuk-fieldset__legend--s' } },
        errorMessage: errorFor(errors, 'receiver'),
        items: [
          { value: '', text: 'The person themself' },
          ...receivers
            .filter(one => !one.warned)
            .map(one => ({ value: one.personId, text: one.name, hint: { text: `${one.relation}, on their own number` } })),
        ],
      })}
      {warned.length > 0
        ? InsetText({
            text: `Not offered, because of a warning between the two: ${warned.map(one => `${one.name} (${one.relation.toLowerCase()})`).join('; ')}`,
          })
        : null}
    </>
  )
}

/** What can be filled in. */
export function FieldsThere({ purpose }: { purpose: TemplatePurpose }): VNode {
  return (
    <details class="govuk-details">
      <summary class="govuk-details__summary">
        <span class="govuk-details__summary-text">What can be filled in for each person</span>
      </summary>
      <div class="govuk-details__text">
        <dl class="ly-facts">
          {fieldsFor(purpose).map(field => (
            <div key={field}>
              <dt>{`((${field}))`}</dt>
              <dd>{fields[field]}</dd>
            </div>
          ))}
        </dl>
      </div>
    </details>
  )
}

export type Composed = { ok: true; batch: NewBatch } | { ok: false; errors: FieldError[] }

/** Reads what was posted. Words that are a wording's own are sent as that version of it. */
export function readComposed(
  typed: Fields,
  groups: readonly OfferedGroup[] | { caseId: string; receivers: readonly Receiver[] },
  templates: readonly Template[],
): Composed {
  const errors: FieldError[] = []
  const words = typed.text('words')
  let chosen: { key: string; option: string; purpose: TemplatePurpose } | undefined
  let receiverId: string | null = null
  if ('caseId' in groups) {
    chosen = { key: 'case', option: groups.caseId, purpose: 'any' }
    receiverId = typed.text('receiver') || null
    if (receiverId && !groups.receivers.some(one => one.personId === receiverId && !one.warned))
      errors.push({ field: 'receiver', message: 'Select who gets it' })
  } else {
    const found = groups.find(one => valueOfGroup(one) === typed.text('group'))
    if (found) chosen = { key: found.group.key, option: found.option, purpose: found.group.purpose }
    else errors.push({ field: 'group', message: 'Select who it is for' })
  }
  const fault = faultIn(words, chosen?.purpose ?? 'appointment')
  if (fault) errors.push({ field: 'words', message: fault })
  if (errors.length > 0 || !chosen) return { ok: false, errors }
  const template = templates.find(one => one.id === typed.text('wording') && one.words === words)
  return {
    ok: true,
    batch: {
      groupKey: chosen.key,
      groupOption: chosen.option,
      receiverId,
      words,
      templateId: template?.id ?? null,
      templateVersion: template?.version ?? null,
    },
  }
}

const hasReminders = (groups: readonly OfferedGroup[] | null): boolean => groups?.some(one => one.group.purpose === 'appointment') ?? false

const groupOf = (groups: readonly OfferedGroup[] | null, value: string): TextGroup | undefined =>
  groups?.find(one => valueOfGroup(one) === value)?.group

/** A text to one person, because of the case that `groupOption` names. */
export const isToOne = ({ groupKey }: Pick<NewBatch, 'groupKey'>): boolean => groupKey === 'case'

/** Where somebody goes back to from a text: the case, or the list. */
export const backFrom = (batch: Pick<NewBatch, 'groupKey' | 'groupOption'>): string =>
  isToOne(batch) ? paths.messages.ofCase(batch.groupOption) : paths.messages.list
