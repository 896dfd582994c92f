import type { VNode } from 'preact'
import { audit } from '../audit/index.ts'
import { paths } from '../paths.ts'
import { may } from '../platform/actor.ts'
import type { Capability } from '../platform/capabilities.ts'
import { today as londonToday } from '../platform/clock.ts'
import { orNothing } from '../platform/db/or-nothing.ts'
import type { PlainDate } from '../platform/plain-date.ts'
import type { Result } from '../platform/result.ts'
import { type Answer, notFound, redirect } from '../platform/web/answer.ts'
import { type Fields, fieldsFrom } from '../platform/web/fields.ts'
import type { Routes, Visit } from '../platform/web/routes.ts'
import { Button, errorSummaryFor, type FieldError, Form } from '../ui/index.ts'
import { type CasesParts, caseName, casePage } from './case-frame.tsx'
import { Changed, changesSince, type Reading, type Since } from './changed-since.tsx'
import { leadsEpisode } from './leads-episode.ts'
import { type Case, findCase, lockCase } from './load-case.ts'
import { type CaseEventKind, decidedByItsOwners, mayHappen } from './status.ts'

/** What a page that changes a case is made of. `Known` is what it has to look up, `Wish` what somebody asks for. */
export type CaseAction<Known, Wish, No extends string> = {
  /** The last part of its address, under the case's own. */
  name: string
  may: Capability
  /** It is offered while any of these may happen, and where they are its owners' to decide, to those whose case it is. */
  moves: readonly CaseEventKind[]
  /** A further condition, such as an offer that waits for this very person. */
  isOffered?: (visit: Visit, theCase: Case) => Promise<boolean>
  title: string | ((theCase: Case) => string)
  button: string | ((known: Known, theCase: Case) => string)
  /** Not done to an episode at all: who works with one and when it ends follow rules of its own. */
  notOfEpisodes?: true
  /** Red, for what cannot easily be taken back. */
  grave?: boolean
  look: (visit: Visit, theCase: Case) => Promise<Known>
  /** The fields between heading and button. */
  Fields: (props: ActionFieldsProps<Known>) => VNode
  read: (fields: Fields, known: Known, context: { theCase: Case; today: PlainDate }) => Wish | { errors: FieldError[] }
  /** What was typed, in words, to stand beside what somebody else did meanwhile. */
  inWords: (wish: Wish, known: Known) => Reading[]
  /** What it wrote before it answered no is taken back. */
  act: (visit: Visit, theCase: Case, wish: Wish, known: Known) => Promise<Result<unknown, No>>
  /** The words for each no, and the field that they belong to. */
  refusals: Record<No, FieldError>
  done: (wish: Wish, known: Known, theCase: Case) => string
  /** Where it leads. The case's page unless said. */
  leadsTo?: (theCase: Case, wish: Wish, visit: Visit) => string
}

export type ActionFieldsProps<Known> = { theCase: Case; known: Known; typed: Fields; errors: readonly FieldError[]; today: PlainDate }

/** The way every page that changes a case works: lock, check, refuse with everything typed kept, or do it, once, and show the case. */
export function actionRoutes<Known, Wish extends object, No extends string>(
  routes: Routes,
  parts: CasesParts,
  action: CaseAction<Known, Wish, No>,
): void {
  const path = `/cases/:caseId/${action.name}`
  const offered = async (visit: Visit, theCase: Case) =>
    may(visit.actor, action.may) &&
    action.moves.some(move => mayHappen(theCase.status, move)) &&
    (!action.isOffered || (await action.isOffered(visit, theCase)))

  const decides = action.moves.some(move => decidedByItsOwners.has(move))
  // What an episode is decided by its co-ordinator and its desk; whoever else may change all of it adds to it.
  const isFor = ({ actor }: Visit, theCase: Case) =>
    (!decides || theCase.mayDecide) && (!theCase.isEpisode || (!action.notOfEpisodes && leadsEpisode(actor, theCase)))

  routes.get(path, { may: action.may }, async visit => {
    const theCase = await findCase(visit.tx, visit.actor, visit.params['caseId'] ?? '')
    if (!theCase?.whole || !theCase.mayEdit || !isFor(visit, theCase)) return notFound()
    if (!(await offered(visit, theCase))) return notNow(theCase)
    await auditOpened(visit, theCase)
    return show(visit, theCase, await action.look(visit, theCase), { typed: fieldsFrom(visit.query), errors: [] })
  })

  routes.post(path, { may: action.may }, async visit => {
    const theCase = await lockCase(visit.tx, visit.actor, visit.params['caseId'] ?? '')
    if (!theCase?.whole || !isFor(visit, theCase)) return notFound()
    const known = await action.look(visit, theCase)
    const wish = action.read(visit.fields, known, { theCase, today: londonToday(visit.clock) })
    if ('errors' in wish) return show(visit, theCase, known, { typed: visit.fields, errors: wish.errors })
    const since = await changesSince(visit.tx, theCase, Number(visit.fields.text('version')))
    if (since.length > 0) return show(visit, theCase, known, { typed: visit.fields, errors: [], since, yours: action.inWords(wish, known) })
    if (!(await offered(visit, theCase))) return notNow(theCase)
    const outcome = await orNothing(visit.tx, () => action.act(visit, theCase, wish, known))
    if (!outcome.ok) {
      await auditOpened(visit, theCase)
      return show(visit, theCase, known, { typed: visit.fields, errors: [action.refusals[outcome.error]] })
    }
    return redirect(action.leadsTo?.(theCase, wish, visit) ?? paths.cases.show(theCase.id), { notice: action.done(wish, known, theCase) })
  })

  const titleOf = (theCase: Case): string => (typeof action.title === 'string' ? action.title : action.title(theCase))

  type Shown = { typed: Fields; errors: readonly FieldError[]; since?: readonly Since[]; yours?: readonly Reading[] }
  async function show(visit: Visit, theCase: Case, known: Known, { typed, errors, since, yours }: Shown): Promise<Answer> {
    const body = (
      <div class="ly-narrow">
        {since ? <Changed since={since} yours={yours ?? []} /> : errorSummaryFor(errors)}
        <h1 class="govuk-heading-l">{titleOf(theCase)}</h1>
        <Form {...visit.form} action={`${paths.cases.show(theCase.id)}/${action.name}`}>
          <input type="hidden" name="version" value={String(theCase.version)} />
          <action.Fields theCase={theCase} known={known} typed={typed} errors={errors} today={londonToday(visit.clock)} />
          <div class="govuk-button-group">
            <Button
              text={since ? 'Save mine as well' : typeof action.button === 'string' ? action.button : action.button(known, theCase)}
              classes={action.grave ? 'govuk-button--warning' : undefined}
            />
            <a class="govuk-link" href={paths.cases.show(theCase.id)}>
              Cancel
            </a>
          </div>
        </Form>
      </div>
    )
    const title = `${titleOf(theCase)} – ${caseName(theCase)}`
    return casePage(visit, parts, theCase, { title, current: '', hasErrors: errors.length > 0 || since !== undefined }, body)
  }

  // Said here for a refusal too: what `act` told the audit was taken back with the rest, and the page shows the case all the same.
  const auditOpened = ({ tx, actor, clock }: Visit, { id, personId }: Case) =>
    audit(tx, actor, clock.now(), { action: 'case-opened', subject: { type: 'case', id }, personId, caseId: id })

  function notNow(theCase: Case): Answer {
    return redirect(paths.cases.show(theCase.id), { notice: 'That cannot be done now: the case has moved on.' })
  }
}
