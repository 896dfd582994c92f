import type { VNode } from 'preact'
import { audit, auditAll } from '../../audit/index.ts'
import { paths } from '../../paths.ts'
import { findPeople, formatClientId, formatName, formatNhsNumber, type NhsNumber, type Person, sureFrom } from '../../people/index.ts'
import { formatDate } from '../../platform/plain-date.ts'
import { type Answer, notFound, page, redirect } from '../../platform/web/answer.ts'
import type { Visit } from '../../platform/web/routes.ts'
import { Button, EmptyState, errorFor, errorSummaryFor, type FieldError, Form, Radios } from '../../ui/index.ts'
import { candidateName, countDoubts, type Decided, type Doubt, decide, doubtsOf } from '../doubts.ts'
import type { Import } from '../import.ts'
import { findImport } from '../imports.queries.ts'
import { counted } from './words.tsx'

const perPage = 20

/** People of the file who may be on record, or twice in the file: each to be decided, or all that are left at once. */
export async function duplicatesPage(visit: Visit): Promise<Answer> {
  const theImport = await findImport(visit.tx, visit.params.importId ?? '')
  if (!theImport) return notFound()
  return listPage(visit, theImport, [])
}

export async function duplicatesPosted(visit: Visit): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  const theImport = await findImport(tx, visit.params.importId ?? '', { lock: true })
  if (!theImport) return notFound()
  if (theImport.state !== 'checked') return redirect(paths.imports.show(theImport.id), { notice: 'This can no longer be changed' })
  const all = fields.has('all')
  if (all && !['likely', 'new', 'leave-out'].includes(fields.text('rest')))
    return listPage(visit, theImport, [{ field: 'rest', message: 'Select what to do with those who are left' }])
  const posted = rowsPosted(fields.names())
  if (!all && posted.length === 0) {
    const [first] = await doubtsOf(tx, theImport.id, { undecidedOnly: true, limit: 1 })
    return listPage(visit, theImport, [
      { field: first ? `row-${first.row}` : 'rest', message: 'Select who at least one of these people is' },
    ])
  }
  const doubts = all ? await doubtsOf(tx, theImport.id, { undecidedOnly: true }) : await doubtsOf(tx, theImport.id, { rows: posted })
  const decisions = doubts.flatMap(one => decisionFor(one, all ? inBulk(one, fields.text('rest')) : fields.text(`row-${one.row}`)))
  await decide(tx, theImport.id, actor.name, clock.now(), decisions)
  await audit(tx, actor, clock.now(), {
    action: 'import-duplicates-decided',
    subject: { type: 'import', id: theImport.id },
    detail: { decided: decisions.length, how: all ? fields.text('rest') : 'one by one' },
  })
  const { undecided } = await countDoubts(tx, theImport.id)
  if (undecided === 0) return redirect(paths.imports.show(theImport.id), { notice: 'All possible duplicates are decided' })
  return redirect(paths.imports.duplicates(theImport.id), { notice: `Saved. ${counted(undecided, 'is', 'are')} left to decide` })
}

const rowsPosted = (names: readonly string[]): number[] =>
  names.flatMap(name => (/^row-\d{1,9}$/.test(name) ? [Number(name.slice(4))] : []))

function inBulk(doubt: Doubt, wish: string): string {
  if (wish !== 'likely') return wish
  const best = doubt.candidates[0]
  return best && best.score >= sureFrom ? candidateName(best) : 'new'
}

function decisionFor(doubt: Doubt, chosen: string): Decided[] {
  if (chosen === 'new' || chosen === 'leave-out') return [{ row: doubt.row, decision: chosen, chosen: null }]
  return doubt.candidates.some(one => candidateName(one) === chosen) ? [{ row: doubt.row, decision: 'same', chosen }] : []
}

