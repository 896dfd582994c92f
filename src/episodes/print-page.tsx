import type { VNode } from 'preact'
import { audit } from '../audit/index.ts'
import { type Action, type Case, findCase, type Need, openPart, planOf, reviewsOf } from '../cases/index.ts'
import { ConsentBar } from '../consents/index.ts'
import { paths } from '../paths.ts'
import { linesThatTellWhere, secretAddressesOf } from '../people/index.ts'
import { londonDate, today as londonToday } from '../platform/clock.ts'
import { upperFirst } from '../platform/first-letter.ts'
import { formatDate, type PlainDate } from '../platform/plain-date.ts'
import { type Answer, notFound, page } from '../platform/web/answer.ts'
import type { Visit } from '../platform/web/routes.ts'
import { AlertBar, DataTable, errorSummaryFor, PrintButton } from '../ui/index.ts'
import type { Member } from './episode.ts'
import { coordinatorOf } from './episodes.queries.ts'
import { membersOf } from './members.ts'
import { choiceFrom, isReaderOfPaper, membersOnPaper, planOnPaper, readersOfPaper } from './paper.ts'
import { PaperChoice } from './paper-choice.tsx'
import { readsTeam } from './team-pages.tsx'

/**
 * For the kitchen table: who is who and what was agreed, as far as somebody chose it for whoever it is for. No address, nothing of the assessment, no
 * note; where what was chosen says an address at which the person must not be found, it is not printed at all until that is out of it.
 */
export async function printForFamily(visit: Visit): Promise<Answer> {
  const { tx, actor, clock, query } = visit
  const theCase = await findCase(tx, actor, visit.params['caseId'] ?? '')
  if (!theCase?.isEpisode || !(await readsTeam(visit, theCase))) return notFound()
  const { id: caseId, personId } = theCase
  const plan = (await openPart(tx, actor, caseId, 'plan')) ? await planOf(tx, caseId) : undefined
  const members = theCase.closedOn ? [] : (await membersOf(tx, caseId)).filter(one => one.toOn === null)
  const reader = query.get('for') ?? ''
  const choice = choiceFrom(query)
  if (query.has('again') || !query.has('chosen') || !isReaderOfPaper(reader)) {
    const errors = query.has('chosen') && !isReaderOfPaper(reader) ? [{ field: 'for', message: 'Select whom it is for' }] : []
    const title = `A paper for the family – ${theCase.personName}`
    const body = (
      <>
        {errorSummaryFor(errors)}
        <h1 class="govuk-heading-l">{title}</h1>
        {await ConsentBar(visit, theCase)}
        <PaperChoice theCase={theCase} members={members} plan={plan} reader={reader} choice={choice} errors={errors} />
      </>
    )
    return page(title, body, { section: 'episodes', hasErrors: errors.length > 0 })
  }
  const chosen = membersOnPaper(members, choice)
  const needs = plan ? planOnPaper(plan, choice) : []
  const detail = { for: reader, members: chosen.map(one => one.id), lines: [...choice.lines] }
  const next = (await reviewsOf(tx, caseId)).find(one => one.heldOn === null)
  const said = JSON.stringify([needs, chosen.map(one => [one.organisation, one.role])])
  const telling = await tellsWhere(visit, personId, said, londonToday(clock))
  if (!telling)
    await audit(tx, actor, clock.now(), { action: 'episode-printed', subject: { type: 'case', id: caseId }, personId, caseId, detail })
  const title = `Who is who and what is planned – ${theCase.personName}`
  return page(
    title,
    <>
      <h1 class="govuk-heading-l">{title}</h1>
      <p class="govuk-body">For {readersOfPaper[reader]}.</p>
      <p class="govuk-body ly-no-print">
        <PrintButton />{' '}
        <a class="govuk-link" href={`${paths.episodes.print(caseId)}?${query}&again=yes`}>
          Choose again
        </a>{' '}
        <a class="govuk-link" href={paths.cases.show(caseId)}>
          Back to the episode
        </a>
      </p>
      {telling ? (
        <AlertBar kind="danger" title="This says an address that must not be told, so it is not printed.">
          Take the address out of the plan, or leave that line out.
        </AlertBar>
      ) : (
        <>
          <WhoIsWho members={chosen} coordinator={await coordinatorOf(tx, theCase.workerId)} theCase={theCase} />
          {next ? <p class="govuk-body">We meet next on {formatDate(next.dueOn)}.</p> : null}
          <PlanOnPaper needs={needs} lines={choice.lines} />
        </>
      )}
    </>,
    { section: 'episodes', classification: 'OFFICIAL-SENSITIVE' },
  )
}

/** Whether what would be printed says where the person must not be found. */
async function tellsWhere({ tx }: Visit, personId: string, text: string, today: PlainDate): Promise<boolean> {
  const addresses = [...(await secretAddressesOf(tx, [personId], today)).values()].flat()
  return linesThatTellWhere(text, { addresses }, today).length > 0
}

type WhoProps = { members: readonly Member[]; coordinator: Awaited<ReturnType<typeof coordinatorOf>>; theCase: Case }

function WhoIsWho({ members, coordinator, theCase }: WhoProps): VNode {
  const desk = { name: theCase.teamName, role: 'Keeps this episode', organisation: theCase.agencyName, telephone: theCase.teamTelephone }
  const lead = coordinator && {
    name: coordinator.name,
    role: 'Co-ordinator: ring them first',
    organisation: coordinator.agencyName,
    telephone: coordinator.telephone,
  }
  return (
    <DataTable
      caption="Who is who"
      rows={[...(lead ? [lead] : []), ...members, desk]}
      columns={[
        { heading: 'Who', rowHeader: true, cell: one => one.name, second: one => one.organisation },
        { heading: 'What they do', cell: one => upperFirst(one.role) },
        { heading: 'Telephone', cell: one => one.telephone || 'Ask whoever co-ordinates it' },
      ]}
    />
  )
}

/** Only the lines that were chosen; days as days, since a paper is read for weeks. */
function PlanOnPaper({ needs, lines }: { needs: readonly Need[]; lines: ReadonlySet<string> }): VNode | null {
  if (needs.length === 0) return null
  return (
    <>
      <h2 class="govuk-heading-m">What is planned</h2>
      {needs.map(need => (
        <section key={need.id}>
          {lines.has(need.id) ? <h3 class="govuk-heading-s">{need.title}</h3> : null}
          {need.goals.map(goal => (
            <div key={goal.id}>
              {lines.has(goal.id) ? <p class="govuk-body">{goal.title}</p> : null}
              {goal.actions.length > 0 ? (
                <ul class="govuk-list govuk-list--bullet">
                  {goal.actions.map(action => (
                    <li key={action.id}>{inWords(action)}</li>
                  ))}
                </ul>
              ) : null}
            </div>
          ))}
        </section>
      ))}
    </>
  )
}

function inWords({ what, whoName, dueOn, status, closedAt }: Action): string {
  const when =
    status === 'done'
      ? `done${closedAt ? ` on ${formatDate(londonDate(new Date(closedAt)))}` : ''}`
      : dueOn
        ? `by ${formatDate(dueOn)}`
        : ''
  return [what, whoName, when].filter(Boolean).join(', ')
}
