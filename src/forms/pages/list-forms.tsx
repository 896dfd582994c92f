import { audit } from '../../audit/index.ts'
import { paths } from '../../paths.ts'
import { notFound, type Answer as WebAnswer } from '../../platform/web/answer.ts'
import type { Visit } from '../../platform/web/routes.ts'
import { Button, EmptyState, PageTitle } from '../../ui/index.ts'
import { type AnswerSetListed, answerSetsOf } from '../answer-sets/answer-sets.queries.ts'
import type { FormsHost } from './host.ts'
import { longMoment, momentWords, StateTag } from './saved-words.tsx'

/** The forms of a case, newest first. */
export async function listForms(visit: Visit, host: FormsHost): Promise<WebAnswer> {
  const theCase = await host.openCase(visit, visit.params.caseId ?? '')
  if (theCase === undefined) return notFound()
  const sets = await answerSetsOf(visit.tx, theCase.id)
  const now = visit.clock.now()
  await audit(visit.tx, visit.actor, now, {
    action: 'forms-listed',
    subject: { type: 'case', id: theCase.id },
    personId: theCase.personId,
    caseId: theCase.id,
  })
  const begin = theCase.mayEdit ? Button({ text: 'Begin a form', href: paths.forms.begin(theCase.id) }) : null
  const body = (
    <>
      {PageTitle({ title: `Assessments and forms (${sets.length})`, actions: begin })}
      {sets.length === 0 ? (
        <EmptyState title={theCase.isSeenWhole ? 'No form has been begun yet.' : 'No form of this case is shared with you.'} />
      ) : (
        <ul class="ly-list">
          {sets.map(set => (
            <li key={set.id}>
              <a class="govuk-link" href={paths.forms.show(theCase.id, set.id)}>
                {set.title}
              </a>{' '}
              <StateTag state={set.state} />
              <span class="ly-second">{lastWords(set, now)}</span>
            </li>
          ))}
        </ul>
      )}
    </>
  )
  return theCase.page(`Assessments and forms`, body)
}

function lastWords(set: AnswerSetListed, now: Date): string {
  const started = `Started by ${set.startedBy}, ${longMoment(set.startedAt)}`
  if (set.state === 'signed-off' && set.signedOffAt) return `${started} · signed off ${longMoment(set.signedOffAt)}`
  if (set.state === 'completed' && set.completedAt) return `${started} · completed ${longMoment(set.completedAt)}`
  return set.savedAt === null ? started : `${started} · saved ${momentWords(set.savedAt, now)}`
}
