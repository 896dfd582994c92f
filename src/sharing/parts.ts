/** Parts of a case that can be shared on their own: those that have pages of their own to be read on, in the order of those pages. */
export const shareableParts = {
  referral: 'The referral',
  consent: 'Consent',
  risk: 'Risk levels and why',
  flags: 'Flags',
  forms: 'Assessments and forms',
  plan: 'The plan',
  notes: 'Notes',
  appointments: 'Appointments',
  documents: 'Documents and letters',
  groups: 'Groups and programmes',
} as const

export type ShareablePart = keyof typeof shareableParts

/** No row is of it: a share of it shows that there is a case, as every share does, and the person. */
export const personAlone = 'person'

/** All that a case can hold, as the list of what stays hidden names it. */
const otherParts = {
  allocation: 'Who worked with it and when',
  tasks: 'Tasks',
  messages: 'Messages between users',
  reviews: 'Reviews',
  episode: 'The team around the person',
  closure: 'How it was closed',
  supervision: 'Supervision',
  person: 'The person, and nothing of the case',
} as const

export type CasePartName = ShareablePart | keyof typeof otherParts

export const partWords: Readonly<Record<CasePartName, string>> = { ...shareableParts, ...otherParts }

export const isShareable = (part: string): part is ShareablePart => Object.hasOwn(shareableParts, part)

/** 'Notes, Documents and letters'; of all of it, 'All of the case'; of one document its name, as far as whoever looks reads it. */
export function partsInWords(parts: readonly string[] | null, things: readonly Thing[] = []): string {
  if (parts === null) return 'All of the case'
  const known: Readonly<Record<string, string>> = partWords
  return parts.map(part => known[part] ?? things.find(one => one.named === part)?.words ?? 'One document or form').join(', ')
}

/** One document, or one form that was filled in, as a share names it (`documents/<id>`) and in words. */
export type Thing = { named: string; words: string }
