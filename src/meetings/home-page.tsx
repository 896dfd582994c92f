import { paths } from '../paths.ts'
import { londonDate } from '../platform/clock.ts'
import { type Answer, page } from '../platform/web/answer.ts'
import type { Visit } from '../platform/web/routes.ts'
import { DataTable, Due, PageTitle } from '../ui/index.ts'
import { ownActions } from './actions.ts'
import { ActionTable, namesOf } from './actions-page.tsx'
import { auditItems } from './change-items.ts'
import { FlagsWanted } from './flag-records.tsx'
import { flagsWanted } from './flags.ts'
import { dayFromHere, ItemName, itemLine, itemLink, itemTag, type MeetingParts, peopleLine, surnames, whenInWords } from './frame.tsx'
import { agendaOf, ownReferrals, partiesOf, waitingItems } from './items.queries.ts'
import { kindOf, type MeetingKind, researchForm } from './kind.ts'
import type { Item, Meeting, Series } from './meeting.ts'
import { type Research, researchWanted } from './research.ts'
import { allSeries, comingOf, findMeeting, minutesOwedOf, takesPart } from './series.queries.ts'
import { Referring, type Standing, toRun, WaitsForYou, YourMeetings } from './your-meetings.tsx'

/** What meetings need from the reader, and by when: the first page of somebody who is here for a meeting alone. */
export async function meetingsHome(visit: Visit, { kinds, besides }: MeetingParts): Promise<Answer> {
  const { tx, actor, clock } = visit
  const series = await allSeries(tx, actor)
  const wanted = await researchWanted(tx, actor)
  const referrals = await ownReferrals(tx, actor)
  const actions = await ownActions(tx, actor)
  const asked: { meeting: Meeting; series: Series; items: Item[]; wanted: Research[] }[] = []
  for (const meetingId of [...new Set(wanted.map(one => one.meetingId))]) {
    const meeting = await findMeeting(tx, meetingId)
    const of = series.find(one => one.id === meeting?.seriesId)
    if (meeting && of)
      asked.push({
        meeting,
        series: of,
        items: await agendaOf(tx, actor, meetingId),
        wanted: wanted.filter(one => one.meetingId === meetingId),
      })
  }
  asked.sort((one, other) => one.meeting.startsAt.getTime() - other.meeting.startsAt.getTime())
  const toFlag = await flagsWanted(tx, actor, clock.now(), kinds, series)
  const shown = asked.flatMap(one => one.items.filter(item => one.wanted.some(each => each.itemId === item.id)))
  const parties = await partiesOf(
    tx,
    [...shown, ...referrals].map(one => one.id),
  )
  await auditItems(tx, actor, clock.now(), 'meeting-agenda-read', [
    ...shown,
    ...referrals,
    ...actions.map(one => ({ id: one.itemId })),
    ...toFlag.map(one => one.item),
  ])
  const mine = series.filter(takesPart)
  const stand = new Map<string, Standing>()
  for (const one of mine) {
    const [next] = await comingOf(tx, one.id)
    const waits = one.runs ? toRun(one.id, (await waitingItems(tx, actor, one.id)).length, await minutesOwedOf(tx, one.id)) : []
    stand.set(one.id, { next, waits })
  }
  const hasToRun = [...stand.values()].some(one => one.waits.length > 0)
  const body = (
    <>
      {PageTitle({ title: 'Meetings' })}
      <WaitsForYou mine={mine} stand={stand} />
      {asked.map(({ meeting, series: of, items, wanted: these }) => {
        const kind = kindOf(kinds, of.kind)
        return (
          <DataTable
            key={meeting.id}
            caption={`What we need from you for ${dayFromHere(meeting.startsAt, londonDate(clock.now()))}${asked.length > 1 ? `: ${of.name}` : ''}`}
            rows={these}
            keyOf={one => one.id}
            columns={[
              {
                heading: 'What',
                rowHeader: true,
                cell: one => (
                  <a class="govuk-link" href={paths.meetings.research(one.itemId, one.id)}>
                    {researchForm(kind, one.category).title}:{' '}
                    <ItemName
                      reference={items.find(item => item.id === one.itemId)?.reference ?? ''}
                      names={surnames(kind, parties.get(one.itemId) ?? [])}
                    />
                  </a>
                ),
                second: one => <bdi>{peopleLine(kind, parties.get(one.itemId) ?? [])}</bdi>,
              },
              { heading: 'Meeting', cell: () => of.name, second: () => whenInWords(meeting.startsAt) },
              { heading: 'Wanted', cell: one => <Due date={one.dueOn} today={londonDate(clock.now())} /> },
            ]}
          />
        )
      })}
      {asked.length === 0 && actions.length === 0 && toFlag.length === 0 && !hasToRun && mine.length > 0 ? (
        <p class="govuk-body">Nothing is wanted from you now.</p>
      ) : null}
      {actions.length > 0 ? (
        <ActionTable caption="Your actions" actions={actions} names={await namesOf(tx, kinds, actions)} now={clock.now()} />
      ) : null}
      <FlagsWanted wanted={toFlag} />
      {mine.length > 0 || actions.length > 0 ? (
        <p class="govuk-body">
          <a class="govuk-link" href={paths.meetings.actions}>
            All actions of meetings
          </a>
        </p>
      ) : null}
      {mine.length > 0 ? <YourMeetings mine={mine} stand={stand} /> : null}
      <Referring visit={visit} series={series} />
      {referrals.length > 0 ? (
        <DataTable
          caption="Your referrals"
          rows={referrals}
          keyOf={one => one.id}
          columns={[
            {
              heading: 'Case',
              rowHeader: true,
              cell: one =>
                itemLink(
                  one,
                  surnames(kindOf(kinds, series.find(each => each.id === one.seriesId)?.kind ?? ''), parties.get(one.id) ?? []),
                ),
              second: one => (
                <bdi>{peopleLine(kindOf(kinds, series.find(each => each.id === one.seriesId)?.kind ?? ''), parties.get(one.id) ?? [])}</bdi>
              ),
            },
            {
              heading: 'Meeting',
              cell: one => series.find(each => each.id === one.seriesId)?.name ?? '',
              second: one => itemLine(one, kindOf(kinds, series.find(each => each.id === one.seriesId)?.kind ?? '')),
            },
            { heading: 'Where it stands', cell: itemTag },
          ]}
        />
      ) : null}
      {besides ? await besides(visit) : null}
      {actor.administers.includes(0) ? (
        <p class="govuk-body">
          <a class="govuk-link" href={paths.meetings.setUp}>
            Set up a meeting
          </a>
          {series.map(one => (
            <span key={one.id}>
              {' · '}
              <a class="govuk-link" href={paths.meetings.editSeries(one.id)}>
                Change {one.name}
              </a>
            </span>
          ))}
        </p>
      ) : null}
    </>
  )
  const shows = new Set([...asked.map(one => one.series.kind), ...actions.map(one => one.meets.kind), ...kindsOf(series, referrals)])
  const classification = classifiedAs([...shows].map(code => kindOf(kinds, code)))
  return page('Meetings', body, { section: 'meetings', ...(classification ? { classification } : {}) })
}

const kindsOf = (series: readonly Series[], items: readonly Item[]): string[] =>
  series.filter(one => items.some(item => item.seriesId === one.id)).map(one => one.kind)

/** Over a page that shows several kinds of meeting stands what each of them says: 'OFFICIAL-SENSITIVE · MARAC members only · MDT members only'. */
const classifiedAs = (shown: readonly MeetingKind[]): string =>
  [...new Set(shown.flatMap(one => one.classification.split(' · ')))].join(' · ')
