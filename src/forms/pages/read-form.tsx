import type { VNode } from 'preact'
import { audit } from '../../audit/index.ts'
import { paths } from '../../paths.ts'
import { notFound, type Answer as WebAnswer, page as webPage } from '../../platform/web/answer.ts'
import type { Visit } from '../../platform/web/routes.ts'
import { Button, Columns, PageTitle, Form as PostForm, SidePanel } from '../../ui/index.ts'
import { isSeenWhole, mayDiscard, mayReopen, maySignOff, stampOf } from '../answer-sets/move.ts'
import { after, isOpen } from '../answer-sets/states.ts'
import { asidesOf, eventsOf, type SetEvent } from '../answer-sets/versions.ts'
import { FormFacts } from '../render/facts.tsx'
import type { FormsHost } from './host.ts'
import { type OpenForm, openForm } from './open-form.ts'
import { longMoment, StateTag, savedWords } from './saved-words.tsx'

/** A whole form to read, with what can be done with it. */
export async function showForm(visit: Visit, host: FormsHost): Promise<WebAnswer> {
  const opened = await openForm(visit, host)
  if (opened === undefined) return notFound()
  const { set, theCase } = opened
  await auditRead(visit, opened, 'form-opened')
  const events = await eventsOf(visit.tx, set.id)
  const asides = (await asidesOf(visit.tx, set.id)).length
  const signatures = await host.besideForm?.(visit, set)
  const consent = await host.consentTo?.(visit, theCase)
  const body = (
    <>
      {PageTitle({ title: set.form.definition.title, context: contextOf(visit, opened), actions: actionsOf(visit, opened) })}
      {(await host.signOffLine?.(visit, theCase, set)) ?? null}
      {Columns({
        children: FormFacts({ ...opened, form: set.form }),
        aside: (
          <>
            {consent ? ConsentPanel(consent) : null}
            <SidePanel id="form-history" title="What happened">
              <ul class="ly-list">{events.map(eventLine)}</ul>
            </SidePanel>
            {signatures ? (
              <SidePanel id="form-signatures" title="Signatures">
                {signatures}
              </SidePanel>
            ) : null}
            <SidePanel id="form-versions" title="Versions">
              <p class="govuk-body">
                <a class="govuk-link" href={paths.forms.versions(theCase.id, set.id)}>
                  Every version, side by side
                </a>
                {asides > 0 ? ` (${asides === 1 ? 'one person’s words' : `${asides} sets of words`} set aside)` : ''}
              </p>
              <p class="govuk-body">
                <a class="govuk-link" href={paths.forms.print(theCase.id, set.id)}>
                  Print this form
                </a>
              </p>
            </SidePanel>
          </>
        ),
      })}
    </>
  )
  return theCase.page(`${set.form.definition.title}`, body, {
    quickExit: set.form.definition.besideThePerson === true,
  })
}

/** As it stands today, whenever the form was filled in. */
export const ConsentPanel = (consent: VNode): VNode => (
  <SidePanel id="form-consent" title="Consent today">
    {consent}
  </SidePanel>
)

/** The form as a document: who, when, and the answers. */
export async function printForm(visit: Visit, host: FormsHost): Promise<WebAnswer> {
  const opened = await openForm(visit, host)
  if (opened === undefined) return notFound()
  const { set, theCase } = opened
  await auditRead(visit, opened, 'form-printed')
  const consent = await host.consentTo?.(visit, theCase)
  const signed = set.signedOffAt === null ? '' : ` Signed off by ${set.signedOffBy} on ${longMoment(set.signedOffAt)}.`
  const done =
    set.completedAt === null
      ? `${set.state === 'discarded' ? 'Discarded' : 'Not completed'}. ${savedWords(set, visit.clock.now(), '')}.`
      : `Completed by ${set.completedBy} on ${longMoment(set.completedAt)}.${signed}`
  const body = (
    <>
      {PageTitle({ title: set.form.definition.title, context: theCase.name })}
      <p class="govuk-body">
        Started by {set.startedBy} on {longMoment(set.startedAt)}.{' '}
        {isOpen(set.state) && set.completedAt !== null ? `Reopened since: this is a draft. ${done}` : done}
      </p>
      {consent ? ConsentPanel(consent) : null}
      {FormFacts({ ...opened, form: set.form })}
      <p class="govuk-body govuk-!-display-none-print">
        <a class="govuk-link" href={paths.forms.show(theCase.id, set.id)}>
          Back to the form
        </a>
      </p>
    </>
  )
  return webPage(`${set.form.definition.title} – ${theCase.name}`, body, {
    section: theCase.section,
    classification: 'Official – sensitive',
  })
}

/** 'Completed by Jory Hosken, 19 November 2026 at 9:12am', with the reason where there is one. */
export function eventLine({ kind, author, at, reason }: SetEvent): VNode {
  return (
    <li key={at.getTime()}>
      {eventWords[kind]} by {author}
      <span class="ly-second">{longMoment(at)}</span>
      {reason ? <span class="ly-second">{reason}</span> : null}
    </li>
  )
}

const eventWords: Record<SetEvent['kind'], string> = {
  started: 'Started',
  completed: 'Completed',
  'signed-off': 'Signed off',
  reopened: 'Reopened',
  discarded: 'Discarded',
}

function contextOf(visit: Visit, { set }: OpenForm): VNode {
  return (
    <>
      <StateTag state={set.state} /> {savedWords(set, visit.clock.now(), visit.actor.name)}
    </>
  )
}

function actionsOf(visit: Visit, { set, theCase, pages }: OpenForm): VNode | null {
  if (!set.mayEdit) return null
  const first = pages[0]
  if (isOpen(set.state)) {
    return (
      <>
        {first ? Button({ text: 'Continue', href: paths.forms.page(theCase.id, set.id, first.code) }) : null}
        {Button({ text: 'Check and complete', classes: 'govuk-button--secondary', href: paths.forms.check(theCase.id, set.id) })}
        {mayDiscard(visit.actor, set)
          ? Button({ text: 'Discard', classes: 'govuk-button--secondary', href: paths.forms.discard(theCase.id, set.id) })
          : null}
      </>
    )
  }
  return (
    <>
      {set.state === 'completed' && isSeenWhole(set) && maySignOff(visit.actor, set) ? (
        <PostForm action={paths.forms.signOff(theCase.id, set.id)} {...visit.form}>
          <input type="hidden" name="_seen" value={stampOf(set)} />
          {Button({ text: 'Sign off' })}
        </PostForm>
      ) : null}
      {after(set.state, 'reopen') && mayReopen(visit.actor, set)
        ? Button({ text: 'Reopen', classes: 'govuk-button--secondary', href: paths.forms.reopen(theCase.id, set.id) })
        : null}
    </>
  )
}

/** Whoever is shown a form has read those of its sections that they may see. */
export async function auditRead(visit: Visit, { set, theCase }: OpenForm, action: string): Promise<void> {
  await audit(visit.tx, visit.actor, visit.clock.now(), {
    action,
    subject: { type: 'answer-set', id: set.id },
    personId: set.personId,
    caseId: theCase.id,
    detail: { sections: [...set.sections.keys()] },
  })
}
