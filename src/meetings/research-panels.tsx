import type { VNode } from 'preact'
import { answersInWords, type FormDefinition, workOut } from '../forms/index.ts'
import type { Visit } from '../platform/web/routes.ts'
import { Details, Tag, Words } from '../ui/index.ts'
import { formToRead, type Saved, surroundings } from './answers.ts'
import type { OfMeeting } from './frame.tsx'
import { researchForm } from './kind.ts'
import { isAnswered, type Research, researchWords } from './research.ts'

type Props = { visit: Visit; of: OfMeeting; research: readonly Research[]; answers: ReadonlyMap<string, Saved>; id?: string }

/** What each agency knows, as it arrives: its own until it goes round, and then everybody's who reads the item. */
export function ResearchPanels({ visit, of: { kind }, research, answers, id = 'research' }: Props): VNode {
  return (
    <section aria-labelledby={id}>
      <h2 class="govuk-heading-m" id={id}>
        What each agency knows
      </h2>
      {research
        .filter(one => !isKept(one, answers.get(one.id)))
        .map(one => {
          const saved = answers.get(one.id)
          const summary = (
            <>
              {one.agencyName} <ResearchTag one={one} />
            </>
          )
          return one.state === 'nothing-held' || !saved || saved.revisions.size === 0 ? (
            <p class="govuk-body" key={one.id}>
              {summary} {one.isOwn || one.isCirculated || one.state !== 'submitted' ? null : 'Its own until the papers go round.'}
            </p>
          ) : (
            <Details key={one.id} summaryText={summary} open={one.isCirculated && !one.isOwn}>
              <Answered visit={visit} form={researchForm(kind, one.category)} saved={saved} />
              {one.isOwn && isAnswered(one) && saved.isUnsubmitted ? (
                <p class="govuk-hint">Something here was changed after it was submitted: others do not read that until you submit it.</p>
              ) : null}
              {one.isCirculated ? null : <p class="govuk-hint">Seen by your agency alone until the papers go round.</p>}
            </Details>
          )
        })}
    </section>
  )
}

/** What went round and is kept from the reader: that it was brought is not said either. */
const isKept = (one: Research, saved: Saved | undefined): boolean =>
  one.isCirculated && !one.isOwn && one.state === 'submitted' && (!saved || saved.revisions.size === 0)

const colours: Record<Research['state'], string> = {
  asked: 'govuk-tag--grey',
  begun: 'govuk-tag--orange',
  submitted: 'govuk-tag--green',
  'nothing-held': 'govuk-tag--grey',
}
export const ResearchTag = ({ one }: { one: Pick<Research, 'state'> }): VNode => (
  <Tag text={researchWords[one.state]} classes={colours[one.state]} />
)

/** What was answered, and nothing of what was not: a chair reads it while people talk. */
function Answered({ visit, form: definition, saved }: { visit: Visit; form: FormDefinition; saved: Saved }): VNode {
  const form = formToRead(definition)
  const around = surroundings(visit.clock.now())
  return (
    <>
      {answersInWords(form, workOut(form, saved.answers, around), around).map(([label, answer]) => (
        <div key={label}>
          <span class="ly-second">{label}</span>
          <Words text={answer} />
        </div>
      ))}
    </>
  )
}
