import { partsKeptFrom, wordsPart } from '../access/index.ts'
import { type Fields, noFields } from '../platform/web/fields.ts'
import type { Visit } from '../platform/web/routes.ts'
import type { FieldError } from '../ui/index.ts'
import type { Entry } from './entries.ts'
import type { Item } from './meeting.ts'

/** What is typed on the chair's page, beside what is wrong with it. */
export type Recording = {
  typed: Fields
  errors: readonly FieldError[]
  /** What somebody else wrote while these words were being typed. */
  changed: readonly Entry['kind'][]
}
export const nothingTyped: Recording = { typed: noFields, errors: [], changed: [] }

/** Whoever runs the meeting writes down what is said, unless an item's free words are kept from them: then somebody else who runs it does. */
export const mayWriteOf = async ({ tx, actor }: Pick<Visit, 'tx' | 'actor'>, item: Item): Promise<boolean> =>
  item.mayEdit && !(await partsKeptFrom(tx, actor, item.id)).includes(wordsPart)
