import {
  addNote,
  auditChoice,
  caseInWords,
  casesToWriteFor,
  countsInWords,
  FindBox,
  type FoundToChoose,
  noteWordsOf,
  openPartToEdit,
  recentCases,
  titleOf,
} from '../../cases/index.ts'
import { labelsOf } from '../../lists/index.ts'
import { paths } from '../../paths.ts'
import { formatInstant } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db/database.ts'
import { type Answer, page, redirect } from '../../platform/web/answer.ts'
import type { Visit } from '../../platform/web/routes.ts'
import { Button, errorFor, errorSummaryFor, type FieldError, Form, PageTitle, Radios } from '../../ui/index.ts'
import { type DropIn, linkDropIn } from './drop-ins.queries.ts'

export type LinkParts = {
  /** People whom the actor may see, by what was typed. Whom of them the page shows, it audits. */
  findPeople: (visit: Visit, typed: string) => Promise<readonly FoundToChoose[]>
}

/** Who it turns out to have been: one of the cases that the actor may write on. */
export async function showLink(visit: Visit, parts: LinkParts, one: DropIn, errors: readonly FieldError[] = []): Promise<Answer> {
  const { tx, actor, query } = visit
  const typed = query.get('q')?.trim() ?? ''
  const people = typed ? await parts.findPeople(visit, typed) : []
  const offered = typed ? await casesToWriteFor(tx, actor, people) : await recentCases(tx, actor)
  await auditChoice(visit, typed, offered)
  const here = paths.dropIns.link(one.id)
  const body = (
    <div class="ly-narrow">
      <PageTitle title="They have come forward" context={`Drop-in, ${formatInstant(one.happenedAt)}`} />
      <p class="govuk-body">
        What was recorded becomes a note on their record, of the day on which it happened. Whoever of your team may not see that record sees
        this drop-in no more, and it still counts.
      </p>
      {errorSummaryFor(errors)}
      <FindBox action={here} typed={typed} />
      <Form {...visit.form} action={typed ? `${here}?q=${encodeURIComponent(typed)}` : here} classes="ly-form">
        {offered.length === 0 ? (
          <p class="govuk-body">{typed ? 'Nobody who matches has an open case that you may write on.' : 'Find the person above.'}</p>
        ) : (
          <>
            {Radios({
              name: 'case',
              fieldset: { legend: { text: typed ? 'Found' : 'The people you recorded last' } },
              errorMessage: errorFor(errors, 'case'),
              items: offered.map(each => ({ value: each.caseId, text: each.personName, hint: { text: caseInWords(each) } })),
            })}
            {Button({ text: 'Put it on their record', preventDoubleClick: true })}
          </>
        )}
      </Form>
      <p class="govuk-body">
        Somebody new is{' '}
        <a class="govuk-link" href={paths.people.register}>
          registered
        </a>{' '}
        and referred first.
      </p>
    </div>
  )
  return page('They have come forward', body, { section: 'calendar', hasErrors: errors.length > 0 })
}

/** What was recorded, by whom and what they were given: whoever links it may be somebody else. */
async function wordsOf(tx: Tx, { about, recordedBy, handedOut }: DropIn): Promise<string> {
  const given = countsInWords(handedOut, await labelsOf(tx, 'handed-out'))
  return [about, given ? `Handed out: ${given}.` : '', `Seen by ${recordedBy}.`].filter(Boolean).join('\n')
}

export async function postLink(visit: Visit, parts: LinkParts, one: DropIn): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  const now = clock.now()
  const place = await openPartToEdit(tx, actor, fields.text('case'), 'notes')
  if (!place) return showLink(visit, parts, one, [{ field: 'case', message: 'Select whose record it goes on' }])
  const noteWords = await noteWordsOf(tx, place.serviceArea)
  const note = {
    noteType: 'drop-in',
    happenedAt: one.happenedAt,
    minutes: one.minutes,
    text: await wordsOf(tx, one),
    facts: '',
    analysis: '',
    ownWords: '',
    namedReaders: null,
    details: one.place ? { place: one.place } : {},
  }
  const noteId = await addNote(tx, actor, now, place, { ...note, title: titleOf(note, noteWords) })
  if (!(await linkDropIn(tx, actor, now, one.id, { noteId, caseId: place.caseId, personId: place.personId })))
    throw new Error('A drop-in was linked by two at once.')
  return redirect(paths.notes.show(place.caseId, noteId), { notice: 'The drop-in is on this record now.' })
}
