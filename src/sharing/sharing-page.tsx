import { openingsOf } from '../access/index.ts'
import { audit } from '../audit/index.ts'
import { type Case, caseName, caseSummariesOf, findCase, readsSharing } from '../cases/index.ts'
import { standingOf } from '../consents/index.ts'
import { paths } from '../paths.ts'
import { findPerson, formatName, PersonTabs } from '../people/index.ts'
import { today } from '../platform/clock.ts'
import { type Answer, notFound, page } from '../platform/web/answer.ts'
import type { Visit } from '../platform/web/routes.ts'
import { Button, EmptyState, PageTitle } from '../ui/index.ts'
import { ConsentToSharing } from './consent-line.tsx'
import { sectionsOf, thingsOf } from './contents.ts'
import { sharingPage } from './frame.tsx'
import { mayShare } from './may-share.ts'
import { membersAmong } from './receivers.ts'
import { type Share, sharesOf } from './shares.queries.ts'
import { type Opened, SharesTable } from './shares-table.tsx'
import type { SharingParts } from './sharing-parts.ts'
import { keptOutBy, withholdingsOf } from './withholdings.queries.ts'
import { WithholdingsTable } from './withholdings-table.tsx'

/** Whether what was said to sharing is a yes that has neither run out nor been taken back. */
const consentStands = async ({ tx, clock }: Visit, caseId: string): Promise<boolean> =>
  (await standingOf(tx, caseId, 'share', today(clock))).state === 'given'

/** Who sees a case beyond its team and why, until when, and who of them opened it. For those whose case it is, and the commissioners. */
export async function showSharing(visit: Visit, parts: SharingParts): Promise<Answer> {
  const { tx, actor, clock } = visit
  const theCase = await findCase(tx, actor, visit.params['caseId'] ?? '')
  if (!theCase || !readsSharing(actor, theCase)) return notFound()
  await told(visit, theCase)
  const shares = await sharesOf(tx, [theCase.id])
  const opened = await openedBy(visit, theCase.id, shares)
  const withholdings = await withholdingsOf(tx, [theCase.id])
  const sections = new Map((await sectionsOf(tx, actor, theCase.id)).map(one => [one.id, one.words]))
  const now = clock.now()
  const isTheirs = mayShare(actor, theCase)
  const body = (
    <>
      {PageTitle({
        title: 'Sharing and consent',
        actions: isTheirs ? (
          <>
            <Button text="Share this case" href={paths.sharing.share(theCase.id)} />
            <Button text="Withhold this case" href={paths.sharing.withhold(theCase.id)} classes="govuk-button--secondary" />
          </>
        ) : null,
      })}
      <p class="govuk-body">
        {theCase.restricted
          ? 'Restricted: only those named read it, and whoever it is allocated to. Shares wait until it is open to its team again.'
          : `${theCase.teamName} and the commissioners read all of it.`}
        {theCase.isEpisode
          ? ' Its co-ordinator does too, while they are it. Who is in the team around the person is listed among what is shared.'
          : ''}{' '}
        <a class="govuk-link" href={paths.sharing.ofPerson(theCase.personId)}>
          Everything shared of {theCase.personName}
        </a>
      </p>
      {await ConsentToSharing(visit, theCase.id)}
      <SharesTable
        shares={shares}
        things={await thingsOf(tx, theCase.id)}
        opened={opened}
        keptOut={keptOutBy(withholdings)}
        restricted={theCase.restricted}
        consentStands={await consentStands(visit, theCase.id)}
        now={now}
        mayEnd={isTheirs}
      />
      <WithholdingsTable withholdings={withholdings} sections={sections} mayEnd={isTheirs} />
    </>
  )
  return sharingPage(visit, parts, theCase, 'Sharing and consent', body)
}

/** The same for every case of a person of which the actor reads it. */
export async function showSharingOfPerson(visit: Visit, parts: SharingParts): Promise<Answer> {
  const { tx, actor, clock } = visit
  const person = await findPerson(tx, visit.params['personId'] ?? '')
  if (!person) return notFound()
  const about = { subject: { type: 'person', id: person.id }, personId: person.id }
  await audit(tx, actor, clock.now(), { action: 'person-sharing-read', ...about })
  const cases: Case[] = []
  for (const { id } of await caseSummariesOf(tx, actor, [person.id])) {
    const theCase = await findCase(tx, actor, id)
    if (theCase && readsSharing(actor, theCase)) cases.push(theCase)
  }
  const ids = cases.map(one => one.id)
  const [shares, withholdings] = [await sharesOf(tx, ids), await withholdingsOf(tx, ids)]
  const sections = []
  for (const one of cases) {
    const own = shares.filter(share => share.caseId === one.id)
    const opened = await openedBy(visit, one.id, own)
    sections.push(
      <section key={one.id} aria-label={caseName(one)}>
        <h2 class="govuk-heading-m">
          <a class="govuk-link" href={paths.sharing.ofCase(one.id)}>
            {caseName(one)}
          </a>
        </h2>
        <SharesTable
          shares={own}
          things={await thingsOf(tx, one.id)}
          opened={opened}
          keptOut={keptOutBy(withholdings.filter(other => other.caseId === one.id))}
          restricted={one.restricted}
          consentStands={await consentStands(visit, one.id)}
          now={clock.now()}
          mayEnd={mayShare(actor, one)}
        />
      </section>,
    )
  }
  const body = (
    <>
      {await parts.personBanner(visit, person.id)}
      <PersonTabs person={person} actor={actor} current="overview" />
      <h1 class="govuk-heading-l">Everything shared</h1>
      {sections.length === 0 ? <EmptyState title="You read of no case of theirs with whom it is shared." /> : sections}
    </>
  )
  return page(`Everything shared – ${formatName(person)}`, body, { section: 'people' })
}

/** For each share, who of those it is for opened the case since it began, from the audit. */
async function openedBy({ tx, actor }: Visit, caseId: string, shares: readonly Share[]): Promise<ReadonlyMap<string, readonly Opened[]>> {
  if (shares.length === 0) return new Map()
  const since = new Date(Math.min(...shares.map(share => share.grantedAt.getTime())))
  const openings = await openingsOf(tx, actor, caseId, since)
  const members = await membersAmong(
    tx,
    shares.map(share => share.holder),
    openings.map(one => one.userId),
  )
  return new Map(
    shares.map(share => [
      share.id,
      openings.filter(
        one => members.get(share.holder)?.has(one.userId) && one.last >= share.startsAt && one.first <= (share.endedAt ?? one.last),
      ),
    ]),
  )
}

const told = ({ tx, actor, clock }: Visit, { id, personId }: Case) =>
  audit(tx, actor, clock.now(), { action: 'case-sharing-read', subject: { type: 'case', id }, personId, caseId: id })
