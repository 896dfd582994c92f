import type { VNode } from 'preact'
import { paths } from '../../paths.ts'
import { formatInstant } from '../../platform/clock.ts'
import { type Answer, notFound, page, redirect } from '../../platform/web/answer.ts'
import type { Visit } from '../../platform/web/routes.ts'
import { AlertBar, Button, DataTable, Form, PageTitle } from '../../ui/index.ts'
import { fieldLabel } from '../columns/fields.ts'
import { countDoubts } from '../doubts.ts'
import { fileKindWords, type Import, kindsOf, type Outcome } from '../import.ts'
import { findImport } from '../imports.queries.ts'
import { type ProblemGroup, problemGroups } from '../problems.ts'
import { daysFilesAreKept } from '../tidy-imports.ts'
import { KeptList, whoStayed } from './kept.tsx'
import { Progress, refreshSeconds } from './progress.tsx'
import { CountsTable, counted, StateTag, totalOf } from './words.tsx'

/** An import as it stands: what is to be done, how far it has come, what came of it. */
export async function showPage(visit: Visit): Promise<Answer> {
  const { tx, clock } = visit
  const theImport = await findImport(tx, visit.params.importId ?? '')
  if (!theImport) return notFound()
  const { state, id } = theImport
  if (state === 'columns') return redirect(paths.imports.columns(id))
  const isAtWork = state === 'checking' || state === 'running' || state === 'undoing'
  const isStill = visit.query.get('still') !== null
  return page(
    `Import from ${theImport.system}`,
    <>
      <PageTitle
        title={`Import from ${theImport.system}`}
        context={
          <>
            <StateTag state={state} /> To {theImport.teamName}, begun by {theImport.startedBy} on {formatInstant(theImport.createdAt)}
          </>
        }
      />
      {isAtWork ? <Progress theImport={theImport} now={clock.now()} isStill={isStill} form={visit.form} /> : null}
      {state === 'stopped' ? <StoppedHere theImport={theImport} form={visit.form} /> : null}
      {state === 'checked' ? await checkedBody(visit, theImport, theImport.checked!) : null}
      {state === 'done' ? await doneBody(visit, theImport, theImport.result!) : null}
      {state === 'undone' ? await undoneBody(visit, theImport) : null}
      {isAtWork ? null : <FilesKept theImport={theImport} />}
    </>,
    { section: 'imports', ...(isAtWork && !isStill ? { refreshAfter: refreshSeconds } : {}) },
  )
}

function FilesKept({ theImport: { filesRemovedAt } }: { theImport: Import }): VNode {
  return (
    <p class="govuk-hint">
      {filesRemovedAt
        ? `The files of this import were removed on ${formatInstant(filesRemovedAt)}. What was found stays.`
        : `The files of this import are removed ${daysFilesAreKept} days after anything was last done with it.`}
    </p>
  )
}

type Own = { theImport: Import; form: Visit['form'] }

function StoppedHere({ theImport, form }: Own): VNode {
  const { id, stoppedIn, stoppedBecause } = theImport
  const action =
    stoppedIn === 'running' ? paths.imports.run(id) : stoppedIn === 'undoing' ? paths.imports.undo(id) : paths.imports.check(id)
  return (
    <>
      <AlertBar kind="danger" title="It stopped before its end.">
        {stoppedBecause}.
      </AlertBar>
      <p class="govuk-body">What was done stays done. Carrying on begins where it stopped; nothing is taken over twice.</p>
      <div class="govuk-button-group">
        <Form action={action} {...form}>
          <input type="hidden" name="carry-on" value="yes" />
          {Button({ text: 'Carry on', preventDoubleClick: true })}
        </Form>
        {stoppedIn === 'checking' ? (
          <a class="govuk-link" href={paths.imports.columns(id)}>
            Change what the columns are
          </a>
        ) : (
          <a class="govuk-link" href={paths.imports.undo(id)}>
            Undo what was taken over
          </a>
        )}
        <a class="govuk-link" href={paths.imports.add}>
          Begin with other files
        </a>
      </div>
    </>
  )
}

