import { type OpenCase, openCasesOf, openWith } from '../../../cases/index.ts'
import type { Visit } from '../../../platform/web/routes.ts'
import type { OutsideReferral } from '../inbox.queries.ts'

/** What each of these people has open with the team that the referral came to. */
export async function openHere(
  { tx, actor }: Visit,
  referral: OutsideReferral,
  personIds: readonly string[],
): Promise<ReadonlyMap<string, readonly OpenCase[]>> {
  const open = openWith(await openCasesOf(tx, actor, personIds), referral)
  return Map.groupBy(open, one => one.personId)
}
