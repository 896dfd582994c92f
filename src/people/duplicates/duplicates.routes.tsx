import { audit } from '../../audit/index.ts'
import { paths } from '../../paths.ts'
import { today } from '../../platform/clock.ts'
import { notFound, redirect } from '../../platform/web/answer.ts'
import type { Routes, Visit } from '../../platform/web/routes.ts'
import { Button, EmptyState, errorFor, errorSummaryFor, type FieldError, Form, Input, SideBySide } from '../../ui/index.ts'
import { fieldsInWords } from '../field-words.ts'
import { matchOf } from '../matching.ts'
import { formatName, spokenName } from '../names.ts'
import { findRecord, likenessOf } from '../person.queries.ts'
import { addressOnOneLine, contactInWords, mayEdit, type PersonRecord } from '../person.ts'
import { likelyMatches } from '../register-person/likely-matches.ts'
import { changingPerson, type PersonFrame, personPage, readingPerson } from '../visit-person.tsx'
import { MatchList } from './match-list.tsx'
import { tellApart } from './tell-apart.ts'

/** Who else on record may be this person; the two side by side; "not a duplicate", which is remembered (F11). */
export function duplicateRoutes(routes: Routes, frame: PersonFrame): void {
  routes.get('/people/:personId/duplicates', { may: 'read-records' }, visit =>
    readingPerson(visit, async record => {
      const matches = await likelyMatches(visit.tx, likenessOf(record), { except: record.id, limit: 20 })
      return personPage(
        frame,
        visit,
        record,
        'Possible duplicates',
        <>
          <h1 class="govuk-heading-l">Possible duplicates</h1>
          {matches.length === 0 ? (
            <EmptyState title="Nobody else on record looks like this person">Only records that you may see are compared.</EmptyState>
          ) : (
            <MatchList
              matches={matches}
              today={today(visit.clock)}
              caption="People who may be the same"
              last={{
                heading: 'Look',
                cell: ({ person }) => (
                  <a class="govuk-link" href={paths.people.compare(record.id, person.id)}>
                    Compare<span class="govuk-visually-hidden"> with {formatName(person)}</span>
                  </a>
                ),
              }}
            />
          )}
        </>,
      )
    }),
  )

  routes.get('/people/:personId/duplicates/:otherId', { may: 'read-records' }, visit =>
    readingPerson(visit, async record => comparePage(frame, visit, record, [])),
  )

  routes.post('/people/:personId/duplicates/:otherId', { may: 'record' }, visit =>
    changingPerson(visit, async record => {
      const other = await findRecord(visit.tx, visit.params.otherId ?? '')
      if (!other || other.id === record.id) return notFound()
      const reason = visit.fields.text('reason')
      if (reason.length > 300)
        return comparePage(frame, visit, record, [{ field: 'reason', message: 'How you know must be 300 characters or fewer' }])
      await tellApart(visit.tx, visit.actor, visit.clock.now(), record.id, [other.id], reason || null)
      return redirect(paths.people.duplicates(record.id), { notice: `${formatName(other)} is remembered as another person` })
    }),
  )
}

async function comparePage(frame: PersonFrame, visit: Visit, record: PersonRecord, errors: readonly FieldError[]) {
  const other = await findRecord(visit.tx, visit.params.otherId ?? '')
  if (!other || other.id === record.id) return notFound()
  // All of the other is shown as well (U9).
  await audit(visit.tx, visit.actor, visit.clock.now(), {
    action: 'person-compared',
    subject: { type: 'person', id: other.id },
    personId: other.id,
  })
  const match = matchOf(likenessOf(record), likenessOf(other))
  const theirs = new Map(comparable(other))
  return personPage(
    frame,
    visit,
    record,
    'Compare',
    <>
      {errorSummaryFor(errors)}
      <h1 class="govuk-heading-l">Are these the same person?</h1>
      <p class="govuk-body">{match ? `${match.reasons.join('. ')}.` : 'Nothing on record says that they are.'}</p>
      {SideBySide({
        caption: 'The two records',
        before: formatName(record),
        after: formatName(other),
        rows: comparable(record).map(([label, mine]) => ({ label, before: mine, after: theirs.get(label) ?? null })),
      })}
      {mayEdit(visit.actor, record) && (
        <Form action={paths.people.compare(record.id, other.id)} {...visit.form}>
          {Input({
            name: 'reason',
            label: 'How you know that they are not (optional)',
            value: visit.fields.typed('reason'),
            errorMessage: errorFor(errors, 'reason'),
          })}
          <div class="govuk-button-group">
            {Button({ text: 'Not a duplicate' })}
            <a class="govuk-link" href={`${paths.samePerson.group(record.id)}?with=${other.id}`}>
              They are the same: group them
            </a>
            <a class="govuk-link" href={paths.samePerson.merge(record.id, other.id)}>
              They are the same: merge them
            </a>
            <a class="govuk-link" href={paths.people.details(other.id)}>
              Open {formatName(other)}
            </a>
            <a class="govuk-link" href={paths.people.duplicates(record.id)}>
              Back to the list
            </a>
          </div>
        </Form>
      )}
    </>,
    { hasErrors: errors.length > 0 },
  )
}

function comparable(record: PersonRecord): (readonly [string, string | null])[] {
  const joined = (list: readonly string[]) => (list.length === 0 ? null : list.join('; '))
  return [
    ...fieldsInWords(record),
    ['Other names', joined(record.names.map(spokenName))],
    [
      'Addresses',
      joined(
        record.addresses.map(address =>
          [addressOnOneLine(address), address.confidential ? '' : address.postcode].filter(Boolean).join(', '),
        ),
      ),
    ],
    ['Contacts', joined(record.contacts.map(contactInWords))],
    ['Numbers of other systems', joined(record.externalIds.map(external => `${external.system} ${external.value}`))],
  ]
}
