import { riskWords } from '../../cases/index.ts'
import { paths } from '../../paths.ts'
import type { Actor } from '../../platform/actor.ts'
import { londonDate } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { TextGroup } from '../../text-messages/index.ts'
import { ageBands } from '../ageing.ts'
import { teamsThatMayBeChosen, whichTeam } from '../team/which-team.ts'
import { type ListWithViews, queryToKeep, viewsOf } from '../views/views.ts'
import { caseIdsOf, type Whose } from './caseload.queries.ts'
import { type CaseloadFilters, readCaseload, stages } from './filters.ts'

/**
 * Whoever is on a list of work, narrowed as its address says: one's own cases or a team's. Views that are kept are offered by their names. As
 * any group it is worked out anew each time, so a view may hold others tomorrow.
 */
export const listToText: TextGroup = {
  key: 'list',
  purpose: 'any',
  choices: async (tx, actor) => {
    const views = (await viewsOf(tx, actor, null)).map(({ list, query, name }) => ({
      option: optionOf(list, query),
      title: `View: ${name}`,
    }))
    return views.filter(({ option }) => isTextable(option))
  },
  titleOf: async (tx, actor, option) => {
    const list = await listAt(tx, actor, option)
    return list && [list.title, ...filtersInWords(list.filters)].join(', ')
  },
  members: async (tx, actor, now, option) => {
    const list = await listAt(tx, actor, option)
    if (!list) return []
    const { whose, filters } = list
    const ids = await caseIdsOf(tx, whose, { filters, order: 'due' }, { today: londonDate(now), since: null })
    return ids.map(caseId => ({ caseId }))
  },
}

/** Where a text to the list at this address is written; null for a list that is another with each look. */
export function textToList(list: ListWithViews, query: URLSearchParams): string | null {
  const option = optionOf(list, queryToKeep(query))
  return isTextable(option) ? paths.messages.toGroup(`${listToText.key}|${option}`) : null
}

const optionOf = (list: ListWithViews, query: string): string => `${list}?${query}`

/** What is new hangs on when somebody looked last: whoever is shown would not be who is texted. */
const isTextable = (option: string): boolean => readCaseload(queryOf(option), []).filters.fresh === undefined

const queryOf = (option: string): URLSearchParams => new URLSearchParams(option.slice(option.indexOf('?') + 1))

async function listAt(
  tx: Tx,
  actor: Actor,
  option: string,
): Promise<{ whose: Whose; filters: CaseloadFilters; title: string } | undefined> {
  if (!isTextable(option)) return undefined
  const query = queryOf(option)
  const { filters } = readCaseload(query, [])
  if (option.startsWith('my-work?')) {
    const me = actor.userId ?? ''
    return query.get('as-co-worker') === '1'
      ? { whose: { coWorkerId: me }, filters, title: 'Cases on which I am co-worker' }
      : { whose: { workerId: me }, filters, title: 'My cases' }
  }
  const team = option.startsWith('team?') ? whichTeam(await teamsThatMayBeChosen({ tx, actor }), { query }) : undefined
  return team && { whose: team, filters, title: `Cases of ${team.teamName}, ${team.serviceName}` }
}

const dueWords = { overdue: 'overdue', today: 'due today', week: 'due in a week' } as const
const reviewWords = { due: 'review due', overdue: 'review overdue' } as const

function filtersInWords({ due, risk, stage, without, review, supervision, open, worker }: CaseloadFilters): string[] {
  return [
    due && dueWords[due],
    risk && `risk ${riskWords[risk]}`,
    stage && stages[stage].toLowerCase(),
    without && 'no contact for 14 days',
    review && reviewWords[review],
    supervision && 'supervision overdue',
    open && `open for ${ageBands.find(band => band.key === open)?.words.toLowerCase()}`,
    worker && 'of one worker',
  ].filter(words => words !== undefined)
}
