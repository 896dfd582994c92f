import type { VNode } from 'preact'
import { paths } from '../../paths.ts'
import { isId } from '../../platform/id.ts'
import { type Answer, page, redirect } from '../../platform/web/answer.ts'
import type { Visit } from '../../platform/web/routes.ts'
import { PageTitle } from '../../ui/index.ts'
import { openPartToEdit } from '../part-of-case.ts'
import { auditChoice, type CaseToWrite, caseInWords, casesToWriteFor, recentCases } from './cases-to-write.ts'
import { FindBox } from './choose-person.tsx'
import type { NoteParts } from './note-parts.ts'

/**
 * From anywhere to the form of a contact. Where it is clear whose record it goes on, straight there: the case that the reader is at, or the
 * one open case of the person. Else they choose: one of the person's cases, somebody whom they wrote of lately, or whoever they find.
 */
export async function recordContact(visit: Visit, parts: NoteParts): Promise<Answer> {
  const { tx, actor, query } = visit
  const caseId = query.get('case') ?? ''
  if (isId(caseId) && (await openPartToEdit(tx, actor, caseId, 'notes'))) return redirect(paths.notes.add(caseId))
  const personId = query.get('person') ?? ''
  const ofPerson = isId(personId) ? await casesToWriteFor(tx, actor, [{ id: personId }]) : []
  const [only, ...others] = ofPerson
  if (only && others.length === 0) return redirect(paths.notes.add(only.caseId))
  const typed = query.get('q')?.trim() ?? ''
  const found = typed ? await parts.findPeople(visit, typed) : []
  const shown = typed ? await casesToWriteFor(tx, actor, found) : await recentCases(tx, actor)
  await auditChoice(visit, typed, ofPerson.length > 0 ? [...ofPerson, ...shown] : shown)
  // For hands on the keyboard: the cursor is where the next key is wanted.
  const chosenAlready = ofPerson.length > 0 || (typed !== '' && shown.length > 0)
  const body = (
    <>
      <PageTitle title="Who was it with?" />
      {ofPerson.length > 0 ? <Choice title="Their open cases" cases={ofPerson} focused /> : null}
      {isId(personId) && ofPerson.length === 0 ? <p class="govuk-body">This person has no open case that you may write on.</p> : null}
      <FindBox action={paths.notes.record()} typed={typed} focused={!chosenAlready} />
      {typed ? (
        <Choice title="Found" cases={shown} focused empty="Nobody who matches has an open case that you may write on." />
      ) : (
        <Choice title="The people you recorded last" cases={shown} empty="You have recorded nothing yet. Find the person above." />
      )}
      <p class="govuk-body">
        Somebody who is not on record, or who stays anonymous, and brief contacts in the street are kept without a case.
      </p>
      <ul class="govuk-list">
        <li>
          <a class="govuk-link" href={paths.dropIns.add}>
            Record a drop-in
          </a>
        </li>
        <li>
          <a class="govuk-link" href={paths.outreach.add}>
            Record outreach
          </a>
        </li>
      </ul>
    </>
  )
  return page('Record a contact', body, { section: 'work' })
}

type ChoiceProps = {
  title: string
  cases: readonly CaseToWrite[]
  empty?: string /** The first of them has the focus. */
  focused?: boolean
}

function Choice({ title, cases, empty, focused = false }: ChoiceProps): VNode {
  return (
    <section>
      <h2 class="govuk-heading-m">{title}</h2>
      {cases.length === 0 ? <p class="govuk-body">{empty}</p> : null}
      <ul class="ly-list">
        {cases.map((one, n) => (
          <li key={one.caseId}>
            <a class="govuk-link" href={paths.notes.add(one.caseId)} {...(focused && n === 0 ? { autofocus: true } : {})}>
              {one.personName}
            </a>
            <span class="ly-second">{caseInWords(one)}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
