import { audit } from '../../audit/index.ts'
import { paths } from '../../paths.ts'
import { type Answer, notFound, page, redirect } from '../../platform/web/answer.ts'
import type { Visit } from '../../platform/web/routes.ts'
import { Button, errorFor, errorSummaryFor, type FieldError, Form, Input, WarningText } from '../../ui/index.ts'
import type { Import } from '../import.ts'
import { findImport } from '../imports.queries.ts'
import { askFor, jobKey } from '../work/job.ts'
import { forecastUndo } from '../work/undo-import.ts'
import { KeptList, whoStayed } from './kept.tsx'
import type { ImportPages } from './routes.ts'
import { counted } from './words.tsx'

const mayUndo = ({ state, stoppedIn }: Import): boolean =>
  state === 'done' || (state === 'stopped' && stoppedIn !== 'checking') || state === 'undoing'

/** Asks before undoing, with what it would take away and who would stay. */
export async function undoPage(visit: Visit): Promise<Answer> {
  const theImport = await findImport(visit.tx, visit.params.importId ?? '')
  if (!theImport) return notFound()
  if (!mayUndo(theImport)) return redirect(paths.imports.show(theImport.id))
  return confirmPage(visit, theImport, [])
}

export async function undoPosted(visit: Visit, { enqueue }: ImportPages): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  const theImport = await findImport(tx, visit.params.importId ?? '', { lock: true })
  if (!theImport) return notFound()
  if (!mayUndo(theImport)) return redirect(paths.imports.show(theImport.id))
  const isCarriedOn = fields.text('carry-on') === 'yes' && (theImport.state === 'undoing' || theImport.stoppedIn === 'undoing')
  const typed = fields.text('system').replace(/\s+/g, ' ')
  if (!isCarriedOn && typed.toLowerCase() !== theImport.system.toLowerCase())
    return confirmPage(visit, theImport, [
      { field: 'system', message: `Enter ${theImport.system} to show that this is the import you mean` },
    ])
  await askFor(tx, theImport.id, 'undoing')
  await audit(tx, actor, clock.now(), { action: 'import-undo-begun', subject: { type: 'import', id: theImport.id } })
  await enqueue(tx, 'undo-import', { importId: theImport.id, userId: actor.userId }, { key: jobKey(theImport.id) })
  return redirect(paths.imports.show(theImport.id))
}

async function confirmPage(visit: Visit, theImport: Import, errors: readonly FieldError[]): Promise<Answer> {
  const forecast = await forecastUndo(visit.tx, theImport.id)
  const stay = await whoStayed(visit.tx, forecast.kept)
  return page(
    `Undo the import – import from ${theImport.system}`,
    <>
      {errorSummaryFor(errors)}
      <span class="govuk-caption-l">Import from {theImport.system}</span>
      <h1 class="govuk-heading-l">Undo this import?</h1>
      <WarningText
        text={`${counted(forecast.people, 'person', 'people')}, ${counted(forecast.cases, 'case')} and ${counted(forecast.notes, 'case note')} will no longer be found or read by anybody.`}
        iconFallbackText="Warning"
      />
      <p class="govuk-body">
        Nothing is deleted: the rows stay in the database with their audit, out of everybody’s sight. The same files can be taken over again
        afterwards, as new records with new client ids. Undoing itself cannot be undone.
      </p>
      {forecast.notesElsewhere > 0 ? (
        <p class="govuk-body">
          {counted(forecast.notesElsewhere, 'case note')} that it added to cases of another import stay with those cases.
        </p>
      ) : null}
      <KeptList
        title={`${counted(forecast.kept.length, 'person stays', 'people stay')}, because somebody has worked with them since`}
        kept={stay}
        hidden={forecast.kept.length - stay.length}
      />
      <Form action={paths.imports.undo(theImport.id)} {...visit.form}>
        <Input
          name="system"
          label={{ text: `To go on, enter the name of the old system: ${theImport.system}`, classes: 'govuk-label--s' }}
          classes="govuk-!-width-one-half"
          value={visit.fields.typed('system')}
          errorMessage={errorFor(errors, 'system')}
          autocomplete="off"
        />
        <div class="govuk-button-group">
          {Button({ text: 'Undo the import', classes: 'govuk-button--warning', preventDoubleClick: true })}
          <a class="govuk-link" href={paths.imports.show(theImport.id)}>
            Keep it
          </a>
        </div>
      </Form>
    </>,
    { section: 'imports', hasErrors: errors.length > 0 },
  )
}
