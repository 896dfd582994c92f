import type { VNode } from 'preact'
import { paths } from '../../paths.ts'
import { formatDate, type PlainDate } from '../../platform/plain-date.ts'
import type { Fields } from '../../platform/web/fields.ts'
import type { Routes } from '../../platform/web/routes.ts'
import { errorFor, type FieldError, Radios, Select, Textarea } from '../../ui/index.ts'
import { type ActionFieldsProps, actionRoutes } from '../action-page.tsx'
import type { CasesParts } from '../case-frame.tsx'
import { coWorkersOf } from '../co-workers/co-workers.ts'
import { DayInput } from '../day-input.tsx'
import { type TeamChoice, teamsFor, type WorkerChoice, workersFor } from '../directory.ts'
import type { Case } from '../load-case.ts'
import { readerOf } from '../read-fields.ts'
import { allocate, type NewAllocation, type NoAllocation } from './allocate-case.ts'
import { type NewOffer, offerCase } from './offer-case.ts'

/** To give it, or to ask first. */
type Wish = ({ how: 'give' } & NewAllocation) | ({ how: 'offer' } & NewOffer)

type Known = { workers: readonly WorkerChoice[]; teams: readonly TeamChoice[]; coWorkers: ReadonlySet<string> }

/** Choosing who works with a case, and handing it over. */
export function allocateRoutes(routes: Routes, parts: CasesParts): void {
  actionRoutes<Known, Wish, NoAllocation | 'restricted'>(routes, parts, {
    name: 'allocate',
    notOfEpisodes: true,
    may: 'manage-allocation',
    moves: ['worker-allocated', 'team-allocated'],
    title: 'Allocate or hand over',
    button: 'Save',
    look: async ({ tx }, theCase) => ({
      workers: (await workersFor(tx, theCase.teamId, theCase.serviceArea, theCase.id)).filter(worker => worker.userId !== theCase.workerId),
      teams: (await teamsFor(tx, theCase.serviceArea)).filter(
        team => team.teamId !== theCase.teamId || theCase.status === 'accepted' || theCase.workerId !== null,
      ),
      coWorkers: new Set((await coWorkersOf(tx, theCase.id)).filter(one => one.toOn === null).map(one => one.userId)),
    }),
    Fields: AllocateFields,
    read: readAllocation,
    inWords: wish => [
      { label: wish.how === 'offer' ? 'Offered to' : 'To', value: nameOf(wish) },
      ...(wish.how === 'give' ? [{ label: 'From', value: formatDate(wish.fromOn) }] : []),
      { label: 'Why', value: wish.reason || 'Not said' },
    ],
    act: async ({ tx, actor, clock }, theCase, wish) => {
      if (wish.how === 'offer') return offerCase(tx, actor, clock.now(), theCase, wish)
      const done = await allocate(tx, actor, clock.now(), theCase, wish, parts.passing)
      if (done.ok)
        await parts.tellWorker?.(tx, actor, clock.now(), {
          caseId: theCase.id,
          workerId: 'userId' in wish.to ? wish.to.userId : null,
          formerWorkerId: theCase.workerId,
        })
      return done
    },
    refusals: {
      'not-now': { field: 'to', message: 'The case cannot be allocated now' },
      restricted: {
        field: 'to',
        message: 'A restricted case cannot be offered: they could not read it before they answer. Give it to them',
      },
      'may-not-record': { field: 'worker', message: 'They do not record in this team. Choose somebody else' },
      withheld: { field: 'worker', message: 'They cannot be given this case. Choose somebody else' },
      'has-it-already': { field: 'to', message: 'They have the case already' },
    },
    done: wish => (wish.how === 'offer' ? `Offered to ${nameOf(wish)}` : `Allocated to ${nameOf(wish)} from ${formatDate(wish.fromOn)}`),
    // Whoever hands it to another team may no longer see it.
    leadsTo: (theCase, wish) =>
      wish.how === 'offer' || wish.to.teamId === theCase.teamId ? paths.cases.show(theCase.id) : paths.work.mine,
  })
}

const nameOf = ({ to }: Wish): string => ('userId' in to ? to.name : to.teamName)

