import type { VNode } from 'preact'
import { paths } from '../../paths.ts'
import type { Visit } from '../../platform/web/routes.ts'
import { AlertBar, Button, Facts, Form } from '../../ui/index.ts'
import { fileKindWords, type Import } from '../import.ts'
import { count, timeLeft } from './words.tsx'

/** The page asks for itself again this often while a job is at work. */
export const refreshSeconds = 3
/** After so long without a word a job has most likely been killed; carrying on is offered. */
const silence = 90_000

const titles: { [state in Import['state']]?: string } = {
  checking: 'The files are being checked',
  running: 'The caseload is being taken over',
  undoing: 'The import is being undone',
}

/** How far the work has come, how quick it is, how long it still takes. The page can be left: the work goes on. */
export function Progress({
  theImport,
  now,
  isStill,
  form,
}: {
  theImport: Import
  now: Date
  isStill: boolean
  form: Visit['form']
}): VNode {
  const { progress, id, state } = theImport
  const { done = 0, of = 0, rows = 0 } = progress
  const began = progress.startedAt ? new Date(progress.startedAt) : null
  const spoke = progress.at ? new Date(progress.at) : null
  const seconds = began && spoke ? (spoke.getTime() - began.getTime()) / 1000 : 0
  const share = of > 0 ? Math.min(1, done / of) : 0
  const isSilent = (spoke ?? theImport.createdAt).getTime() < now.getTime() - silence
  const what = progress.what === 'records' ? 'people' : progress.what ? fileKindWords[progress.what].title.toLowerCase() : ''
  return (
    <>
      <h2 class="govuk-heading-m" id="progress-title">
        {titles[state]}
      </h2>
      <progress class="ly-progress" max={100} value={Math.floor(share * 100)} aria-labelledby="progress-title">
        {Math.floor(share * 100)}%
      </progress>
      <Facts
        items={[
          { label: 'So far', value: began ? `${Math.floor(share * 100)}%${what ? `, at the ${what}` : ''}` : 'Waiting to begin' },
          rows > 0 && {
            label: progress.what === 'records' ? 'People' : 'Rows',
            value: count(rows),
            second: seconds > 1 ? `${count(Math.round(rows / seconds))} a second` : undefined,
          },
          share > 0.02 && share < 1 && seconds > 2 && { label: 'Time left', value: timeLeft((seconds * (1 - share)) / share) },
        ]}
      />
      {isSilent ? (
        <>
          <AlertBar kind="warning" title="Nothing has been heard of it for a while.">
            It is tried again by itself. If that does not help, carry on from here: nothing is done twice.
          </AlertBar>
          <Form
            action={state === 'running' ? paths.imports.run(id) : state === 'undoing' ? paths.imports.undo(id) : paths.imports.check(id)}
            {...form}
          >
            <input type="hidden" name="carry-on" value="yes" />
            {Button({ text: 'Carry on', classes: 'govuk-button--secondary', preventDoubleClick: true })}
          </Form>
        </>
      ) : null}
      <p class="govuk-body">
        You can leave this page; the work goes on.{' '}
        {isStill ? (
          <a class="govuk-link" href={paths.imports.show(id)}>
            Keep this page up to date
          </a>
        ) : (
          <>
            The page brings itself up to date every {refreshSeconds} seconds.{' '}
            <a class="govuk-link" href={`${paths.imports.show(id)}?still=yes`}>
              Stop that
            </a>
          </>
        )}
      </p>
    </>
  )
}
