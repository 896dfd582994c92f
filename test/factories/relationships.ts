import type { NewRelationship } from '../../src/relationships/index.ts'

/** What there is to say of a relationship of which nothing is said but who is what to whom. */
export const nothingMore = {
  kindBack: false,
  legalRoles: [],
  legalRolesBack: [],
  warnings: [],
  warningsBack: [],
  otherName: null,
  otherContact: null,
  from: null,
  to: null,
  note: null,
  oneSided: false,
} satisfies Partial<NewRelationship>
