import { audit } from '../../audit/index.ts'
import { paths } from '../../paths.ts'
import { redirect } from '../../platform/web/answer.ts'
import { Button } from '../../ui/index.ts'
import { type Door, type DoorVisit, doorActor } from '../door.ts'
import { DoorForm, doorPage } from '../door-page.tsx'
import type { Session } from '../find-session.ts'
import { inGate } from '../gate.ts'
import { stageOf, withReturn } from '../sessions/stages.ts'
import { proceedWith } from './proceed.ts'

type Terms = NonNullable<Session['termsToAccept']>

/**
 * The terms of use of each agency that a user acts for, accepted at sign-in, with the next page after a post was given there, and again whenever they
 * change (F19).
 */
export function termsRoutes(door: Door) {
  door.get(paths.signInTerms, async visit => {
    if (!visit.session) return redirect(paths.signIn)
    const terms = visit.session.termsToAccept
    if (stageOf(visit.session) !== 'terms' || !terms) return proceedWith(visit, visit.session)
    return termsPage(visit, terms)
  })
  door.post(paths.signInTerms, async visit => {
    if (!visit.session) return redirect(paths.signIn)
    const terms = visit.session.termsToAccept
    if (stageOf(visit.session) !== 'terms' || !terms) return proceedWith(visit, visit.session)
    // Another version, or another agency's, came while this one was being read: that one is shown.
    if (visit.fields.text('agency') !== terms.agencyId || visit.fields.text('version') !== String(terms.version))
      return termsPage(visit, terms)
    return accept(visit, visit.session, terms)
  })
}

async function accept(visit: DoorVisit, session: Session, terms: Terms) {
  const userId = session.actor.userId!
  await inGate(visit.gate, async tx => {
    await tx
      .insertInto('terms_acceptances')
      .values({ user_id: userId, agency_id: terms.agencyId, version: terms.version, accepted_at: visit.now })
      .onConflict(conflict => conflict.doNothing())
      .execute()
    await audit(tx, doorActor(visit, session.actor), visit.now, {
      action: 'terms-accepted',
      subject: { type: 'agency', id: terms.agencyId },
      detail: { version: terms.version },
    })
  })
  // Of another agency's, perhaps, before the product opens.
  return redirect(withReturn(paths.signInTerms, visit.returnTo))
}

async function termsPage(visit: DoorVisit, terms: Terms) {
  const { text } = await visit.gate.database.kysely
    .selectFrom('agencies')
    .select('terms as text')
    .where('id', '=', terms.agencyId)
    .executeTakeFirstOrThrow()
  return doorPage(
    `Terms of use of ${terms.agencyName}`,
    <>
      <p class="govuk-body">You accept these once. You will be asked again when they change.</p>
      {text
        .split(/\n{2,}/)
        .filter(paragraph => paragraph.trim())
        .map(paragraph => (
          <p class="govuk-body ly-as-written" key={paragraph}>
            {paragraph}
          </p>
        ))}
      <DoorForm action={paths.signInTerms} csrf={visit.form.csrf} returnTo={visit.returnTo}>
        <input type="hidden" name="agency" value={terms.agencyId} />
        <input type="hidden" name="version" value={String(terms.version)} />
        <Button>Accept and continue</Button>
      </DoorForm>
      <DoorForm action={paths.signOut} csrf={visit.form.csrf}>
        <Button classes="govuk-button--secondary">I do not accept: sign out</Button>
      </DoorForm>
    </>,
  )
}
