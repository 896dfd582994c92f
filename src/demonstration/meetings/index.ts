import { marac } from './marac.ts'
import { type Loading, tellSeries } from './series.ts'
import { targetGroup } from './target-group.ts'
import { team } from './team.ts'

/** The meetings of several agencies in Porthkerris: what happened first is told first. */
export async function tellMeetings(loading: Loading): Promise<void> {
  for (const series of [targetGroup, team, marac]) await tellSeries(loading, series)
}
