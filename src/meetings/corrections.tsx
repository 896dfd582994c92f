import type { VNode } from 'preact'
import { type ComparedQuestion, compareQuestions, type Filled, validate, workOut } from '../forms/index.ts'
import { formatInstant } from '../platform/clock.ts'
import type { Visit } from '../platform/web/routes.ts'
import { Details, SideBySide } from '../ui/index.ts'
import { formToRead, inOne, sectionOfRow, surroundings } from './answers.ts'
import { type Revision, revisionsOfReferral } from './correct-referral.ts'
import type { OfItem } from './frame.tsx'

/** What was changed at once in a referral that had been sent, by whom and when. */
type Correction = { at: Date; by: string; changed: readonly ComparedQuestion[] }
/** Every correction, the latest first, and what of the referral does not fit together since. */
type Corrected = { corrections: readonly Correction[]; unfit: readonly string[] }

/** As far as the reader sees what was corrected. */
export async function correctionsOf({ tx, clock }: Visit, { item, kind }: Pick<OfItem, 'item' | 'kind'>): Promise<Corrected> {
  const sentAt = item.referredAt?.getTime()
  if (!item.correctedAt || sentAt === undefined) return { corrections: [], unfit: [] }
  const revisions = await revisionsOfReferral(tx, kind, item.id)
  const form = formToRead(kind.referral)
  const around = surroundings(clock.now())
  const seen = new Set(revisions.map(one => sectionOfRow(one.section)))
  const sides = (filled: Filled) => ({ heading: '', form, filled })
  const later = revisions.filter(one => one.savedAt.getTime() > sentAt)
  const corrections = [...Map.groupBy(later, one => one.savedAt.getTime())].reverse().flatMap(([at, [first]]) => {
    const before = sides(asOf(revisions.filter(one => one.savedAt.getTime() < at)))
    const after = sides(asOf(revisions.filter(one => one.savedAt.getTime() <= at)))
    const changed = compareQuestions(before, after, around, seen)
      .filter(one => seen.has(one.section) && one.before !== one.after)
      .map(one => ({ ...one, section: form.questions.get(one.code)!.section.title }))
    return changed.length > 0 ? [{ at: first!.savedAt, by: first!.savedBy, changed }] : []
  })
  const now = asOf(revisions)
  const wrong = validate(form, now, around, 'complete', workOut(form, now.answers, around, seen)).filter(one => seen.has(one.section))
  return { corrections, unfit: wrong.map(one => one.message) }
}

/** A whole form out of the revisions of its sections: a later one in place of an earlier. */
const asOf = (revisions: readonly Revision[]): Filled => inOne([...new Map(revisions.map(one => [one.section, one])).values()])

/** The same as a page: in plain sight while it is to be triaged, folded up afterwards. */
export function Corrections({ of: { corrections, unfit }, isOpen }: { of: Corrected; isOpen: boolean }): VNode | null {
  if (corrections.length === 0) return null
  const tables = corrections.map(one => (
    <div key={one.at.getTime()}>
      {SideBySide({
        caption: `${one.by}, ${formatInstant(one.at)}`,
        before: 'Before',
        after: 'After',
        rows: one.changed.map(({ section, label, before, after }) => ({
          // Several sections ask for a surname.
          label: section === label ? label : `${section}: ${label}`,
          before,
          after,
        })),
        onlyChanges: true,
      })}
    </div>
  ))
  if (!isOpen) return <Details summaryText="What was corrected after it was sent">{tables}</Details>
  return (
    <section aria-labelledby="corrections">
      <h2 class="govuk-heading-m" id="corrections">
        Corrected since it was sent
      </h2>
      {unfit.length > 0 ? (
        <>
          <p class="govuk-body">Since then the referral does not fit together:</p>
          <ul class="govuk-list govuk-list--bullet">
            {unfit.map(one => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        </>
      ) : null}
      {tables}
    </section>
  )
}
