import type { VNode } from 'preact'
import type { Plan } from '../../cases/index.ts'
import type { AnswerSet } from '../../forms/index.ts'
import { paths } from '../../paths.ts'
import { may } from '../../platform/actor.ts'
import { formatInstant } from '../../platform/clock.ts'
import type { Visit } from '../../platform/web/routes.ts'
import { Button } from '../../ui/index.ts'
import { SignatureList } from './signature-list.tsx'
import { signaturesOf } from './signatures.queries.ts'
import { contentOfForm, contentOfPlan } from './subjects.ts'

/** Under a plan: who signed it, which version, and the way to sign it and to print it. */
export async function PlanSignatures(visit: Visit, plan: Plan, mayChange: boolean): Promise<VNode | null> {
  if (plan.version === 0) return null
  const signatures = await signaturesOf(visit.tx, plan.caseId, 'plan', plan.caseId)
  const { contentHash } = contentOfPlan(plan)
  return (
    <section aria-labelledby="signatures" class="ly-no-print">
      <h2 class="govuk-heading-m" id="signatures">
        Signatures
      </h2>
      {signatures.length === 0 ? <p class="govuk-body">Nobody has signed it here.</p> : null}
      <SignatureList
        signatures={signatures}
        isCurrent={signature => signature.contentHash === contentHash}
        versionInWords={({ version }) => `version ${version}`}
      />
      <div class="govuk-button-group">
        {mayChange && may(visit.actor, 'sign') && plan.needs.length > 0
          ? Button({ text: 'Sign in person', href: paths.letters.signPlan(plan.caseId), classes: 'govuk-button--secondary' })
          : null}
        <a class="govuk-link" href={paths.letters.planAsPdf(plan.caseId)}>
          The plan as a PDF
        </a>
      </div>
    </section>
  )
}

/** Beside a form: who signed it as it was completed, and the way to sign it. */
export async function FormSignatures(visit: Visit, set: AnswerSet): Promise<VNode | null> {
  const signatures = await signaturesOf(visit.tx, set.caseId, 'form', set.id)
  const content = contentOfForm(set)
  const mayTake = content !== undefined && set.mayEdit && may(visit.actor, 'sign')
  if (signatures.length === 0 && !mayTake) return null
  return (
    <>
      <SignatureList
        signatures={signatures}
        isCurrent={({ version }) => set.state !== 'reopened' && version === set.completedAt?.toISOString()}
        versionInWords={({ version }) => `as completed ${formatInstant(new Date(version))}`}
      />
      {mayTake
        ? Button({ text: 'Sign in person', href: paths.letters.signForm(set.caseId, set.id), classes: 'govuk-button--secondary' })
        : null}
    </>
  )
}
