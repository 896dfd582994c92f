import type { VNode } from 'preact'
import type { Tx } from '../../platform/db/database.ts'
import { Button, Checkboxes, errorFor, type FieldError, Textarea } from '../../ui/index.ts'
import type { PartOfCase } from '../part-of-case.ts'
import type { Typed } from '../typed.ts'
import { namedInWords } from './named-in-words.ts'
import type { NewNote } from './note.ts'
import { readWords } from './read-note.ts'
import type { PartOfNote } from './record-note.ts'

type Props = { typed: Typed; errors: readonly FieldError[]; part: PartOfCase; others: readonly PartOfCase[] }

/** F20: the further people on whose records the note is written, and what is for each one's record alone. */
export function SeveralPeople({ typed, errors, part, others }: Props): VNode {
  return (
    <section class="ly-several" aria-labelledby="several">
      <h2 class="govuk-heading-m" id="several">
        {others.length + 1} records
      </h2>
      <p class="govuk-body">
        What happened stands on each of them. Nobody who may read one only will see that there are others, so name nobody there. What
        follows stands on the one record alone.
      </p>
      {needsConfirming(errors)
        ? Checkboxes({
            name: 'names-may-stand',
            items: [{ value: 'yes', text: 'Whoever may read one of these records may know these names' }],
          })
        : null}
      {[part, ...others].map(one => (
        <div key={one.caseId} class="ly-several__one">
          <h3 class="govuk-heading-s">
            {one.personName}
            <span class="ly-second">
              {one.serviceName} {one.reference}
            </span>
          </h3>
          {one.caseId === part.caseId ? null : <input type="hidden" name="also" value={one.caseId} />}
          {partBox(typed, errors, `part-${one.caseId}`, `For ${one.personName} alone (optional)`)}
          {one.caseId === part.caseId
            ? null
            : partBox(typed, errors, `own-words-${one.caseId}`, `Own words of ${one.personName} (optional)`)}
          {one.caseId === part.caseId
            ? null
            : Button({
                text: `Leave out ${one.personName}`,
                classes: 'govuk-button--secondary',
                name: '_then',
                value: `without-${one.caseId}`,
              })}
        </div>
      ))}
    </section>
  )
}

const partBox = (typed: Typed, errors: readonly FieldError[], name: string, label: string) =>
  Textarea({ name, label, rows: 2, value: typed.typed(name), errorMessage: errorFor(errors, name) })

/** Reads what each record gets of a note on several. */
export async function readParts(
  tx: Tx,
  typed: Typed,
  note: NewNote,
  part: PartOfCase,
  others: readonly PartOfCase[],
  errors: FieldError[],
): Promise<PartOfNote[]> {
  const people = [part, ...others]
  if (note.namedReaders) {
    const message = 'A note on several records is for everyone who may read each of them. Save it, then restrict it on each record'
    errors.push({ field: 'restricted', message })
  }
  const named = await namedInWords(
    tx,
    [note.text, note.facts, note.analysis].join(' '),
    people.map(one => one.personId),
  )
  if (named.length > 0 && typed.text('names-may-stand') !== 'yes')
    errors.push({
      field: 'text',
      message: `${namesRefused} ${named.join(' and ')}. Put that into the part for one record alone, or confirm that it may stand on all`,
    })
  return people.map(place => ({
    place,
    text: readWords(typed, `part-${place.caseId}`, `For ${place.personName} alone`, errors),
    ownWords: place === part ? note.ownWords : readWords(typed, `own-words-${place.caseId}`, `Own words of ${place.personName}`, errors),
    ...(place === part && note.heardBy ? { heardBy: note.heardBy } : {}),
  }))
}

const namesRefused = 'What happened stands on every one of these records and names'
const needsConfirming = (errors: readonly FieldError[]) => errors.some(error => error.message.startsWith(namesRefused))
