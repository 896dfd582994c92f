import type { ComponentChildren } from 'preact'
import { partsOpenTo } from '../access/index.ts'
import { audit } from '../audit/index.ts'
import { type Case, caseName, casePage, findCase, leadsEpisode, lockCase, readerOf } from '../cases/index.ts'
import { type Standing, standingOf } from '../consents/index.ts'
import { askedColleague } from '../identity/index.ts'
import { optionsOf } from '../lists/index.ts'
import { paths } from '../paths.ts'
import { may } from '../platform/actor.ts'
import { today } from '../platform/clock.ts'
import { type Answer, notFound, redirect } from '../platform/web/answer.ts'
import type { Visit } from '../platform/web/routes.ts'
import { Button, errorFor, errorSummaryFor, type FieldError, Form, InsetText, PageTitle, Textarea } from '../ui/index.ts'
import { consentInWords } from './consent-words.ts'
import type { Member } from './episode.ts'
import { coordinatorOf } from './episodes.queries.ts'
import type { EpisodesParts } from './episodes-parts.ts'
import { MemberFields } from './member-fields.tsx'
import { addMember, colleagueById, endMember, membersOf } from './members.ts'
import { type KnownForMember, readMember } from './read-member.ts'
import { TeamTable } from './team-table.tsx'

/** Who is in the team around the person and who was, with how to reach them: for everybody who reads the episode. */
export async function showTeam(visit: Visit, parts: EpisodesParts): Promise<Answer> {
  const { tx, actor, clock } = visit
  const theCase = await findCase(tx, actor, visit.params['caseId'] ?? '')
  if (!theCase?.isEpisode || !(await readsTeam(visit, theCase))) return notFound()
  const { id: caseId, personId } = theCase
  await audit(tx, actor, clock.now(), { action: 'episode-team-read', subject: { type: 'case', id: caseId }, personId, caseId })
  const leads = mayChange(visit, theCase)
  const body = (
    <>
      {PageTitle({
        title: 'Team around the person',
        actions: (
          <>
            {leads ? <Button text="Add somebody" href={paths.episodes.addMember(caseId)} /> : null}
            <Button text="For the family" href={paths.episodes.print(caseId)} classes="govuk-button--secondary" />
          </>
        ),
      })}
      <TeamTable
        caseId={caseId}
        coordinator={await coordinatorOf(tx, theCase.workerId)}
        members={await membersOf(tx, caseId)}
        mayEnd={leads}
        isOver={theCase.closedOn !== null}
      />
    </>
  )
  return framed(visit, parts, theCase, 'Team around the person', body)
}

/** The empty form. */
export async function askWhoJoins(visit: Visit, parts: EpisodesParts): Promise<Answer> {
  const theCase = await findCase(visit.tx, visit.actor, visit.params['caseId'] ?? '')
  if (!theCase || !mayChange(visit, theCase)) return notFound()
  return joining(visit, parts, theCase, await look(visit, theCase), [])
}

export async function postMember(visit: Visit, parts: EpisodesParts): Promise<Answer> {
  const { tx, actor, clock } = visit
  const theCase = await lockCase(tx, actor, visit.params['caseId'] ?? '')
  if (!theCase || !mayChange(visit, theCase)) return notFound()
  const known = await look(visit, theCase)
  const wish = readMember(visit.fields, known)
  if ('errors' in wish) return joining(visit, parts, theCase, known, wish.errors)
  const done = await addMember(tx, actor, clock.now(), theCase, wish)
  if (!done.ok)
    return joining(visit, parts, theCase, known, [
      { field: 'email', message: done.error === 'withheld' ? 'It is withheld from them. End that first' : 'They are in the team already' },
    ])
  return redirect(paths.episodes.team(theCase.id), { notice: `${wish.name} is in the team` })
}

/** Asks why somebody leaves. */
export async function askWhyTheyLeave(visit: Visit, parts: EpisodesParts): Promise<Answer> {
  const theCase = await findCase(visit.tx, visit.actor, visit.params['caseId'] ?? '')
  const member = theCase && mayChange(visit, theCase) ? await standing(visit, theCase) : undefined
  return theCase && member ? leaving(visit, parts, theCase, member, []) : notFound()
}