async function listPage(visit: Visit, theImport: Import, errors: readonly FieldError[]): Promise<Answer> {
  const { tx, actor, clock } = visit
  const showAll = visit.query.get('all') !== null
  const asked = Number(visit.query.get('after') ?? 0)
  const after = Number.isInteger(asked) && asked > 0 && asked < 2 ** 31 ? asked : 0
  const counts = await countDoubts(tx, theImport.id)
  const doubts = await doubtsOf(tx, theImport.id, { undecidedOnly: !showAll, after, limit: perPage + 1 })
  const shown = doubts.slice(0, perPage)
  const ids = shown.flatMap(one => one.candidates.flatMap(candidate => candidate.personId ?? []))
  const people = await findPeople(tx, ids)
  // In the audit of each of them: who they are was read (U9).
  await auditAll(
    tx,
    actor,
    clock.now(),
    [...people.keys()].map(personId => ({
      action: 'import-duplicates-opened',
      subject: { type: 'import', id: theImport.id },
      personId,
    })),
  )
  const base = paths.imports.duplicates(theImport.id)
  const isOpen = theImport.state === 'checked'
  return page(
    `Possible duplicates – import from ${theImport.system}`,
    <>
      {errorSummaryFor(errors)}
      <span class="govuk-caption-l">Import from {theImport.system}</span>
      <h1 class="govuk-heading-l">Who is who?</h1>
      {shown.length === 0 ? (
        <EmptyState
          title={counts.all === 0 ? 'Nobody in the file seems to be on record already' : 'All are decided'}
          action={
            <p class="govuk-body">
              <a class="govuk-link" href={paths.imports.show(theImport.id)}>
                Back to the import
              </a>
              {counts.all > 0 ? (
                <>
                  {' · '}
                  <a class="govuk-link" href={`${base}?all=yes`}>
                    See what was decided
                  </a>
                </>
              ) : null}
            </p>
          }
        />
      ) : (
        <>
          <p class="govuk-body">
            {showAll
              ? `${counted(counts.all, 'person', 'people')}, ${counts.undecided} still to decide.`
              : `${counted(counts.undecided, 'person', 'people')} to decide about.`}{' '}
            The cases of whoever is the same person are added to the record that is here; that record itself stays as it is.
          </p>
          {isOpen && counts.undecided > 0 && after === 0 ? (
            <BulkForm visit={visit} theImport={theImport} undecided={counts.undecided} errors={errors} />
          ) : null}
          <Form action={base} {...visit.form}>
            {shown.map(doubt => (
              <DoubtField key={doubt.row} doubt={doubt} people={people} isOpen={isOpen} />
            ))}
            {isOpen ? Button({ text: 'Save these', preventDoubleClick: true }) : null}
          </Form>
          <p class="govuk-body">
            {doubts.length > perPage ? (
              <a class="govuk-link" href={`${base}?${showAll ? 'all=yes&' : ''}after=${shown.at(-1)?.row}`}>
                Show the next {perPage} without deciding these
              </a>
            ) : (
              <a class="govuk-link" href={paths.imports.show(theImport.id)}>
                Back to the import
              </a>
            )}
          </p>
        </>
      )}
    </>,
    { section: 'imports', hasErrors: errors.length > 0 },
  )
}

function BulkForm({
  visit,
  theImport,
  undecided,
  errors,
}: {
  visit: Visit
  theImport: Import
  undecided: number
  errors: readonly FieldError[]
}): VNode {
  return (
    <details class="govuk-details" open={errors.length > 0}>
      <summary class="govuk-details__summary">
        <span class="govuk-details__summary-text">Decide about all {undecided} at once</span>
      </summary>
      <div class="govuk-details__text">
        <Form action={paths.imports.duplicates(theImport.id)} {...visit.form}>
          <input type="hidden" name="all" value="yes" />
          <Radios
            name="rest"
            classes="govuk-radios--small"
            fieldset={{ legend: { text: 'Those who are not decided yet', classes: 'govuk-fieldset__legend--s' } }}
            errorMessage={errorFor(errors, 'rest')}
            items={[
              {
                value: 'likely',
                text: 'Are the same person where it is all but sure, else new people',
                hint: { text: 'All but sure: the same NHS number, or the same number of another system' },
              },
              { value: 'new', text: 'Are all new people' },
              { value: 'leave-out', text: 'Are all left out' },
            ]}
          />
          {Button({ text: 'Decide about all', classes: 'govuk-button--secondary', preventDoubleClick: true })}
        </Form>
      </div>
    </details>
  )
}

function DoubtField({ doubt, people, isOpen }: { doubt: Doubt; people: ReadonlyMap<string, Person>; isOpen: boolean }): VNode {
  const { shown, row } = doubt
  const about = [
    shown.dateOfBirth && `born ${shown.dateOfBirth}`,
    shown.nhsNumber && `NHS ${formatNhsNumber(shown.nhsNumber as NhsNumber)}`,
    shown.address,
  ]
    .filter(Boolean)
    .join(' · ')
  return (
    <Radios
      name={`row-${row}`}
      classes="govuk-radios--small"
      fieldset={{ legend: { text: `${shown.name}, row ${row}`, classes: 'govuk-fieldset__legend--s' } }}
      hint={about || undefined}
      value={doubt.decision === 'same' ? doubt.chosen : doubt.decision}
      items={[
        ...doubt.candidates.map(candidate => {
          const person = candidate.personId ? people.get(candidate.personId) : undefined
          const text = candidate.personId
            ? person
              ? `The same as ${onRecord(person)}`
              : 'The same as somebody whom you can no longer see'
            : `The same as row ${candidate.row} of the file: ${candidate.name}`
          return {
            value: candidateName(candidate),
            text,
            hint: { text: candidate.reasons.join('. ') },
            disabled: !isOpen || (candidate.personId !== undefined && !person),
          }
        }),
        { value: 'new', text: 'A new person', disabled: !isOpen },
        { value: 'leave-out', text: 'Leave this row out, with its cases and notes', disabled: !isOpen },
      ]}
    />
  )
}

const onRecord = (person: Person): string =>
  [
    formatName(person),
    person.dateOfBirth && `born ${formatDate(person.dateOfBirth)}`,
    `LY ${formatClientId(person.clientId)}`,
    person.addressLine,
  ]
    .filter(Boolean)
    .join(', ')
