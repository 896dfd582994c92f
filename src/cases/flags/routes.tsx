import type { VNode } from 'preact'
import { type Option, optionsOf } from '../../lists/index.ts'
import { paths } from '../../paths.ts'
import { today as londonToday } from '../../platform/clock.ts'
import { formatDate, type PlainDate } from '../../platform/plain-date.ts'
import { type Answer, notFound, redirect } from '../../platform/web/answer.ts'
import { type Fields, noFields } from '../../platform/web/fields.ts'
import type { Routes, Visit } from '../../platform/web/routes.ts'
import { Button, errorSummaryFor, type FieldError, Form, InsetText } from '../../ui/index.ts'
import { type ActionFieldsProps, actionRoutes } from '../action-page.tsx'
import { type CasesParts, caseName, casePage } from '../case-frame.tsx'
import { type Case, findCase, lockCase } from '../load-case.ts'
import { FlagDetailFields, FlagOutcomeFields, NewFlagFields, readFlagOutcome, readNewFlag } from './flag-fields.tsx'
import { type Flag, flagsOfCase, type NewFlag, raiseFlag, settleFlag } from './flags.ts'

type Known = { kinds: readonly Option[] }

/** Raising a flag on a case; reviewing and resolving one. */
export function flagRoutes(routes: Routes, parts: CasesParts): void {
  actionRoutes<Known, NewFlag, 'not-now'>(routes, parts, {
    name: 'flags/new',
    may: 'record',
    moves: ['flag-raised'],
    title: 'Raise a flag on this case',
    button: 'Raise the flag',
    look: async ({ tx }, theCase) => ({ kinds: await optionsOf(tx, 'flag-kind', theCase.serviceArea) }),
    Fields: FlagFields,
    read: (fields, { kinds }, { today }) => readNewFlag(fields, 'kind', kinds, today),
    inWords: wish => [{ label: wish.label, value: wish.note || 'No note' }],
    act: ({ tx, actor, clock }, theCase, wish) => raiseFlag(tx, actor, clock.now(), theCase, wish),
    refusals: { 'not-now': { field: 'kind', message: 'A case that has ended takes no new flags' } },
    done: wish => `Flag raised: ${wish.label}`,
  })

  routes.get('/cases/:caseId/flags/:flagId', { may: 'record' }, async visit => {
    const theCase = await findCase(visit.tx, visit.actor, visit.params['caseId'] ?? '')
    const flag = theCase?.mayEdit ? await openFlag(visit, theCase.id) : undefined
    return theCase && flag ? show(visit, theCase, flag, noFields, []) : notFound()
  })

  routes.post('/cases/:caseId/flags/:flagId', { may: 'record' }, async visit => {
    const { tx, actor, clock, fields } = visit
    const theCase = await lockCase(tx, actor, visit.params['caseId'] ?? '')
    const flag = theCase && (await openFlag(visit, theCase.id))
    if (!flag) return notFound()
    const outcome = readFlagOutcome(fields, londonToday(clock))
    if ('errors' in outcome) return show(visit, theCase, flag, fields, outcome.errors)
    const done = await settleFlag(tx, actor, clock.now(), theCase, flag, outcome)
    const notice = !done.ok
      ? 'Somebody had resolved it already'
      : outcome.outcome === 'resolve'
        ? `Resolved: ${flag.label}`
        : `Still stands: ${flag.label}`
    return redirect(paths.cases.show(theCase.id), { notice })
  })

  async function show(visit: Visit, theCase: Case, flag: Flag, typed: Fields, errors: readonly FieldError[]): Promise<Answer> {
    const body = (
      <div class="ly-narrow">
        {errorSummaryFor(errors)}
        <h1 class="govuk-heading-l">{flag.label}</h1>
        <FlagAsItIs flag={flag} />
        <Form {...visit.form} action={paths.cases.flag(theCase.id, flag.id)}>
          <FlagOutcomeFields typed={typed} errors={errors} />
          <Button text="Save" />
        </Form>
      </div>
    )
    return casePage(
      visit,
      parts,
      theCase,
      { title: `${flag.label} – ${caseName(theCase)}`, current: '', hasErrors: errors.length > 0 },
      body,
    )
  }
}

async function openFlag({ tx, params }: Visit, caseId: string): Promise<Flag | undefined> {
  return (await flagsOfCase(tx, caseId)).find(flag => flag.id === params['flagId'] && flag.resolvedAt === null)
}

export function FlagAsItIs({ flag }: { flag: Flag }): VNode {
  const review = flag.reviewOn ? `To be looked at again on ${formatDate(flag.reviewOn)}.` : 'Stands until it is resolved.'
  return (
    <>
      {flag.note ? <InsetText text={flag.note} /> : null}
      <p class="govuk-body">
        Raised on {formatDate(flag.raisedOn)} by {flag.author}.{' '}
        {flag.reviewedOn ? `Last looked at on ${formatDate(flag.reviewedOn)}. ` : ''}
        {review}
      </p>
    </>
  )
}

function FlagFields({ theCase, known, typed, errors }: ActionFieldsProps<Known> & { today: PlainDate }): VNode {
  return (
    <>
      <NewFlagFields name="kind" kinds={known.kinds} legend="What kind of flag?" typed={typed} errors={errors} />
      <p class="govuk-body">
        Whoever reads this case sees it. A danger that everybody who works with the person must know of is an{' '}
        <a class="govuk-link" href={paths.cases.addAlert(theCase.personId)}>
          alert on the person
        </a>
        .
      </p>
      <FlagDetailFields typed={typed} errors={errors} />
    </>
  )
}
