import type { VNode } from 'preact'
import { paths } from '../../paths.ts'
import { type Answer, notFound, page, redirect } from '../../platform/web/answer.ts'
import type { Fields } from '../../platform/web/fields.ts'
import type { Visit } from '../../platform/web/routes.ts'
import { Button, EmptyState, errorFor, errorSummaryFor, type FieldError, FileUpload, Form, Input, Radios, Select } from '../../ui/index.ts'
import { type ArrivedFile, beginImport, largestFile, lookAtAll } from '../begin-import.ts'
import { type FileKind, fileKinds, fileKindWords } from '../import.ts'
import { findImport } from '../imports.queries.ts'
import { type PlaceForCases, placesOf } from '../read/knowledge.ts'
import type { ImportPages } from './routes.ts'

type Typed = Pick<Fields, 'text' | 'typed'>

/** The first page of an import: from where, to which team, and the files. `?like=` begins with what an earlier one said. */
export async function beginPage(visit: Visit): Promise<Answer> {
  const like = await findImport(visit.tx, visit.query.get('like') ?? '')
  const values: { [name: string]: string } = like
    ? { system: like.system, team: like.teamId, 'people-without-case': like.peopleWithoutCase }
    : {}
  const typed = { text: (name: string) => values[name] ?? '', typed: (name: string) => values[name] ?? '' }
  return formPage(visit, await placesOf(visit.tx, visit.actor), typed, [], [])
}

/** Keeps the files, looks at them and begins the import. What is wrong with one does not lose the others: they need not be sent again. */
export async function beginPosted(visit: Visit, { files }: ImportPages): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  const places = await placesOf(tx, actor)
  const errors: FieldError[] = []
  const system = fields.text('system').replace(/\s+/g, ' ')
  if (system === '') errors.push({ field: 'system', message: 'Enter the name of the old system' })
  if (system.length > 60) errors.push({ field: 'system', message: 'Name of the old system must be 60 characters or fewer' })
  const teams = teamsAmong(places)
  const teamId = teams.length === 1 ? teams[0]!.teamId : fields.text('team')
  if (!teams.some(team => team.teamId === teamId)) errors.push({ field: 'team', message: 'Select the team that takes the caseload over' })
  const peopleWithoutCase = fields.text('people-without-case') === 'leave-out' ? 'leave-out' : 'take-over'
  const arrived: ArrivedFile[] = []
  for (const kind of fileKinds) {
    const upload = visit.uploads.find(one => one.field === kind)
    if (upload?.tooLarge || (upload && upload.bytes > largestFile))
      errors.push({ field: kind, message: `${upload.name} must be smaller than 200 MB. Export it in two parts` })
    else if (upload) arrived.push({ kind, name: upload.name, ...(await files.keep(upload.path)) })
    else {
      const kept = keptFrom(fields.text(`kept-${kind}`))
      if (kept) arrived.push({ kind, ...kept })
    }
  }
  if (arrived.length === 0 && !errors.some(error => fileKinds.includes(error.field as FileKind)))
    errors.push({ field: 'people', message: 'Select at least one file' })
  const { faults } = await lookAtAll(files, arrived)
  errors.push(...faults.map(({ kind, message }) => ({ field: kind, message })))
  const sound = arrived.filter(one => !faults.some(fault => fault.kind === one.kind))
  if (errors.length > 0) return formPage(visit, places, fields, errors, sound)
  const begun = await beginImport(tx, actor, clock.now(), files, { system, teamId, peopleWithoutCase, files: arrived })
  if (!begun.ok)
    return begun.error === 'no-post'
      ? notFound()
      : formPage(
          visit,
          places,
          fields,
          begun.faults.map(({ kind, message }) => ({ field: kind, message })),
          sound,
        )
  return redirect(paths.imports.columns(begun.value))
}

const teamsAmong = (places: readonly PlaceForCases[]): PlaceForCases[] => [...new Map(places.map(place => [place.teamId, place])).values()]

