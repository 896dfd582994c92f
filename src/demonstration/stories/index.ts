import type { Calendar } from '../calendar.ts'
import type { Scene } from '../play.ts'
import { type Story, scenesOf } from '../telling/tale.ts'
import { diary } from './diary.ts'
import { storiesOfDomesticAbuse } from './domestic-abuse.ts'
import { earlyHelpStories } from './early-help/index.ts'
import { chenoweth, tregear } from './episodes.ts'
import { groups } from './groups.ts'
import { storiesOfHousingAndSafety } from './housing-and-safety.ts'
import { penrose, uncle } from './penrose.ts'
import { storiesOfRefugees } from './refugees.ts'
import { team } from './team.ts'
import { storiesOfTreatment } from './treatment.ts'
import { wordings } from './wordings.ts'

/** People whose stories were written by hand: between them they show every state of a case and every way in which it is seen or hidden. */
export const stories: readonly Story[] = [
  wordings,
  penrose,
  uncle,
  team,
  ...earlyHelpStories,
  ...storiesOfDomesticAbuse,
  ...storiesOfTreatment,
  ...storiesOfHousingAndSafety,
  ...storiesOfRefugees,
  tregear,
  chenoweth,
  groups,
  diary,
]

export const scenesOfTheStories = (calendar: Calendar): Scene[] => stories.flatMap(story => scenesOf(story, calendar))
