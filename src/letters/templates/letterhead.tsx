import { audit } from '../../audit/index.ts'
import { readerOf } from '../../cases/index.ts'
import { paths } from '../../paths.ts'
import type { Tx } from '../../platform/db/database.ts'
import { type Answer, notFound, page, redirect } from '../../platform/web/answer.ts'
import { type Fields, noFields } from '../../platform/web/fields.ts'
import type { Visit } from '../../platform/web/routes.ts'
import { BackLink, Button, errorFor, errorSummaryFor, type FieldError, Form, Input, Textarea } from '../../ui/index.ts'

type Letterhead = { address: string; telephone: string; email: string; website: string }
const parts = [
  { name: 'telephone', label: 'Telephone (optional)', hint: 'Where it is empty, the agency’s own number stands on its letters.' },
  { name: 'email', label: 'Email (optional)', hint: '' },
  { name: 'website', label: 'Website (optional)', hint: '' },
] as const

/** What stands under the name of the administrator's own agency, at the head of its letters. */
export async function letterheadPage(
  visit: Visit,
  { typed = noFields, errors = [] }: { typed?: Fields; errors?: readonly FieldError[] } = {},
): Promise<Answer> {
  const { tx, actor } = visit
  if (!mayChange(visit)) return notFound()
  const kept = await letterheadOf(tx, actor.agency)
  const value = (name: keyof Letterhead) => (typed.has('address') ? typed.typed(name) : (kept?.[name] ?? ''))
  return page(
    'Letterhead – Letters',
    <>
      <BackLink href={paths.letters.templates}>Letters</BackLink>
      {errorSummaryFor(errors)}
      <h1 class="govuk-heading-l">Letterhead of {actor.agencyName}</h1>
      <div class="ly-narrow">
        <Form {...visit.form} action={paths.letters.letterhead}>
          {Textarea({
            name: 'address',
            label: 'Address',
            hint: 'A line each',
            rows: 4,
            value: value('address'),
            errorMessage: errorFor(errors, 'address'),
          })}
          {parts.map(({ name, label, hint }) => Input({ name, label, hint, value: value(name), errorMessage: errorFor(errors, name) }))}
          {Button({ text: 'Save' })}
        </Form>
      </div>
    </>,
    { section: 'administration', hasErrors: errors.length > 0 },
  )
}

export async function postLetterhead(visit: Visit): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  if (!mayChange(visit)) return notFound()
  const reader = readerOf(fields)
  const address = reader.text('address', 'The address', 400)
  const [telephone, email, website] = parts.map(({ name, label }) => reader.text(name, label.replace(' (optional)', ''), 120)) as [
    string,
    string,
    string,
  ]
  if (reader.errors.length > 0) return letterheadPage(visit, { typed: fields, errors: reader.errors })
  const words = { address, telephone, email, website, changed_by: actor.userId ?? '', changed_at: clock.now() }
  await tx
    .insertInto('letterheads')
    .values({ agency: actor.agency, ...words })
    .onConflict(conflict => conflict.column('agency').doUpdateSet(words))
    .execute()
  await audit(tx, actor, clock.now(), { action: 'letterhead-changed', subject: { type: 'agency', id: String(actor.agency) } })
  return redirect(paths.letters.templates, { notice: 'The letterhead has been saved.' })
}

const mayChange = ({ actor }: Visit): boolean => actor.administers.includes(0) || actor.administers.includes(actor.agency)

async function letterheadOf(tx: Tx, agency: number): Promise<Letterhead | undefined> {
  return tx.selectFrom('letterheads').select(['address', 'telephone', 'email', 'website']).where('agency', '=', agency).executeTakeFirst()
}
