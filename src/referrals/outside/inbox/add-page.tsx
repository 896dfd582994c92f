import { type Case, findCase, lockCase } from '../../../cases/index.ts'
import { paths } from '../../../paths.ts'
import { findRecord } from '../../../people/index.ts'
import { type Answer, notFound, redirect } from '../../../platform/web/answer.ts'
import type { Visit } from '../../../platform/web/routes.ts'
import { Button, Facts, type FieldError, Form } from '../../../ui/index.ts'
import type { OutsideReferral } from '../inbox.queries.ts'
import { nameOf } from './list-pages.tsx'
import { contactSent, KeepContact, keepContact, keptInWords, onRecord, readKeepContact, sentContactInWords } from './sent-contact.tsx'
import { outsideOnePage } from './show-page.tsx'
import { addToOpenCase, type Stores } from './take-up.ts'

/** What was sent goes on a case that whoever it is about has open with this team already, in place of another beside it. */
export async function addPage(visit: Visit, referral: OutsideReferral, errors: readonly FieldError[] = []): Promise<Answer> {
  const theCase = await findCase(visit.tx, visit.actor, visit.params['caseId'] ?? '')
  if (!theCase || !takes(theCase, referral)) return notFound()
  const record = await findRecord(visit.tx, theCase.personId)
  const there = record && onRecord(record, contactSent(referral.answers))
  return outsideOnePage(
    `Put it on an open case – ${nameOf(referral)}`,
    <div class="ly-narrow">
      <h1 class="govuk-heading-l">Put it on an open case</h1>
      <p class="govuk-body">
        What was sent stands on the case as a completed form, with its files as documents. Whoever works with it is told. Nothing of it
        stays here.
      </p>
      <Facts
        items={[
          { label: 'Sent about', value: nameOf(referral), second: referral.number },
          { label: 'Goes on', value: theCase.personName, second: `${theCase.reference}, ${theCase.teamName}` },
          { label: 'Works with it', value: theCase.workerName ?? 'Nobody yet' },
          there !== undefined && { label: 'Their number on record', value: sentContactInWords(there) },
        ]}
      />
      <Form {...visit.form} action={paths.referrals.addOutside(referral.id, theCase.id)}>
        <KeepContact referral={referral} value={visit.fields.text('keep-contact')} errors={errors} />
        <div class="govuk-button-group">
          <Button text="Put it on the case" />
          <a class="govuk-link" href={paths.referrals.outsideOne(referral.id)}>
            Cancel
          </a>
        </div>
      </Form>
    </div>,
    errors,
  )
}

export async function postAdd(visit: Visit, referral: OutsideReferral, stores: Stores): Promise<Answer> {
  const theCase = await lockCase(visit.tx, visit.actor, visit.params['caseId'] ?? '')
  if (!theCase || !takes(theCase, referral)) return notFound()
  const errors: FieldError[] = []
  const keeps = readKeepContact(visit, referral, errors)
  if (errors.length > 0) return addPage(visit, referral, errors)
  await addToOpenCase(visit, referral, theCase, stores)
  const kept = keeps ? await keepContact(visit, referral, theCase.personId) : null
  return redirect(paths.cases.show(theCase.id), { notice: `${referral.number} is on ${theCase.reference} now.${keptInWords(kept)}` })
}

/** Only the team’s own, and while it is worked with: whoever triages decides for no other. */
const takes = (theCase: Case, { teamId, serviceArea }: OutsideReferral): boolean =>
  theCase.whole && theCase.mayEdit && theCase.state.closedOn === null && theCase.teamId === teamId && theCase.serviceArea === serviceArea