function readAllocation(
  fields: Fields,
  { workers, teams }: Known,
  { theCase, today }: { theCase: Case; today: PlainDate },
): Wish | { errors: FieldError[] } {
  const read = readerOf(fields)
  const kind = read.choice('to', ['worker', 'offer', 'team'], 'Select whether it goes to a worker or to a team')
  const field = kind === 'offer' ? 'offered' : 'worker'
  const worker = workers.find(one => one.userId === fields.text(field))
  const team = teams.find(one => one.teamId === fields.text('team'))
  if ((kind === 'worker' || kind === 'offer') && !worker) read.refuse(field, 'Select the worker')
  if (kind === 'team' && !team) read.refuse('team', 'Select the team')
  const fromOn =
    kind === 'offer'
      ? today
      : read.day('from', 'Date from which they have it', {
          notBefore: theCase.referredOn,
          notBeforeWords: 'on or after the day of the referral',
          notAfter: today,
        })
  const reason = theCase.workerId
    ? read.needed('reason', 'Reason', 'Enter why the case changes hands', 1_000)
    : read.text('reason', 'Reason', 1_000)
  const handOver = read.text('hand-over', 'Hand-over', 4_000)
  if (read.errors.length > 0 || !fromOn) return { errors: read.errors }
  if (kind === 'offer') return { how: 'offer', to: worker!, reason, handOver }
  return { how: 'give', to: kind === 'worker' ? worker! : team!, fromOn, reason, handOver }
}

function AllocateFields({ theCase, known, typed, errors, today }: ActionFieldsProps<Known>): VNode {
  const error = (field: string) => errorFor(errors, field)
  const chosen = typed.text('to') || 'worker'
  const workerSelect = (name: 'worker' | 'offered') => (
    <Select
      name={name}
      label={name === 'worker' ? 'Worker' : 'Worker to ask'}
      hint={known.workers.length ? 'With how many open cases they have' : 'Nobody else in this team can take a case'}
      errorMessage={error(name)}
      value={typed.text(name)}
      items={[
        { value: '', text: 'Choose a worker' },
        ...known.workers.map(one => ({
          value: one.userId,
          text: `${one.name}${one.jobTitle ? `, ${one.jobTitle}` : ''} – ${one.openCases} open${known.coWorkers.has(one.userId) ? ', co-worker until they take it' : ''}`,
        })),
      ]}
    />
  )
  return (
    <>
      <p class="govuk-body">
        {theCase.workerName
          ? `With ${theCase.workerName} of ${theCase.teamName} now. What they have still to do on it goes with it; so do their appointments on it that are still to come, once it has a worker.`
          : `Waiting in ${theCase.teamName} for a worker.`}
      </p>
      <Radios
        name="to"
        fieldset={{ legend: { text: 'Who takes it?', classes: 'govuk-fieldset__legend--s' } }}
        errorMessage={error('to')}
        value={chosen}
        items={[
          {
            value: 'worker',
            text: `Give it to a worker of ${theCase.teamName}`,
            conditional: {
              text: workerSelect('worker'),
            },
          },
          {
            value: 'offer',
            text: `Offer it to a worker of ${theCase.teamName}`,
            hint: { text: 'They have it from the day on which they accept' },
            conditional: {
              text: workerSelect('offered'),
            },
          },
          {
            value: 'team',
            text: 'A team, to choose a worker there',
            conditional: {
              text: (
                <Select
                  name="team"
                  label="Team"
                  hint="Another team sees the case instead of yours"
                  errorMessage={error('team')}
                  value={typed.text('team')}
                  items={[
                    { value: '', text: 'Choose a team' },
                    ...known.teams.map(team => ({ value: team.teamId, text: `${team.teamName}, ${team.agencyName}` })),
                  ]}
                />
              ),
            },
          },
        ]}
      />
      <DayInput name="from" legend="From when?" typed={typed} errors={errors} start={today} />
      <Textarea
        name="reason"
        rows={3}
        label={{ text: theCase.workerId ? 'Why does it change hands?' : 'Why them? (if it needs saying)', classes: 'govuk-label--s' }}
        value={typed.typed('reason')}
        errorMessage={error('reason')}
      />
      <Textarea
        name="hand-over"
        rows={5}
        label="What must they know?"
        hint="Promises made, what is due, how to reach the person safely"
        value={typed.typed('hand-over')}
        errorMessage={error('hand-over')}
      />
    </>
  )
}
