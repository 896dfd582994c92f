import type { VNode } from 'preact'
import { paths } from '../paths.ts'
import type { Visit } from '../platform/web/routes.ts'
import { SidePanel } from '../ui/index.ts'
import { auditItems } from './change-items.ts'
import { dayInWords } from './frame.tsx'
import { meetingsOfPerson } from './our-records.ts'

/**
 * On a record, where this person is talked about: for those who read both and whose agency has linked them. Not printed: a sheet of the record goes to
 * others than they.
 */
export async function MeetingsOfPerson({ tx, actor, clock }: Visit, personId: string): Promise<VNode | null> {
  const meetings = await meetingsOfPerson(tx, personId)
  if (meetings.length === 0) return null
  await auditItems(
    tx,
    actor,
    clock.now(),
    'meeting-item-shown-on-record',
    meetings.map(one => ({ id: one.itemId })),
  )
  return (
    <div class="ly-no-print">
      <SidePanel id="meetings" title="Talked about at meetings">
        <ul class="ly-list">
          {meetings.map(one => (
            <li key={one.itemId}>
              <a class="govuk-link" href={paths.meetings.item(one.itemId)}>
                {one.meetingAt ? `${one.seriesName}, ${dayInWords(one.meetingAt)}` : one.seriesName}
              </a>
              <span class="ly-second">Case {one.reference}</span>
            </li>
          ))}
        </ul>
      </SidePanel>
    </div>
  )
}
