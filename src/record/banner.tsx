import type { VNode } from 'preact'
import { auditUnlessTold } from '../audit/index.ts'
import { alertsOf, type CaseSummary, type Flag, highestRisk } from '../cases/index.ts'
import { paths } from '../paths.ts'
import { findPerson, formatClientId, type Person, PersonBanner } from '../people/index.ts'
import { today as londonToday } from '../platform/clock.ts'
import { formatDate } from '../platform/plain-date.ts'
import type { Visit } from '../platform/web/routes.ts'
import { DangersAround, type Known, knownAround, needsAround } from '../relationships/index.ts'
import { othersOfTheSame } from '../same-person/index.ts'
import { AlertBar, FlagTag, RiskTag } from '../ui/index.ts'

/** The person's banner for a page of the record, with the dangers that everybody who works with them must know of. Null: not to be seen. */
export async function bannerOf(visit: Visit, personId: string): Promise<VNode | null> {
  const { tx, actor, clock, params, path } = visit
  const person = await findPerson(tx, personId)
  if (!person) return null
  // Who sees the banner has read who somebody is and what endangers them, whatever else the page is for.
  const { caseId } = params
  await auditUnlessTold(tx, actor, clock.now(), {
    action: 'record-page-opened',
    subject: { type: 'page', id: path },
    personId,
    caseId,
  })
  const today = londonToday(clock)
  const [alerts, known, others] = await Promise.all([
    alertsOf(tx, personId),
    knownAround(tx, personId, today),
    othersOfTheSame(tx, personId),
  ])
  return <PersonBanner person={person} today={today} alerts={alertBars(person, alerts, known, others)} moreFacts={needsAround(known)} />
}

/** On the person's own page the banner is the heading, with risk beside the name. */
export function headingBanner(
  visit: Visit,
  person: Person,
  alerts: readonly Flag[],
  known: readonly Known[],
  others: readonly Person[],
  summaries: readonly CaseSummary[],
): VNode {
  const risk = highestRisk(summaries)
  const isRestricted = summaries.some(one => one.restricted && one.closedOn === null)
  return (
    <PersonBanner
      person={person}
      today={londonToday(visit.clock)}
      isHeading
      tags={
        <>
          {risk === 'not-rated' ? null : <RiskTag level={risk} inFull />} {isRestricted ? <FlagTag>Restricted</FlagTag> : null}
        </>
      }
      alerts={alertBars(person, alerts, known, others)}
      moreFacts={needsAround(known)}
    />
  )
}

function alertBars(person: Person, alerts: readonly Flag[], known: readonly Known[], others: readonly Person[]) {
  const bars = alerts.map(alert => (
    <AlertBar
      key={alert.id}
      kind="danger"
      title={`${alert.label}.`}
      link={{
        text: alert.reviewOn ? `Details and review ${formatDate(alert.reviewOn)}` : 'Details',
        href: paths.cases.alert(person.id, alert.id),
      }}
    >
      {alert.note}
    </AlertBar>
  ))
  return [...bars, ...DangersAround({ personId: person.id, known }), others.length > 0 ? groupedBar(person, others) : null]
}

/** That there are other records of the same person, so that nobody reads half of somebody's past (U27). */
function groupedBar(person: Person, others: readonly Person[]): VNode {
  return (
    <AlertBar kind="notice" title="More than one record." link={{ text: 'See them together', href: paths.samePerson.show(person.id) }}>
      {`LY ${others.map(other => formatClientId(other.clientId)).join(', LY ')} ${others.length === 1 ? 'is' : 'are'} of the same person.`}
    </AlertBar>
  )
}
