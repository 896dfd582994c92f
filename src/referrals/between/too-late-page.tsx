import { sql } from 'kysely'
import { type Case, caseName, casePage, type FrameParts } from '../../cases/index.ts'
import { paths } from '../../paths.ts'
import type { Tx } from '../../platform/db/database.ts'
import { formatDate, type PlainDate } from '../../platform/plain-date.ts'
import type { Answer } from '../../platform/web/answer.ts'
import type { Visit } from '../../platform/web/routes.ts'
import { errorSummaryFor, Words } from '../../ui/index.ts'
import { type Exchange, isTakenBack, mayAdd } from './exchanges.ts'
import { Talk } from './talk.tsx'

/** Somebody has decided, taken it back or answered while this was being typed: nothing of it was sent, and none of it is lost. */
export async function tooLatePage(
  visit: Visit,
  parts: FrameParts,
  theCase: Case,
  { talk, isTheTeam }: { talk: readonly Exchange[]; isTheTeam: boolean },
): Promise<Answer> {
  const { tx, actor, fields } = visit
  const addsStill = !isTheTeam && (await mayAdd(tx, actor, theCase, talk))
  const body = (
    <div class="ly-narrow">
      {errorSummaryFor([{ field: 'what-you-typed', message: await whyNot(tx, theCase, talk) }])}
      <h1 class="govuk-heading-l">It was not sent</h1>
      <p class="govuk-body">
        {addsStill ? (
          <>
            You can still{' '}
            <a class="govuk-link" href={paths.referrals.add(theCase.id)}>
              add it to the referral
            </a>
            .
          </>
        ) : isTheTeam ? (
          'If it matters still, ring whoever referred.'
        ) : (
          `If it matters still, ring ${[theCase.teamName, theCase.teamTelephone].filter(Boolean).join(', ')}.`
        )}
      </p>
      <p class="govuk-body">
        <a class="govuk-link" href={paths.cases.show(theCase.id)}>
          The referral as it stands
        </a>
      </p>
      <Talk talk={talk} />
      <h2 class="govuk-heading-m" id="what-you-typed" tabIndex={-1}>
        What you typed
      </h2>
      <Words text={fields.typed('words')} />
    </div>
  )
  const answer = await casePage(
    visit,
    parts,
    theCase,
    { title: `It was not sent – ${caseName(theCase)}`, current: '', section: 'referrals', hasErrors: true },
    body,
  )
  return answer
}

async function whyNot(tx: Tx, theCase: Case, talk: readonly Exchange[]): Promise<string> {
  if (theCase.status === 'referred')
    return isTakenBack(talk) ? 'The referral has been taken back meanwhile' : 'The question has been answered meanwhile'
  const { rows } = await sql<{ decision: keyof typeof decided | null; decidedOn: PlainDate | null; why: string }>`
    select r.decision, r.decided_on as "decidedOn", coalesce(l.label, nullif(r.decision_reason, ''), r.signposted_to) as why
    from referrals r left join list_options l on l.list = 'decline-reason' and l.code = r.decision_reason and l.service_area = ''
    where r.case_id = ${theCase.id} order by r.recorded_at desc, r.id desc limit 1`.execute(tx)
  const { decision, decidedOn, why } = rows[0] ?? { decision: null, decidedOn: null, why: '' }
  if (!decision) return 'The referral has been decided meanwhile'
  return `The referral has been ${decided[decision]} meanwhile${decidedOn ? `, on ${formatDate(decidedOn)}` : ''}${why ? `: ${why}` : ''}`
}

const decided = { accepted: 'accepted', declined: 'declined', signposted: 'signposted' } as const
