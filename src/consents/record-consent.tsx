import { type PartOfCase, partPage, withPart } from '../cases/index.ts'
import { optionsOf } from '../lists/index.ts'
import { paths } from '../paths.ts'
import { findPerson } from '../people/index.ts'
import { today } from '../platform/clock.ts'
import { type Answer, redirect } from '../platform/web/answer.ts'
import type { Visit } from '../platform/web/routes.ts'
import { Button, errorSummaryFor, type FieldError, Form } from '../ui/index.ts'
import { ConsentFields } from './consent-form.tsx'
import { papersOf } from './consents.queries.ts'
import type { ConsentsParts } from './consents-parts.ts'
import { recordConsent } from './keep-consent.ts'
import { type KnownForConsent, readConsent } from './read-consent.ts'

/** The empty form. */
export function newConsent(visit: Visit, parts: ConsentsParts): Promise<Answer> {
  return withPart(visit, 'consent', 'edit', async part => form(visit, parts, part, await look(visit, parts, part), []))
}

/** Writes it down as another consent: what was answered before stays as it was. */
export function postConsent(visit: Visit, parts: ConsentsParts): Promise<Answer> {
  return withPart(visit, 'consent', 'edit', async part => {
    const known = await look(visit, parts, part)
    const words = readConsent(visit.fields, known, today(visit.clock))
    if ('errors' in words) return form(visit, parts, part, known, words.errors)
    await recordConsent(visit.tx, visit.actor, visit.clock.now(), part, words)
    return redirect(paths.consents.ofCase(part.caseId), { notice: 'Written down' })
  })
}

async function look(visit: Visit, parts: ConsentsParts, { caseId, personId }: PartOfCase): Promise<KnownForConsent> {
  const { tx } = visit
  const [how, capacity, authority, papers, person] = await Promise.all([
    optionsOf(tx, 'consent-how'),
    optionsOf(tx, 'consent-capacity'),
    optionsOf(tx, 'consent-authority'),
    papersOf(tx, caseId),
    findPerson(tx, personId),
  ])
  return { how, capacity, authority, papers, born: person?.dateOfBirth ?? null, mayConsent: await parts.mayConsentFor(visit, personId) }
}

function form(
  visit: Visit,
  parts: ConsentsParts,
  part: PartOfCase,
  known: KnownForConsent,
  errors: readonly FieldError[],
): Promise<Answer> {
  const body = (
    <>
      {errorSummaryFor(errors)}
      <Form {...visit.form} action={paths.consents.record(part.caseId)}>
        <ConsentFields known={known} typed={visit.fields} errors={errors} today={today(visit.clock)} me={visit.actor.name} />
        <div class="govuk-button-group">
          <Button text="Write it down" />
          <a class="govuk-link" href={paths.consents.ofCase(part.caseId)}>
            Cancel
          </a>
        </div>
      </Form>
    </>
  )
  return partPage(visit, parts, part, 'Ask for consent', body, { current: 'consent', hasErrors: errors.length > 0, narrow: true })
}
