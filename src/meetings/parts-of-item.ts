import type { MeetingKind } from './kind.ts'

/** The part of an item that a section of its referral belongs to: what a withholding can name. */
export const partOf = (kind: MeetingKind, section: string): string => kind.partOfSection[section] ?? 'referral'