async function checkedBody(visit: Visit, theImport: Import, checked: Outcome): Promise<VNode> {
  const { id } = theImport
  const doubts = await countDoubts(visit.tx, id)
  const groups = await problemGroups(visit.tx, id)
  const taken = totalOf(checked, 'taken')
  return (
    <>
      <p class="govuk-body-l">Nothing has been taken over yet. This is what would happen.</p>
      <CountsTable theImport={theImport} outcome={checked} isDone={false} />
      {checked.otherLines > 0 ? (
        <p class="govuk-body">
          {counted(checked.otherLines, 'line')} of the files {checked.otherLines === 1 ? 'was' : 'were'} not UTF-8, and{' '}
          {checked.otherLines === 1 ? 'is' : 'are'} read as Windows-1252.
        </p>
      ) : null}
      {doubts.all > 0 ? <DoubtsLine id={id} {...doubts} /> : null}
      <Problems theImport={theImport} groups={groups} />
      <h2 class="govuk-heading-m">Take it over</h2>
      {taken + totalOf(checked, 'linked') === 0 ? (
        <p class="govuk-body">No row would be taken over. Mend the files and begin again with them.</p>
      ) : doubts.undecided > 0 ? (
        <p class="govuk-body">
          First{' '}
          <a class="govuk-link" href={paths.imports.duplicates(id)}>
            decide about the possible duplicates
          </a>
          .
        </p>
      ) : (
        <Form action={paths.imports.run(id)} {...visit.form}>
          <p class="govuk-body">
            {counted(taken, 'row')} will be taken over; {counted(totalOf(checked, 'rejected'), 'row')} will not. Rejected rows can be mended
            and imported later: what was taken over is not taken over again.
          </p>
          {Button({ text: `Take over ${counted(taken, 'row')}`, preventDoubleClick: true })}
        </Form>
      )}
      <p class="govuk-body">
        <a class="govuk-link" href={paths.imports.columns(id)}>
          Change what the columns are
        </a>{' '}
        ·{' '}
        <a class="govuk-link" href={`${paths.imports.add}?like=${id}`}>
          Begin again with mended files
        </a>
      </p>
    </>
  )
}

function DoubtsLine({ id, all, undecided }: { id: string; all: number; undecided: number }): VNode {
  return (
    <AlertBar
      kind={undecided > 0 ? 'warning' : 'notice'}
      title={
        undecided > 0
          ? `${counted(undecided, 'person may be', 'people may be')} on record already, or in the file twice.`
          : `All ${counted(all, 'possible duplicate')} are decided.`
      }
      link={{ text: undecided > 0 ? 'Decide who is who' : 'See what was decided', href: paths.imports.duplicates(id) }}
    />
  )
}

async function doneBody(visit: Visit, theImport: Import, result: Outcome): Promise<VNode> {
  const { id, system } = theImport
  const rows = totalOf(result, 'rows')
  return (
    <>
      <CountsTable theImport={theImport} outcome={result} isDone />
      <p class="govuk-body">
        {theImport.runAt ? `Finished on ${formatInstant(theImport.runAt)}. ` : ''}
        {counted(rows, 'row')} in {counted(Math.max(1, Math.round(result.seconds)), 'second')}. People are found by their {system} numbers
        too.
      </p>
      <Problems theImport={theImport} groups={await problemGroups(visit.tx, id)} />
      <div class="govuk-button-group">
        {Button({ text: 'Import mended rows', href: `${paths.imports.add}?like=${id}`, classes: 'govuk-button--secondary' })}
        <a class="govuk-link" href={paths.imports.undo(id)}>
          Undo this import
        </a>
      </div>
    </>
  )
}

async function undoneBody(visit: Visit, theImport: Import): Promise<VNode> {
  const stayed = await whoStayed(visit.tx, theImport.kept)
  return (
    <>
      <p class="govuk-body">
        Undone{theImport.undoneAt ? ` on ${formatInstant(theImport.undoneAt)}` : ''}. Its people and cases are found and read by nobody. The
        same files can be taken over again.
      </p>
      <KeptList
        title="Who stayed, because somebody has worked with them since"
        kept={stayed}
        hidden={theImport.kept.length - stayed.length}
      />
      {Button({ text: 'Import again', href: `${paths.imports.add}?like=${theImport.id}`, classes: 'govuk-button--secondary' })}
    </>
  )
}

const severityWords = { rejected: 'Rejected', changed: 'Changed since', 'left-out': 'Left out', warning: 'Warning' } as const

function Problems({ theImport, groups }: { theImport: Import; groups: readonly ProblemGroup[] }): VNode {
  if (groups.length === 0) return <p class="govuk-body">Nothing is wrong with any row.</p>
  const files = kindsOf(theImport).filter(kind =>
    groups.some(group => group.file === kind && (group.severity === 'rejected' || group.severity === 'changed')),
  )
  return (
    <>
      <h2 class="govuk-heading-m">What was found</h2>
      {theImport.filesRemovedAt || files.length === 0 ? null : (
        <>
          <ul class="govuk-list">
            {files.map(kind => (
              <li key={kind}>
                <a class="govuk-link" href={paths.imports.problems(theImport.id, kind)}>
                  Download what is wrong with {fileKindWords[kind].title.toLowerCase()} (CSV)
                </a>
              </li>
            ))}
          </ul>
          <p class="govuk-hint">Each row as it was, with what is wrong and how to mend it. Mend the rows there, and import that file.</p>
        </>
      )}
      <DataTable
        caption="Kinds of trouble, the gravest first"
        captionHidden
        rows={groups.slice(0, 60)}
        columns={[
          { heading: 'File', cell: group => fileKindWords[group.file].title, second: group => severityWords[group.severity] },
          { heading: 'Column', cell: group => (group.field ? fieldLabel(group.file, group.field) : 'The row') },
          { heading: 'For example', rowHeader: true, cell: group => group.example, second: group => `row ${group.first}` },
          { heading: 'Times', numeric: true, cell: group => group.count.toLocaleString('en-GB') },
        ]}
      />
    </>
  )
}
