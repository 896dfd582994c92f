import { paths } from '../paths.ts'
import { type Answer, notFound, redirect } from '../platform/web/answer.ts'
import type { Visit } from '../platform/web/routes.ts'
import { Form, WarningText } from '../ui/index.ts'
import { openActionsOfSeries } from './actions.ts'
import { endMember } from './change-series.ts'
import { buttons, meetingPage, type OfSeries, seriesLink } from './frame.tsx'
import { tellOfWhoRuns } from './kept-elsewhere.ts'
import { type Member, memberRoleWords } from './meeting.ts'
import { membersOf } from './series.queries.ts'

/** Asks before somebody's part in a meeting ends, and says what closes to them and what is left without anybody. */
export async function endMemberPage(visit: Visit, { series, kind }: OfSeries): Promise<Answer> {
  const members = await membersOf(visit.tx, series.id)
  const member = members.find(one => one.id === visit.params['sitterId'])
  if (!member) return notFound()
  const given = (await openActionsOfSeries(visit.tx, visit.actor, series.id)).filter(one => one.workerId === member.userId).length
  const others = members.filter(one => one.id !== member.id)
  const body = (
    <Form {...visit.form} action={paths.meetings.endMember(series.id, member.id)} classes="ly-form">
      <p class="govuk-body">{whatCloses(member, others)} What they said and did stays.</p>
      {given > 0 ? (
        <p class="govuk-body">
          {given === 1 ? 'An action that was given to them is' : `${given} actions that were given to them are`} still open.
        </p>
      ) : null}
      {member.seatId ? null : <p class="govuk-body">They, all who run the meeting and the authority are told.</p>}
      {leavesNobody(member, others) ? <WarningText text={leavesNobody(member, others)} /> : null}
      {buttons('End their part', paths.meetings.members(series.id))}
    </Form>
  )
  return meetingPage(kind, `End the part of ${member.name}`, body, { context: seriesLink(series), narrow: true })
}

/** By another part of the same side, somebody goes on seeing what they see. */
function whatCloses(member: Member, others: readonly Member[]): string {
  const { name, role, agencyName } = member
  const remaining = others.find(one => one.userId === member.userId && one.seatId === member.seatId)
  if (remaining) return `${name} goes on as ${memberRoleWords[remaining.role].toLowerCase()}, and sees what they see now.`
  return member.seatId
    ? `${name} will at once see no case of this meeting as ${memberRoleWords[role].toLowerCase()} for ${agencyName}.`
    : `${name} will at once see nothing of what those who run the meeting see.`
}

/** Who is missing afterwards, in words; empty where somebody else has the same part. */
function leavesNobody(member: Member, others: readonly Member[]): string {
  const isLeft = others.some(one => one.seatId === member.seatId && (member.seatId !== null || one.role === member.role))
  if (isLeft) return ''
  return member.seatId
    ? `Nobody else sits for ${member.agencyName}: it will not be asked what it knows until somebody does.`
    : `There is no other ${memberRoleWords[member.role].toLowerCase()}: add one first, so that the meeting goes on.`
}

export async function postEndMember(visit: Visit, { series }: OfSeries): Promise<Answer> {
  const { tx, actor, clock, params } = visit
  const ended = await endMember(tx, actor, clock.now(), series, params['sitterId'] ?? '')
  if (ended.ok && ended.value.ran) await tellOfWhoRuns(tx, actor, clock.now(), series.id, [ended.value.userId])
  return ended.ok ? redirect(paths.meetings.members(series.id), { notice: 'Their part has ended.' }) : notFound()
}
