import type { VNode } from 'preact'
import { InstantInput, parseMinutes, readInstant, type Typed } from '../cases/index.ts'
import { errorFor, type FieldError, Input, Select } from '../ui/index.ts'
import type { OwnTeam } from './own-teams.ts'

const words = { date: 'Date', time: 'Time it began' }

type Props = { typed: Typed; errors: readonly FieldError[]; teams: readonly OwnTeam[] }

/** When it was, how long, and for which of the reader's teams: of drop-ins and outreach. */
export function WhenAndForWhom({ typed, errors, teams }: Props): VNode {
  return (
    <>
      <InstantInput name="happened" words={words} typed={typed} errors={errors} />
      {Input({
        name: 'minutes',
        label: 'How long it took (optional)',
        hint: 'For example, 20 or 1:30',
        classes: 'govuk-input--width-5',
        value: typed.typed('minutes'),
        errorMessage: errorFor(errors, 'minutes'),
      })}
      {teams.length > 1
        ? Select({
            name: 'team',
            label: 'For which team',
            value: typed.text('team'),
            items: teams.map(team => ({ value: String(team.principal), text: team.name })),
            errorMessage: errorFor(errors, 'team'),
          })
        : null}
    </>
  )
}

export function readWhenAndForWhom(
  typed: Typed,
  teams: readonly OwnTeam[],
  now: Date,
  errors: FieldError[],
): { happenedAt: Date | undefined; minutes: number | null; team: number | undefined } {
  const happenedAt = readInstant(typed, 'happened', words, errors)
  if (happenedAt && happenedAt.getTime() > now.getTime() + 5 * 60_000)
    errors.push({ field: 'happened-day', message: 'Date and time it began must be in the past' })
  if (happenedAt && happenedAt < new Date('1900-01-01')) errors.push({ field: 'happened-year', message: 'Date must be after 1900' })
  const text = typed.text('minutes')
  const minutes = text ? parseMinutes(text) : null
  if (minutes === undefined) errors.push({ field: 'minutes', message: 'How long it took must be a time, like 20 or 1:30' })
  const team = teams.find(one => String(one.principal) === typed.text('team')) ?? (teams.length === 1 ? teams[0] : undefined)
  if (!team) errors.push({ field: 'team', message: 'Select for which team it was' })
  return { happenedAt, minutes: minutes ?? null, team: team?.principal }
}
