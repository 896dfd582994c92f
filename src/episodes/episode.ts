import type { PlainDate } from '../platform/plain-date.ts'

/** How much somebody in the team around the person sees: nothing by Lanyard, to read, to read and add to. */
export type MemberAccess = 'none' | 'read' | 'add'

export const accessWords: Readonly<Record<MemberAccess, string>> = {
  none: 'Sees nothing of it in Lanyard',
  read: 'Reads it',
  add: 'Reads it and adds to it',
}

/** Somebody in the team around the person. */
export type Member = {
  id: string
  userId: string | null
  name: string
  role: string
  organisation: string
  telephone: string
  email: string
  access: MemberAccess
  familyView: string
  fromOn: PlainDate
  toOn: PlainDate | null
  endedBecause: string
}

/**
 * The parts of an episode that its team reads: all of it but supervision, and lists of work that are for whoever leads it. Shared as parts, so that
 * whoever is in the team never holds the whole episode: deciding about it is its co-ordinator's, and the database's own rules say so.
 */
export const readByTeam = [
  'referral',
  'consent',
  'allocation',
  'risk',
  'flags',
  'forms',
  'plan',
  'notes',
  'appointments',
  'documents',
  'tasks',
  'messages',
  'reviews',
  'episode',
] as const

/** What those who may add write in: the assessment, the plan, notes, documents, appointments, tasks. */
export const addedToByTeam = ['forms', 'plan', 'notes', 'appointments', 'documents', 'tasks', 'messages'] as const
