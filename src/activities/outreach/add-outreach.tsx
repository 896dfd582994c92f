import { CountsInput, readCounts, readerOf, type Typed, total, typedFrom, typedInstant } from '../../cases/index.ts'
import { optionsOf } from '../../lists/index.ts'
import { paths } from '../../paths.ts'
import { type Answer, page, redirect } from '../../platform/web/answer.ts'
import type { Visit } from '../../platform/web/routes.ts'
import { Button, errorFor, errorSummaryFor, type FieldError, Form, Input, PageTitle, Textarea } from '../../ui/index.ts'
import { ownTeams } from '../own-teams.ts'
import { readWhenAndForWhom, WhenAndForWhom } from '../when-and-for-whom.tsx'
import { addOutreach } from './outreach.queries.ts'

export const showAdd = (visit: Visit): Promise<Answer> => addPage(visit, typedFrom(typedInstant('happened', visit.clock.now())), [])

export async function postAdd(visit: Visit): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  const now = clock.now()
  const [kinds, things] = await Promise.all([optionsOf(tx, 'outreach-contact'), optionsOf(tx, 'handed-out')])
  const read = readerOf(fields)
  const place = read.needed('place', 'Where', 'Enter where you were', 200)
  const wentWith = read.text('went-with', 'Who was with you', 200)
  const contacts = readCounts(fields, 'contact', 'Contacts', kinds, read.errors)
  const handedOut = readCounts(fields, 'handed-out', 'What you handed out', things, read.errors)
  const about = read.text('about', 'What happened', 4_000)
  if (read.errors.length === 0 && total(contacts) + total(handedOut) === 0 && !about)
    read.refuse('about', 'Enter whom you met, what you handed out or what happened')
  const { happenedAt, minutes, team } = readWhenAndForWhom(fields, await ownTeams(tx, actor), now, read.errors)
  if (read.errors.length > 0 || !happenedAt || team === undefined) return addPage(visit, fields, read.errors)
  const id = await addOutreach(tx, actor, now, { team, happenedAt, minutes, place, wentWith, about, contacts, handedOut })
  return redirect(paths.outreach.show(id), { notice: 'Outreach recorded.' })
}

async function addPage(visit: Visit, typed: Typed, errors: readonly FieldError[]): Promise<Answer> {
  const { tx, actor } = visit
  const [kinds, things] = await Promise.all([optionsOf(tx, 'outreach-contact'), optionsOf(tx, 'handed-out')])
  const text = (name: string, label: string) => Input({ name, label, value: typed.typed(name), errorMessage: errorFor(errors, name) })
  const body = (
    <div class="ly-narrow">
      <PageTitle title="Record outreach" />
      <p class="govuk-body">
        Brief contacts are counted and nobody is named. A longer contact with somebody on record is{' '}
        <a class="govuk-link" href={paths.notes.record()}>
          recorded on theirs
        </a>
        .
      </p>
      <Form {...visit.form} action={paths.outreach.add} classes="ly-form">
        {errorSummaryFor(errors)}
        {text('place', 'Where')}
        {text('went-with', 'Who was with you (optional)')}
        <CountsInput name="contact" legend="Contacts" options={kinds} typed={typed} errors={errors} />
        <CountsInput name="handed-out" legend="What you handed out" options={things} typed={typed} errors={errors} />
        {Textarea({
          name: 'about',
          label: 'What happened (optional)',
          rows: 4,
          value: typed.typed('about'),
          errorMessage: errorFor(errors, 'about'),
        })}
        <WhenAndForWhom typed={typed} errors={errors} teams={await ownTeams(tx, actor)} />
        <div class="govuk-button-group">
          {Button({ text: 'Save outreach', preventDoubleClick: true })}
          <a class="govuk-link" href={paths.outreach.list}>
            Cancel
          </a>
        </div>
      </Form>
    </div>
  )
  return page('Record outreach', body, { hasErrors: errors.length > 0, section: 'calendar' })
}
