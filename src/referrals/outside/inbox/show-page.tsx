import type { ComponentChildren, VNode } from 'preact'
import { auditAll } from '../../../audit/index.ts'
import { FormFacts, loadForm, workOut } from '../../../forms/index.ts'
import { paths } from '../../../paths.ts'
import { type LikelyMatch, likelyMatches, MatchList } from '../../../people/index.ts'
import { formatInstant, today as londonToday } from '../../../platform/clock.ts'
import { type Answer, type PageAnswer, page } from '../../../platform/web/answer.ts'
import type { Visit } from '../../../platform/web/routes.ts'
import { BackLink, Button, Due, errorSummaryFor, type FieldError, Form, InsetText, PageTitle, Words } from '../../../ui/index.ts'
import { filesOfReferral } from '../files.ts'
import { aboutWhom, likenessOfReferral, surroundings } from '../form.ts'
import type { OutsideReferral } from '../inbox.queries.ts'
import { spamKeptDays } from '../jobs.ts'
import { FilesSent } from './files-sent.tsx'
import { dueDays, nameOf, Said, StateTag } from './list-pages.tsx'
import { auditOutside } from './of-referral.tsx'
import { openHere } from './open-here.ts'
import { Actions, isSure, Use } from './what-to-do.tsx'

/** What was sent, who on record it may be about, and what can be decided. Nothing on record has been touched. */
export async function showPage(visit: Visit, referral: OutsideReferral): Promise<Answer> {
  await auditOutside(visit, 'outside-referral-opened', referral)
  if (referral.state === 'taken-up') return outsideOnePage(referral.number, <TakenUp referral={referral} />)
  const today = londonToday(visit.clock)
  const due = (await dueDays(visit, [referral])).get(referral.id)!
  const matches = referral.state === 'sent' && referral.mayDecide ? await matchesOf(visit, referral) : []
  const open = await openHere(
    visit,
    referral,
    matches.map(({ person }) => person.id),
  )
  const body = (
    <>
      <PageTitle
        title={nameOf(referral)}
        context={
          <>
            {referral.number} · {referral.pageName} · came {formatInstant(referral.sentAt)} · {referral.teamName}
            {referral.state === 'sent' ? (
              <>
                {' '}
                · decide <Due date={due} today={today} />
              </>
            ) : null}
          </>
        }
      />
      <p class="govuk-body">
        <StateTag referral={referral} /> <Said referral={referral} />
      </p>
      {referral.suspected
        ? InsetText({
            text: 'A box was filled in that people do not see. It may have come from a machine, or from a browser that fills in boxes by itself. Read it.',
          })
        : null}
      {referral.passedAt ? <Passed referral={referral} /> : null}
      {referral.decidedAt ? <Decided referral={referral} /> : null}
      {referral.state === 'spam' && referral.mayDecide ? (
        <Form {...visit.form} action={paths.referrals.spam(referral.id)}>
          <Button text="It is not spam" classes="govuk-button--secondary" name="is" value="not-spam" />
        </Form>
      ) : null}
      {referral.state === 'sent' && referral.mayDecide ? (
        <>
          {matches.length > 0 ? (
            <MatchList
              matches={matches}
              today={today}
              caption="People on record who may be the one"
              last={{
                heading: 'Use',
                cell: match => <Use referral={referral} match={match} open={open.get(match.person.id) ?? []} />,
              }}
            />
          ) : (
            <p class="govuk-body">Nobody whose record you see looks like the one that it is about.</p>
          )}
          <Actions referral={referral} csrf={visit.form} isSure={matches.some(isSure)} hasMatches={matches.length > 0} />
        </>
      ) : null}
      <FilesSent referral={referral} files={await filesOfReferral(visit.tx, referral.id)} />
      <Sent referral={referral} {...(await sentOf(visit, referral))} />
    </>
  )
  return outsideOnePage(nameOf(referral), body)
}

/** A page about one referral, with the way back. */
export function outsideOnePage(title: string, body: ComponentChildren, errors: readonly FieldError[] = []): PageAnswer {
  return page(
    title,
    <>
      <BackLink href={paths.referrals.outside}>Referrals from outside</BackLink>
      {errorSummaryFor(errors)}
      {body}
    </>,
    { section: 'referrals', hasErrors: errors.length > 0 },
  )
}

/** Who on record may be the one, audited for each who is shown. Whom the actor may not see is not among them. */
export async function matchesOf({ tx, actor, clock }: Visit, referral: OutsideReferral): Promise<LikelyMatch[]> {
  const matches = await likelyMatches(tx, likenessOfReferral(aboutWhom(referral.answers)))
  await auditAll(
    tx,
    actor,
    clock.now(),
    matches.map(({ person }) => ({ action: 'likely-people-shown', subject: { type: 'person', id: person.id }, personId: person.id })),
  )
  return matches
}

async function sentOf({ tx, clock }: Visit, { formCode, formVersion, answers }: OutsideReferral) {
  const form = await loadForm(tx, formCode, formVersion)
  const around = surroundings(clock.now())
  return { form, around, workedOut: workOut(form, answers, around) }
}

function Sent({ referral, form, around, workedOut }: { referral: OutsideReferral } & Awaited<ReturnType<typeof sentOf>>): VNode {
  return (
    <FormFacts
      form={form}
      filled={referral}
      workedOut={workedOut}
      around={around}
      sections={new Set(form.definition.pages.flatMap(one => one.sections.map(section => section.code)))}
    />
  )
}

function TakenUp({ referral }: { referral: OutsideReferral }): VNode {
  return (
    <>
      <PageTitle title={referral.number} context={`${referral.pageName} · came ${formatInstant(referral.sentAt)}`} />
      <Decided referral={referral} />
      <p class="govuk-body">
        {referral.caseId ? (
          <a class="govuk-link" href={paths.cases.show(referral.caseId)}>
            The case that began with it
          </a>
        ) : (
          'The case that began with it is not open to you.'
        )}
      </p>
      <p class="govuk-body">What was sent stands there, and no longer here.</p>
    </>
  )
}

function Decided({ referral }: { referral: OutsideReferral }): VNode {
  const { state, decidedAt, decidedBy, decidedReason, decidedNote } = referral
  return (
    <>
      <p class="govuk-body">
        <StateTag referral={referral} /> by {decidedBy}, {decidedAt ? formatInstant(decidedAt) : ''}
        {decidedReason ? `: ${decidedReason}` : ''}
        {state === 'spam' ? `. It is deleted ${spamKeptDays} days after.` : ''}
      </p>
      {decidedNote ? <Words text={decidedNote} /> : null}
    </>
  )
}

function Passed({ referral: { passedAt, passedBy, passedFrom, passedNote } }: { referral: OutsideReferral }): VNode {
  return (
    <>
      <p class="govuk-body">
        Passed on by {passedBy}, {passedFrom}, {passedAt ? formatInstant(passedAt) : ''}
      </p>
      {passedNote ? <Words text={passedNote} /> : null}
    </>
  )
}
