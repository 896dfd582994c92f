import type { PlainDate } from '../platform/plain-date.ts'
import type { OpenTo } from './group.ts'

/** What is taught, module by module, in order: in groups or one to one. It names nobody. */
export type Programme = {
  id: string
  name: string
  about: string
  serviceArea: string
  serviceName: string
  teamId: string
  teamName: string
  agencyName: string
  openTo: OpenTo
  version: number
  withdrawnAt: Date | null
  /** Whether the actor may change it. */
  mayRun: boolean
}

export type Module = { id: string; position: number; title: string; about: string; isNeeded: boolean; withdrawnAt: Date | null }

/** Somebody's way through a programme. */
export type Course = {
  id: string
  programmeId: string
  programmeName: string
  /** Whether the actor may see the programme: otherwise they see none of its modules, and cannot say what is still needed. */
  isOpen: boolean
  /** Whose programme it is, as a certificate names it. */
  agencyName: string
  caseId: string
  personId: string
  status: 'going' | 'completed' | 'left'
  beganOn: PlainDate
  endedOn: PlainDate | null
  endedWords: string
  mayEdit: boolean
}

export type How = 'in-session' | 'one-to-one' | 'elsewhere'
export const howWords: Record<How, string> = { 'in-session': 'In a session', 'one-to-one': 'One to one', elsewhere: 'Somewhere else' }

/** A module as it stands for one person. */
export type ModuleOfCourse = Module & { done: { id: string; on: PlainDate; how: How; words: string; by: string } | null }

export type Progress = { done: number; of: number; missing: readonly ModuleOfCourse[] }

/**
 * How far somebody has come: of the modules that stand, and of those that were withdrawn only what they had done already. The programme is
 * complete when no needed one is missing.
 */
export function progressOf(modules: readonly ModuleOfCourse[]): Progress {
  const theirs = modulesThatCount(modules)
  return {
    done: theirs.filter(one => one.done).length,
    of: theirs.length,
    missing: theirs.filter(one => one.isNeeded && !one.done),
  }
}

export const modulesThatCount = (modules: readonly ModuleOfCourse[]): ModuleOfCourse[] =>
  modules.filter(one => one.done || !one.withdrawnAt)

/** '3 of 8 modules' */
export const progressInWords = ({ done, of }: Pick<Progress, 'done' | 'of'>): string =>
  `${done} of ${of} ${of === 1 ? 'module' : 'modules'}`