/** They leave at once, and what the team opened to them is shut. */
export async function postLeaving(visit: Visit, parts: EpisodesParts): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  const theCase = await lockCase(tx, actor, visit.params['caseId'] ?? '')
  const member = theCase && mayChange(visit, theCase) ? await standing(visit, theCase) : undefined
  if (!theCase || !member) return notFound()
  const read = readerOf(fields)
  const reason = read.needed('reason', 'Why', 'Enter why they leave', 500)
  if (read.errors.length > 0) return leaving(visit, parts, theCase, member, read.errors)
  await endMember(tx, actor, clock.now(), theCase, member, reason)
  return redirect(paths.episodes.team(theCase.id), { notice: `${member.name} has left the team` })
}

/** Whoever reads all of it, and whoever is in the team. */
export async function readsTeam({ tx, actor }: Visit, theCase: Case): Promise<boolean> {
  return theCase.whole || (await partsOpenTo(tx, actor, theCase.id, ['episode'])).has('episode')
}

export const mayChange = ({ actor }: Visit, theCase: Case): boolean =>
  theCase.isEpisode && theCase.whole && theCase.mayDecide && theCase.closedOn === null && leadsEpisode(actor, theCase)

const standing = async ({ tx, params }: Visit, theCase: Case): Promise<Member | undefined> =>
  (await membersOf(tx, theCase.id)).find(one => one.id === params['memberId'] && one.toOn === null)

type Known = KnownForMember & { consent: Standing }

async function look({ tx, actor, clock, fields }: Visit, theCase: Case): Promise<Known> {
  const [bases, reasons, consent, asked] = await Promise.all([
    optionsOf(tx, 'lawful-basis'),
    optionsOf(tx, 'without-consent'),
    standingOf(tx, theCase.id, 'share', today(clock)),
    askedColleague(tx, fields, 'email'),
  ])
  const user = asked.chosen && (await colleagueById(tx, asked.chosen.userId))
  return { bases, reasons, consent, asked, user, mayGoOnWithout: may(actor, 'go-on-without-consent') || consent.wentOnWithout }
}

function joining(visit: Visit, parts: EpisodesParts, theCase: Case, known: Known, errors: readonly FieldError[]): Promise<Answer> {
  const title = 'Add somebody to the team'
  const body = (
    <div class="ly-narrow">
      {errorSummaryFor(errors)}
      <h1 class="govuk-heading-l">{title}</h1>
      <InsetText text={consentInWords(known.consent)} />
      <Form {...visit.form} action={paths.episodes.addMember(theCase.id)}>
        <MemberFields known={known} typed={visit.fields} errors={errors} />
        <div class="govuk-button-group">
          <Button text="Add them" />
          <a class="govuk-link" href={paths.episodes.team(theCase.id)}>
            Cancel
          </a>
        </div>
      </Form>
    </div>
  )
  return framed(visit, parts, theCase, title, body, errors.length > 0)
}

function leaving(visit: Visit, parts: EpisodesParts, theCase: Case, member: Member, errors: readonly FieldError[]): Promise<Answer> {
  const title = `${member.name} leaves the team`
  const body = (
    <div class="ly-narrow">
      {errorSummaryFor(errors)}
      <h1 class="govuk-heading-l">{title}</h1>
      {member.access === 'none' ? null : (
        <p class="govuk-body">
          They see no more of the episode from now on, wherever they have it open. That they were in the team stays on the record.
        </p>
      )}
      <Form {...visit.form} action={paths.episodes.endMember(theCase.id, member.id)}>
        <Textarea
          name="reason"
          rows={2}
          label={{ text: 'Why do they leave?', classes: 'govuk-label--s' }}
          value={visit.fields.typed('reason')}
          errorMessage={errorFor(errors, 'reason')}
        />
        <div class="govuk-button-group">
          <Button text="They leave now" classes="govuk-button--warning" />
          <a class="govuk-link" href={paths.episodes.team(theCase.id)}>
            Cancel
          </a>
        </div>
      </Form>
    </div>
  )
  return framed(visit, parts, theCase, title, body, errors.length > 0)
}

async function framed(
  visit: Visit,
  parts: EpisodesParts,
  theCase: Case,
  title: string,
  body: ComponentChildren,
  hasErrors = false,
): Promise<Answer> {
  return casePage(visit, parts, theCase, { title: `${title} – ${caseName(theCase)}`, current: 'team-around', hasErrors }, body)
}
