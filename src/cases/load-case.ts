import { sql } from 'kysely'
import { decidesCase } from '../access/index.ts'
import { formatName } from '../people/index.ts'
import { type Actor, may } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import { isId } from '../platform/id.ts'
import type { PlainDate } from '../platform/plain-date.ts'
import { begin, type CaseEvent, type CaseState, type CaseStatus, stateAfter } from './status.ts'
import { withoutTheWork } from './without-the-work.ts'

/** A case as its pages and actions begin with it. */
export type Case = {
  id: string
  reference: string
  personId: string
  /** 'PENROSE, Jago', as far as the actor may see who it is. */
  personName: string
  serviceArea: string
  serviceName: string
  /** A multi-agency episode: its worker is its co-ordinator, of whichever agency, and its team the desk that keeps it. */
  isEpisode: boolean
  teamId: string
  teamName: string
  teamTelephone: string
  /** Principal of the agency whose case it is. */
  agency: number
  agencyName: string
  workerId: string | null
  workerName: string | null
  workerTelephone: string
  status: CaseStatus
  referredOn: PlainDate
  openedOn: PlainDate | null
  closedOn: PlainDate | null
  restricted: boolean
  /** The version that the page was opened at; posted back, so that what changed since can be shown. */
  version: number
  /** Whether the actor reads all of the case, or only parts that were shared with them. */
  whole: boolean
  mayEdit: boolean
  /** Whether it is theirs: they decide who else sees it. Not somebody with whom it is shared, even to edit. */
  mayDecide: boolean
  /** What its events make of it. For somebody who reads parts alone: what the header says. */
  state: CaseState
}

/** The case if the actor may read any of it. */
export async function findCase(tx: Tx, actor: Actor, caseId: string): Promise<Case | undefined> {
  return isId(caseId) ? load(tx, actor, caseId) : undefined
}

/** The case with its row locked until the transaction ends, if the actor may change it. Whoever changes a case decides after this. */
export async function lockCase(tx: Tx, actor: Actor, caseId: string): Promise<Case | undefined> {
  if (!isId(caseId)) return undefined
  // Under row-level security `for update` answers only rows that may be updated.
  const { rows } = await sql`select id from cases where id = ${caseId} for update`.execute(tx)
  return rows.length === 1 ? load(tx, actor, caseId) : undefined
}

/**
 * Whether the actor reads with whom a case is shared and from whom it is withheld: those whose case it is; of one that is not restricted the commissioners
 * too, who change neither (U2). An emergency opens a restricted record, and not who else reads it (`listsFor` in src/access).
 */
export const readsSharing = (actor: Actor, theCase: Case): boolean =>
  theCase.whole && (theCase.mayDecide || (!theCase.restricted && may(actor, 'commission')))

type Row = Omit<Case, 'state' | 'mayEdit' | 'mayDecide' | 'personName'> & {
  editors: number[]
  decides: boolean
  events: CaseEvent[] | null
  given: string | null
  family: string | null
}

async function load(tx: Tx, actor: Actor, caseId: string): Promise<Case | undefined> {
  const { rows } = await sql<Row>`
    select c.id, c.reference, c.person_id as "personId", p.given_name as given, p.family_name as family, c.service_area as "serviceArea", s.name as "serviceName", s.is_episode as "isEpisode", c.team_id as "teamId", t.name as "teamName",
      t.telephone as "teamTelephone", c.agency, a.name as "agencyName", c.worker_id as "workerId", u.name as "workerName", coalesce(u.telephone, '') as "workerTelephone",
      c.status, c.referred_on as "referredOn", c.opened_on as "openedOn", c.closed_on as "closedOn", c.restricted, c.version, c.editors, ${decidesCase(actor)} as decides,
      exists (select from caseload_entries w where w.case_id = c.id) as whole,
      (select json_agg(json_build_object('kind', e.kind, 'data', e.data, 'occurredOn', e.occurred_on) order by e.position)
        from case_events e where e.case_id = c.id) as events
    from cases c
      join service_areas s on s.code = c.service_area
      join teams t on t.id = c.team_id
      join agencies a on a.principal = c.agency
      left join users u on u.id = c.worker_id
      left join people p on p.id = c.person_id
    where c.id = ${caseId}`.execute(tx)
  const row = rows[0]
  if (!row) return undefined
  const { editors, decides, events, given, family, ...found } = row
  const [rest = found] = found.whole ? [] : await withoutTheWork(tx, actor, [found])
  const mayEdit = editors.some(one => actor.writePrincipals.includes(one))
  return {
    ...rest,
    personName: formatName({ given, family }),
    mayEdit,
    mayDecide: mayEdit && decides,
    state: rest.whole && events ? stateAfter(events) : stateFromHeader(rest),
  }
}

function stateFromHeader(row: Omit<Row, 'editors' | 'decides' | 'events' | 'given' | 'family'>): CaseState {
  const { teamId, serviceArea, referredOn, status, workerId, openedOn, closedOn, restricted, version } = row
  const first = begin({ kind: 'referred', occurredOn: referredOn, data: { teamId, serviceArea } })
  return { ...first, status, workerId, acceptedOn: openedOn, closedOn, restricted, position: version }
}
