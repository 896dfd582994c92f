import type { VNode } from 'preact'
import { paths } from '../paths.ts'
import { Facts, SidePanel } from '../ui/index.ts'
import { dayInWords, type OfItem } from './frame.tsx'
import type { Item } from './meeting.ts'

/** Who referred it, when and why. The earlier case is a link for whoever finds it there: it may have been closed to the others. */
export function AboutItem({ of: { item, kind }, earlier, outcome }: { of: OfItem; earlier: Item | undefined; outcome: string }): VNode {
  const labels = new Map(
    kind.referral.pages
      .flatMap(page => page.sections.flatMap(section => section.questions))
      .flatMap(question =>
        question.type === 'choices' && Array.isArray(question.options) && question.code === kind.criterion
          ? question.options.map((one): [string, string] => [one.code, one.label])
          : [],
      ),
  )
  return (
    <SidePanel id="about" title="This case">
      <Facts
        items={[
          { label: 'Referred by', value: `${item.referredByName}, ${item.referringAgency}` },
          item.referredAt ? { label: 'On', value: dayInWords(item.referredAt) } : null,
          item.score === null ? null : { label: 'Checklist', value: `${item.score}${item.band ? `, ${item.band}` : ''}` },
          item.criteria.length > 0 ? { label: 'Because', value: item.criteria.map(one => labels.get(one) ?? one).join('; ') } : null,
          item.endedAs ? { label: 'What came of it', value: outcome } : null,
          item.isRepeat
            ? {
                label: 'Heard before',
                value: earlier ? (
                  <a class="govuk-link" href={paths.meetings.item(earlier.id)}>
                    The earlier case
                  </a>
                ) : (
                  'Yes'
                ),
              }
            : null,
        ]}
      />
    </SidePanel>
  )
}
