import type { VNode } from 'preact'
import type { Routes, Visit } from '../../platform/web/routes.ts'
import { errorFor, Radios, Select, Textarea } from '../../ui/index.ts'
import { type ActionFieldsProps, actionRoutes } from '../action-page.tsx'
import type { CasesParts } from '../case-frame.tsx'
import { coWorkersFor } from '../directory.ts'
import { readerOf } from '../read-fields.ts'
import { addCoWorker, type CoWorker, coWorkersOf, endCoWorker } from './co-workers.ts'

type Candidate = Awaited<ReturnType<typeof coWorkersFor>>[number]
type Addition = { candidate: Candidate; reason: string }
type Ending = { coWorker: CoWorker; reason: string }

/** Who works with a case beside its worker: adding somebody, and ending it. */
export function coWorkerRoutes(routes: Routes, parts: CasesParts): void {
  actionRoutes<{ candidates: readonly Candidate[] }, Addition, 'not-now' | 'cannot'>(routes, parts, {
    name: 'co-workers/new',
    notOfEpisodes: true,
    may: 'manage-allocation',
    moves: ['co-worker-added'],
    title: 'Add a co-worker',
    button: 'Add the co-worker',
    look: async ({ tx }, theCase) => ({ candidates: await coWorkersFor(tx, theCase.id) }),
    Fields: AddFields,
    read: (fields, { candidates }) => {
      const read = readerOf(fields)
      const candidate = candidates.find(one => one.userId === fields.text('co-worker'))
      if (!candidate) read.refuse('co-worker', 'Select who works with it too')
      const reason = read.needed('reason', 'Reason', 'Enter what they do', 1_000)
      return read.errors.length > 0 || !candidate ? { errors: read.errors } : { candidate, reason }
    },
    inWords: wish => [
      { label: 'Co-worker', value: wish.candidate.name },
      { label: 'What they do', value: wish.reason },
    ],
    act: ({ tx, actor, clock }, theCase, { candidate, reason }) =>
      addCoWorker(tx, actor, clock.now(), theCase, { userId: candidate.userId, reason }),
    refusals: {
      'not-now': { field: 'co-worker', message: 'The case has been closed, or they have it already' },
      cannot: { field: 'co-worker', message: 'They cannot be given this case. Choose somebody else' },
    },
    done: wish => `${wish.candidate.name} works with the case too`,
  })

  actionRoutes<{ now: readonly CoWorker[] }, Ending, 'not-now'>(routes, parts, {
    name: 'co-workers/end',
    notOfEpisodes: true,
    may: 'manage-allocation',
    moves: ['co-worker-ended'],
    isOffered: async ({ tx }: Visit, theCase) => (await coWorkersOf(tx, theCase.id)).some(one => one.toOn === null),
    title: 'End a co-worker',
    button: 'End their work on the case',
    look: async ({ tx }, theCase) => ({ now: (await coWorkersOf(tx, theCase.id)).filter(one => one.toOn === null) }),
    Fields: EndFields,
    read: (fields, { now }) => {
      const read = readerOf(fields)
      const coWorker = now.find(one => one.userId === fields.text('co-worker'))
      if (!coWorker) read.refuse('co-worker', 'Select who no longer works with it')
      const reason = read.needed('reason', 'Reason', 'Enter why it ends', 1_000)
      return read.errors.length > 0 || !coWorker ? { errors: read.errors } : { coWorker, reason }
    },
    inWords: wish => [{ label: 'No longer works with it', value: `${wish.coWorker.name}: ${wish.reason}` }],
    act: ({ tx, actor, clock }, theCase, { coWorker, reason }) => endCoWorker(tx, actor, clock.now(), theCase, coWorker, reason),
    refusals: { 'not-now': { field: 'co-worker', message: 'The case has been closed' } },
    done: wish => `${wish.coWorker.name} no longer works with the case`,
  })
}

function AddFields({ theCase, known, typed, errors }: ActionFieldsProps<{ candidates: readonly Candidate[] }>): VNode {
  return (
    <>
      <p class="govuk-body">
        {theCase.workerName ? `${theCase.workerName} keeps the case. ` : ''}A co-worker reads and changes all of it, also where it is
        restricted, until you end that.
      </p>
      <Select
        name="co-worker"
        label={{ text: 'Who works with it too?', classes: 'govuk-label--s' }}
        hint={
          known.candidates.length
            ? `Everybody who records for ${theCase.agencyName}. Another agency is let in by sharing`
            : 'There is nobody else who could'
        }
        errorMessage={errorFor(errors, 'co-worker')}
        value={typed.text('co-worker')}
        items={[
          { value: '', text: 'Choose somebody' },
          ...known.candidates.map(one => ({ value: one.userId, text: [one.name, one.jobTitle, one.teamName].filter(Boolean).join(', ') })),
        ]}
      />
      <Textarea
        name="reason"
        rows={3}
        label={{ text: 'What do they do?', classes: 'govuk-label--s' }}
        value={typed.typed('reason')}
        errorMessage={errorFor(errors, 'reason')}
      />
    </>
  )
}

function EndFields({ known, typed, errors }: ActionFieldsProps<{ now: readonly CoWorker[] }>): VNode {
  return (
    <>
      <Radios
        name="co-worker"
        fieldset={{ legend: { text: 'Who no longer works with it?', classes: 'govuk-fieldset__legend--s' } }}
        errorMessage={errorFor(errors, 'co-worker')}
        value={typed.text('co-worker') || (known.now.length === 1 ? (known.now[0]?.userId ?? '') : '')}
        items={known.now.map(one => ({ value: one.userId, text: one.name, hint: { text: one.reason } }))}
      />
      <p class="govuk-body">What let them read it as a co-worker ends at once. They still see what their team sees.</p>
      <Textarea
        name="reason"
        rows={3}
        label={{ text: 'Why?', classes: 'govuk-label--s' }}
        value={typed.typed('reason')}
        errorMessage={errorFor(errors, 'reason')}
      />
    </>
  )
}