/** A file that came with an earlier post of this form: its key is the hash of what is in it, which nobody has who has not had the file. */
function keptFrom(value: string): Omit<ArrivedFile, 'kind'> | undefined {
  const found = /^([0-9a-f]{64}) (\d{1,12}) (.{1,200})$/.exec(value)
  return found ? { key: found[1]!, bytes: Number(found[2]), name: found[3]! } : undefined
}

function formPage(
  visit: Visit,
  places: readonly PlaceForCases[],
  typed: Typed,
  errors: readonly FieldError[],
  kept: readonly ArrivedFile[],
): Answer {
  const teams = teamsAmong(places)
  const title = 'Import a caseload'
  if (teams.length === 0) {
    return page(
      title,
      <>
        <h1 class="govuk-heading-l">{title}</h1>
        <EmptyState title="You have no post in a team that works with people">
          A caseload is taken over by a team. Ask whoever manages users for a post in that team, with a role that may import, or have its
          leader do it.
        </EmptyState>
      </>,
      { section: 'imports' },
    )
  }
  return page(
    title,
    <>
      {errorSummaryFor(errors)}
      <h1 class="govuk-heading-l">{title}</h1>
      <p class="govuk-body">
        People, cases and case notes are taken over from CSV files. Every row is checked first, and you see what would happen before
        anything is written.
      </p>
      <Form action={paths.imports.add} {...visit.form} multipart>
        <Input
          name="system"
          label={{ text: 'What is the old system called?', classes: 'govuk-label--s' }}
          hint="Use the same name each time. Lanyard then knows which rows it has already taken over"
          classes="govuk-!-width-one-half"
          value={typed.typed('system')}
          errorMessage={errorFor(errors, 'system')}
        />
        {teams.length > 1 ? (
          <Select
            name="team"
            label={{ text: 'Which team takes it over?', classes: 'govuk-label--s' }}
            hint="Cases of a service that it does not work in go to another team of yours that does"
            value={typed.text('team')}
            errorMessage={errorFor(errors, 'team')}
            items={[{ value: '', text: 'Choose' }, ...teams.map(team => ({ value: team.teamId, text: team.teamName }))]}
          />
        ) : (
          <p class="govuk-body">
            It is taken over by <strong>{teams[0]?.teamName}</strong>, who will see everything in it.
          </p>
        )}
        {fileKinds.map(kind => fileField(kind, errors, kept))}
        <Radios
          name="people-without-case"
          fieldset={{ legend: { text: 'People who have no case in the files', classes: 'govuk-fieldset__legend--s' } }}
          classes="govuk-radios--small"
          value={typed.text('people-without-case') || 'take-over'}
          items={[
            { value: 'take-over', text: 'Take them over', hint: { text: 'Such as the brothers and sisters of a child' } },
            { value: 'leave-out', text: 'Leave them out', hint: { text: 'When the files hold other teams’ people' } },
          ]}
        />
        <div class="govuk-button-group">
          {Button({ text: 'Continue', preventDoubleClick: true })}
          <a class="govuk-link" href={paths.imports.list}>
            Cancel
          </a>
        </div>
      </Form>
    </>,
    { section: 'imports', hasErrors: errors.length > 0 },
  )
}

const hints: { [kind in FileKind]: string } = {
  people: 'One row a person: their number in the old system, name, date of birth, address …',
  cases: 'One row a case: its number, the number of its person, the date of the referral, worker, status …',
  notes: 'One row a note: the number of its case, the date, who wrote it, the text',
}

function fileField(kind: FileKind, errors: readonly FieldError[], kept: readonly ArrivedFile[]): VNode {
  const known = kept.find(one => one.kind === kind)
  return (
    <>
      {known ? <input type="hidden" name={`kept-${kind}`} value={`${known.key} ${known.bytes} ${known.name}`} /> : null}
      <FileUpload
        name={kind}
        label={{ text: `${fileKindWords[kind].title} (CSV)`, classes: 'govuk-label--s' }}
        hint={known ? `${known.name} is here already. Choose another only to replace it.` : hints[kind]}
        errorMessage={errorFor(errors, kind)}
        attributes={{ accept: '.csv,.txt,.tsv,text/csv,text/plain' }}
      />
    </>
  )
}
