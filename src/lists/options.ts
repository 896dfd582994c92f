import type { Tx } from '../platform/db/database.ts'

/** A choice of a list. `code` is permanent, `label` may be put into other words. */
export type Option = { code: string; label: string; archived: boolean }

/** Lists that code asks for. An authority may keep others for its forms. */
export type ListName =
  | 'referral-source'
  | 'decline-reason'
  | 'closure-reason'
  | 'closure-outcome'
  | 'review-outcome'
  | 'flag-kind'
  | 'alert-kind'
  | (string & {})

/**
 * What may be chosen now, in order: the service area's own choices where it has any, else those for every service. Archived ones are
 * left out, except `keep`, so that an old answer can be saved again.
 */
export async function optionsOf(tx: Tx, list: ListName, serviceArea = '', keep = ''): Promise<Option[]> {
  const rows = await tx
    .selectFrom('list_options')
    .select(['code', 'label', 'archived_at', 'service_area'])
    .where('list', '=', list)
    .where('service_area', 'in', serviceArea ? ['', serviceArea] : [''])
    .where(eb => eb.or([eb('archived_at', 'is', null), eb('code', '=', keep)]))
    .orderBy('position')
    .orderBy('label')
    .execute()
  const own = rows.filter(row => row.service_area !== '')
  return (own.length > 0 ? own : rows).map(({ code, label, archived_at }) => ({ code, label, archived: archived_at !== null }))
}

export type KeptOption = Option & { list: string; serviceArea: string; position: number; source: string; verified: boolean }

/** Every choice of every list, or of one, in order, archived ones too: for whoever keeps them. */
export async function keptOptions(tx: Tx, of?: { list: string; serviceArea: string }): Promise<KeptOption[]> {
  let query = tx
    .selectFrom('list_options')
    .select(['list', 'service_area as serviceArea', 'code', 'label', 'position', 'archived_at', 'source', 'verified'])
  if (of) query = query.where('list', '=', of.list).where('service_area', '=', of.serviceArea)
  const rows = await query.orderBy('list').orderBy('service_area').orderBy('position').orderBy('label').execute()
  return rows.map(({ archived_at, ...row }) => ({ ...row, archived: archived_at !== null }))
}

/** Whether a posted code is among the choices. */
export const isOption = (options: readonly Option[], code: string): boolean => options.some(option => option.code === code)

/** Every label of a list by its code, archived ones too. The service area's own words win. */
export async function labelsOf(tx: Tx, list: ListName, serviceArea = ''): Promise<ReadonlyMap<string, string>> {
  const rows = await tx
    .selectFrom('list_options')
    .select(['code', 'label'])
    .where('list', '=', list)
    .where('service_area', 'in', ['', serviceArea])
    .orderBy('service_area')
    .orderBy('position')
    .execute()
  return new Map(rows.map(row => [row.code, row.label]))
}

/** The words of one code; the code itself where the list does not know it, so that nothing recorded disappears. */
export async function labelOf(tx: Tx, list: ListName, code: string, serviceArea = ''): Promise<string> {
  return (await labelsOf(tx, list, serviceArea)).get(code) ?? code
}
