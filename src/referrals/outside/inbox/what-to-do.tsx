import type { VNode } from 'preact'
import { type OpenCase, openCaseInWords } from '../../../cases/index.ts'
import { paths } from '../../../paths.ts'
import { formatName, type LikelyMatch, sureFrom } from '../../../people/index.ts'
import type { Visit } from '../../../platform/web/routes.ts'
import { Button, Form } from '../../../ui/index.ts'
import type { OutsideReferral } from '../inbox.queries.ts'

/** A number that only one person has: the likeliest thing to do is then the green one. */
export const isSure = ({ match }: LikelyMatch): boolean => match.score >= sureFrom

/** What to do where it is somebody on record: the case that they have open here before another. */
export function Use({ referral, match, open }: { referral: OutsideReferral; match: LikelyMatch; open: readonly OpenCase[] }): VNode {
  const [theirs] = open
  const about = <span class="govuk-visually-hidden"> {formatName(match.person)}</span>
  const newCase = `${paths.referrals.takeUp(referral.id)}?who=${match.person.id}`
  const first = theirs?.mayEdit
    ? { text: `Put it on ${theirs.reference}`, href: paths.referrals.addOutside(referral.id, theirs.caseId) }
    : { text: 'Take up for them', href: newCase }
  return (
    <>
      {theirs ? <p class="govuk-body">Open case: {openCaseInWords(theirs)}</p> : null}
      {isSure(match) ? (
        <Button text={first.text} href={first.href} />
      ) : (
        <Button
          text={first.text}
          href={first.href}
          classes="govuk-button--secondary"
          attributes={{ 'aria-label': `${first.text}: ${formatName(match.person)}` }}
        />
      )}
      {theirs?.mayEdit ? (
        <p class="govuk-body">
          <a class="govuk-link" href={newCase}>
            Make another case{about}
          </a>
        </p>
      ) : null}
    </>
  )
}

type ActionsProps = { referral: OutsideReferral; csrf: Visit['form']; isSure: boolean; hasMatches: boolean }
/** What can be done with it where it is nobody of those. */
export function Actions({ referral, csrf, isSure, hasMatches }: ActionsProps): VNode {
  const secondary = 'govuk-button--secondary'
  return (
    <div class="govuk-button-group">
      <Button
        text={hasMatches ? 'Take up for somebody else' : 'Take up'}
        href={paths.referrals.takeUp(referral.id)}
        {...(isSure || hasMatches ? { classes: secondary } : {})}
      />
      <Button text="Decline" href={paths.referrals.declineOutside(referral.id)} classes={secondary} />
      <Button text="Pass on" href={paths.referrals.passOutside(referral.id)} classes={secondary} />
      <Form {...csrf} action={paths.referrals.spam(referral.id)}>
        <Button text="It is spam" classes={secondary} name="is" value="spam" />
      </Form>
    </div>
  )
}
