import type { VNode } from 'preact'
import { InsetText, WarningText } from '../ui/index.ts'
import type { OfItem } from './frame.tsx'
import { type Party, partyName } from './meeting.ts'
import { whoStays } from './parties.ts'
import type { NewParty } from './referral.ts'

/** Of whom a draft was begun from their record, who are still named in it, and who are not: those are not in what is sent. */
export function linkedIn({ parties }: Pick<OfItem, 'parties'>, named: readonly NewParty[]): { stay: Party[]; gone: Party[] } {
  const linked = parties.filter(one => one.records.length > 0)
  const ids = whoStays(parties, named)
  return { stay: linked.filter(one => ids.has(one.id)), gone: linked.filter(one => !ids.has(one.id)) }
}

/** Before a referral is sent: whose record it is linked to, and whose it is no longer, as what is typed now is of somebody else. */
export function LinkedInDraft({ stay, gone }: ReturnType<typeof linkedIn>): VNode {
  return (
    <>
      {stay.map(one =>
        InsetText({
          text: (
            <>
              <bdi>{partyName(one)}</bdi> is linked to their record. From whom they are kept on it, this case is kept too.
            </>
          ),
        }),
      )}
      {gone.map(one =>
        WarningText({
          text: (
            <>
              The referral no longer names <bdi>{partyName(one)}</bdi>, from whose record it was begun: by name or date of birth it is
              somebody else. It will not be linked to that record, and who is kept from the record is not kept from this case by it.
            </>
          ),
          iconFallbackText: 'Warning',
        }),
      )}
    </>
  )
}
