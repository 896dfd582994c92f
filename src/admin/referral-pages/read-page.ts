import { readerOf, type TeamChoice, teamChosen } from '../../cases/index.ts'
import type { Fields } from '../../platform/web/fields.ts'
import { type Audience, audiences, type PageWords, pageStates } from '../../referrals/index.ts'
import type { FieldError } from '../../ui/index.ts'

/** What an administrator may choose from. */
export type PageChoices = { teams: readonly TeamChoice[]; forms: readonly { code: string; title: string }[] }
type Read = { words: PageWords; serviceArea: string; audience: Audience }

/** How many of something a page says, between these. */
export const numbersOfPage = [
  { name: 'answer-within', field: 'answerWithin', label: 'Working days until it is decided', least: 1, most: 60 },
  { name: 'keep-draft', field: 'keepDraftDays', label: 'Days that a form is kept which was not sent', least: 1, most: 90 },
  { name: 'keep-decided', field: 'keepDecidedDays', label: 'Days that is kept which was declined', least: 1, most: 1_100 },
  { name: 'most', field: 'mostAnHour', label: 'Referrals that are taken in one hour', least: 1, most: 1_000 },
] as const

/** What was posted of a page, or what has to be put right. `known` is what a page that is there already is for. */
export function readPage(
  fields: Fields,
  { teams, forms }: PageChoices,
  known?: { serviceArea: string; audience: Audience },
): Read | { errors: FieldError[] } {
  const read = readerOf(fields)
  const team = teamChosen(teams, fields.text('team'))
  if (!team) read.refuse('team', 'Select the team that reads what is sent')
  const audience = known?.audience ?? read.choice('audience', audiences, 'Select whom the page is for')
  const formCode = fields.text('form')
  if (!forms.some(form => form.code === formCode)) read.refuse('form', 'Select the form that is filled in')
  const name = read.needed('name', 'Name', 'Enter what the page is called in the list', 150)
  const opening = read.needed('opening', 'What it is for', 'Enter what the page is for')
  const privacy = read.needed('privacy', 'Privacy notice', 'Enter what happens with what somebody writes', 8_000)
  const whatNext = read.needed('what-next', 'What happens next', 'Enter what happens once it is sent')
  const state = read.choice('state', pageStates, 'Select whether the page is open')
  const closedWords =
    state === 'closed'
      ? read.needed('closed-words', 'What it says while closed', 'Enter whom to ring while the page is closed')
      : read.text('closed-words', 'What it says while closed')
  const numbers = Object.fromEntries(
    numbersOfPage.map(({ name: box, field, label, least, most }) => {
      const typed = fields.text(box)
      const value = /^\d{1,4}$/.test(typed) ? Number(typed) : Number.NaN
      if (!(value >= least && value <= most)) read.refuse(box, `${label} must be a number from ${least} to ${most.toLocaleString('en-GB')}`)
      return [field, value]
    }),
  ) as Pick<PageWords, (typeof numbersOfPage)[number]['field']>
  if (read.errors.length > 0 || !team || !audience || !state) return { errors: read.errors }
  const words = {
    teamId: team.teamId,
    formCode,
    name,
    opening,
    privacy,
    whatNext,
    closedWords,
    state,
    whole: fields.text('whole') === 'yes',
    ...numbers,
  }
  return { words, serviceArea: team.serviceArea, audience }
}
