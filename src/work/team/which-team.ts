import { type TeamChoice, teamChosen, teamsFor } from '../../cases/index.ts'
import { type Actor, may } from '../../platform/actor.ts'
import type { Visit } from '../../platform/web/routes.ts'

/** The teams of one's posts; every team for those who reach everything. What they see there is still decided row by row. */
export async function teamsThatMayBeChosen({ tx, actor }: Pick<Visit, 'tx' | 'actor'>): Promise<readonly TeamChoice[]> {
  const all = await teamsFor(tx, undefined, { desks: true })
  return may(actor, 'commission') ? all : all.filter(team => worksIn(actor, team))
}

const worksIn = (actor: Actor, team: TeamChoice): boolean =>
  actor.posts.some(post => post.teamId === team.teamId && post.serviceArea === team.serviceArea)

/** The team that the address names, or the first of one's own. Undefined for one that is not there, or not theirs to choose. */
export function whichTeam(teams: readonly TeamChoice[], { query }: Pick<Visit, 'query'>): TeamChoice | undefined {
  const named = query.get('team')
  return named ? teamChosen(teams, named) : teams[0]
}

/** Whether somebody has a team whose work there is to see. */
export const hasTeam = (actor: Actor): boolean => may(actor, 'commission') || actor.posts.some(post => post.serviceArea !== null)
