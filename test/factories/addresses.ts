import type { Team } from './world.ts'

/** For `set` of a secret address: kept and read by the team's agency alone. In a test that says who reads it otherwise, through the pages. */
export const keptBy = ({ agency }: Pick<Team, 'agency'>): string =>
  `named_readers = '{${agency.principal}}', kept_by = '{${agency.principal}}'`

/** The same as two values of an `insert` of `named_readers, kept_by`, where `isSecret`. */
export const keepersFor = ({ agency }: Pick<Team, 'agency'>, isSecret = true): string =>
  isSecret ? `'{${agency.principal}}', '{${agency.principal}}'` : 'null, null'
