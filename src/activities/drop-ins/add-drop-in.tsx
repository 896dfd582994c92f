import { CountsInput, readCounts, readerOf, type Typed, typedFrom, typedInstant } from '../../cases/index.ts'
import { type Option, optionsOf } from '../../lists/index.ts'
import { paths } from '../../paths.ts'
import { type Answer, page, redirect } from '../../platform/web/answer.ts'
import type { Visit } from '../../platform/web/routes.ts'
import { Button, errorFor, errorSummaryFor, type FieldError, Form, Input, PageTitle, Select, Textarea } from '../../ui/index.ts'
import { ownTeams } from '../own-teams.ts'
import { readWhenAndForWhom, WhenAndForWhom } from '../when-and-for-whom.tsx'
import { addDropIn } from './drop-ins.queries.ts'

export const showAdd = (visit: Visit): Promise<Answer> => addPage(visit, typedFrom(typedInstant('happened', visit.clock.now())), [])

export async function postAdd(visit: Visit): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  const now = clock.now()
  const lists = await listsFor(visit)
  const read = readerOf(fields)
  const about = read.needed('about', 'What happened', 'Enter what happened', 4_000)
  const chosen = (name: 'reason' | 'age-band' | 'gender', options: readonly Option[]) => {
    const code = fields.text(name)
    if (code && !options.some(option => option.code === code)) read.refuse(name, 'Select one of the choices')
    return code
  }
  const reason = chosen('reason', lists.reasons)
  const ageBand = chosen('age-band', lists.ages)
  const gender = chosen('gender', lists.genders)
  const called = read.text('called', 'What they call themselves', 100)
  const place = read.text('place', 'Where', 200)
  const handedOut = readCounts(fields, 'handed-out', 'What you handed out', lists.things, read.errors)
  const { happenedAt, minutes, team } = readWhenAndForWhom(fields, await ownTeams(tx, actor), now, read.errors)
  if (read.errors.length > 0 || !happenedAt || team === undefined) return addPage(visit, fields, read.errors)
  const id = await addDropIn(tx, actor, now, { team, happenedAt, minutes, place, called, ageBand, gender, reason, about, handedOut })
  return redirect(paths.dropIns.show(id), { notice: 'Drop-in recorded.' })
}

async function listsFor({ tx }: Visit) {
  const [reasons, ages, genders, things] = await Promise.all(
    ['drop-in-reason', 'age-band', 'drop-in-gender', 'handed-out'].map(list => optionsOf(tx, list)),
  )
  return { reasons: reasons ?? [], ages: ages ?? [], genders: genders ?? [], things: things ?? [] }
}

async function addPage(visit: Visit, typed: Typed, errors: readonly FieldError[]): Promise<Answer> {
  const { reasons, ages, genders, things } = await listsFor(visit)
  const choice = (name: string, label: string, options: readonly Option[]) =>
    Select({
      name,
      label,
      value: typed.text(name),
      items: [{ value: '', text: 'Not known' }, ...options.map(one => ({ value: one.code, text: one.label }))],
      errorMessage: errorFor(errors, name),
    })
  const body = (
    <div class="ly-narrow">
      <PageTitle title="Record a drop-in" />
      <p class="govuk-body">
        For somebody who is not on record or stays anonymous. It makes no record of a person and no search finds it. Your team can read it.
        With somebody who is on record,{' '}
        <a class="govuk-link" href={paths.notes.record()}>
          record a contact
        </a>
        .
      </p>
      <Form {...visit.form} action={paths.dropIns.add} classes="ly-form">
        {errorSummaryFor(errors)}
        {Textarea({
          name: 'about',
          label: 'What happened',
          rows: 4,
          value: typed.typed('about'),
          errorMessage: errorFor(errors, 'about'),
          attributes: { autofocus: { value: true, optional: true } },
        })}
        {choice('reason', 'Why they came', reasons)}
        {choice('age-band', 'Age', ages)}
        {choice('gender', 'Gender', genders)}
        {Input({
          name: 'called',
          label: 'What they call themselves (optional)',
          hint: 'So that you know them again. Not needed',
          value: typed.typed('called'),
          errorMessage: errorFor(errors, 'called'),
        })}
        {Input({ name: 'place', label: 'Where (optional)', value: typed.typed('place'), errorMessage: errorFor(errors, 'place') })}
        <CountsInput name="handed-out" legend="What you handed out (optional)" options={things} typed={typed} errors={errors} />
        <WhenAndForWhom typed={typed} errors={errors} teams={await ownTeams(visit.tx, visit.actor)} />
        <div class="govuk-button-group">
          {Button({ text: 'Save drop-in', preventDoubleClick: true })}
          <a class="govuk-link" href={paths.dropIns.list}>
            Cancel
          </a>
        </div>
      </Form>
    </div>
  )
  return page('Record a drop-in', body, { hasErrors: errors.length > 0, section: 'calendar' })
}
