import { carryWithholdings, grantAccess } from '../access/index.ts'
import { audit } from '../audit/index.ts'
import { type Case, findCase, KeptFrom, lockCase } from '../cases/index.ts'
import { standingOf } from '../consents/index.ts'
import { askedColleague } from '../identity/index.ts'
import { optionsOf } from '../lists/index.ts'
import { tellUsers } from '../notifications/index.ts'
import { paths } from '../paths.ts'
import { may } from '../platform/actor.ts'
import { today } from '../platform/clock.ts'
import { lowerFirst } from '../platform/first-letter.ts'
import { formatDate } from '../platform/plain-date.ts'
import { type Answer, notFound, redirect } from '../platform/web/answer.ts'
import { fieldsFrom, noFields } from '../platform/web/fields.ts'
import type { Visit } from '../platform/web/routes.ts'
import { Button, errorSummaryFor, Facts, type FieldError, Form, WarningText } from '../ui/index.ts'
import { ConsentToSharing } from './consent-line.tsx'
import { thingsOf } from './contents.ts'
import { sharingPage } from './frame.tsx'
import { mayShare } from './may-share.ts'
import { partsInWords } from './parts.ts'
import { Preview } from './preview.tsx'
import { type KnownForShare, readShare, type ShareWish, windowOfShare } from './read-share.ts'
import { organisations, userById, whoHears } from './receivers.ts'
import { ShareFields, sameFields } from './share-form.tsx'
import type { SharingParts } from './sharing-parts.ts'
import { WhomToAsk } from './whom-to-ask.tsx'

/** The empty form; from a document's own page with that document chosen. */
export async function newShare(visit: Visit, parts: SharingParts): Promise<Answer> {
  const theCase = await findCase(visit.tx, visit.actor, visit.params['caseId'] ?? '')
  if (!theCase || !mayShare(visit.actor, theCase)) return notFound()
  const one = visit.query.get('one')
  const fields = one === null ? noFields : fieldsFrom(Object.entries({ what: 'one', one }))
  return form({ ...visit, fields }, parts, theCase, await look(visit, theCase), [])
}

/** What was typed, as they would see it; nothing is shared yet. */
export async function previewShare(visit: Visit, parts: SharingParts): Promise<Answer> {
  const theCase = await lockCase(visit.tx, visit.actor, visit.params['caseId'] ?? '')
  if (!theCase || !mayShare(visit.actor, theCase)) return notFound()
  const known = await look(visit, theCase)
  const wish = readShare(visit.fields, known, today(visit.clock))
  if ('errors' in wish) return form(visit, parts, theCase, known, wish.errors)
  if (visit.fields.text('change')) return form(visit, parts, theCase, known, [])
  await told(visit, theCase, 'case-share-previewed', wish)
  return preview(visit, parts, theCase, wish, known)
}

/** Shares it, and tells whoever it is for that there is something to see. */
export async function confirmShare(visit: Visit, parts: SharingParts): Promise<Answer> {
  const { tx, actor, clock } = visit
  const theCase = await lockCase(tx, actor, visit.params['caseId'] ?? '')
  if (!theCase || !mayShare(visit.actor, theCase)) return notFound()
  const known = await look(visit, theCase)
  const wish = readShare(visit.fields, known, today(clock))
  if ('errors' in wish) return form(visit, parts, theCase, known, wish.errors)
  await shareCase(visit, theCase, wish)
  return redirect(paths.sharing.ofCase(theCase.id), {
    notice: `Shared with ${wish.receiver.name}, who has been told that there is something to see`,
  })
}

async function shareCase(visit: Visit, theCase: Case, wish: ShareWish): Promise<void> {
  const { tx, actor, clock } = visit
  const now = clock.now()
  const { level, parts, purpose, lawfulBasis, withoutConsent, receiver } = wish
  const why = { purpose, lawfulBasis, withoutConsent }
  const { startsAt, endsAt } = windowOfShare(wish, today(clock))
  const id = await grantAccess(tx, actor, now, {
    caseId: theCase.id,
    kind: 'share',
    holder: receiver.principal,
    level,
    parts,
    ...why,
    startsAt,
    endsAt,
  })
  await carryWithholdings(tx, actor, now, theCase.id)
  await told(visit, theCase, 'case-shared', wish, id)
  const to = (await whoHears(tx, receiver)).filter(userId => userId !== actor.userId)
  const words = 'Something has been shared with you'
  await tellUsers(tx, now, {
    to,
    kind: 'shared',
    words,
    href: paths.cases.show(theCase.id),
    caseId: theCase.id,
    from: startsAt ?? undefined,
  })
}

/** With whom and how much, by codes; the words of the purpose stand with the share. */
function told(
  { tx, actor, clock }: Visit,
  { id: caseId, personId }: Case,
  action: string,
  wish: ShareWish,
  shareId?: string,
): Promise<void> {
  const { receiver, level, parts, lawfulBasis, withoutConsent, from, until } = wish
  const detail = { with: receiver.kind, holder: receiver.principal, level, parts: parts ?? 'all', lawfulBasis, withoutConsent, from, until }
  return audit(tx, actor, clock.now(), { action, subject: { type: 'share', id: shareId ?? '' }, personId, caseId, detail })
}

async function look({ tx, actor, clock, fields }: Visit, theCase: Case): Promise<KnownForShare> {
  const [known, things, bases, reasons, consent, asked] = await Promise.all([
    organisations(tx),
    thingsOf(tx, theCase.id),
    optionsOf(tx, 'lawful-basis'),
    optionsOf(tx, 'without-consent'),
    standingOf(tx, theCase.id, 'share', today(clock)),
    askedColleague(tx, fields, 'user'),
  ])
  const user = await userById(tx, asked.chosen?.userId)
  return { organisations: known, things, bases, reasons, consent, asked, user, mayGoOnWithout: may(actor, 'go-on-without-consent') }
}

async function form(
  visit: Visit,
  parts: SharingParts,
  theCase: Case,
  known: KnownForShare,
  errors: readonly FieldError[],
): Promise<Answer> {
  const body = (
    <>
      {errorSummaryFor(errors)}
      <h1 class="govuk-heading-l">Share this case</h1>
      <p class="govuk-body">You see what they will see before anything is shared.</p>
      {await ConsentToSharing(visit, theCase.id)}
      {known.consent.state === 'refused' && !known.mayGoOnWithout ? await WhomToAsk(visit, theCase) : null}
      {await KeptFrom(visit, theCase.personId)}
      <Form {...visit.form} action={paths.sharing.share(theCase.id)}>
        <ShareFields known={known} typed={visit.fields} errors={errors} />
        <div class="govuk-button-group">
          <Button text="Look at what they will see" />
          <a class="govuk-link" href={paths.sharing.ofCase(theCase.id)}>
            Cancel
          </a>
        </div>
      </Form>
    </>
  )
  return sharingPage(visit, parts, theCase, 'Share this case', body, { hasErrors: errors.length > 0, narrow: true })
}

async function preview(visit: Visit, parts: SharingParts, theCase: Case, wish: ShareWish, known: KnownForShare): Promise<Answer> {
  const { receiver, from, until } = wish
  const label = (options: KnownForShare['bases'], code: string) => options.find(one => one.code === code)?.label ?? code
  const seen = await Preview(visit, parts, theCase, wish)
  const body = (
    <>
      <h1 class="govuk-heading-l">Check what {receiver.name} will see</h1>
      <Facts
        items={[
          { label: 'For', value: receiver.name, second: receiver.name === receiver.agencyName ? undefined : receiver.agencyName },
          {
            label: 'How much',
            value: partsInWords(wish.parts, known.things),
            second: wish.level === 'edit' ? 'To read and to add to' : 'To read',
          },
          { label: 'What for', value: wish.purpose },
          {
            label: 'Lawful basis',
            value: label(known.bases, wish.lawfulBasis),
            second: wish.withoutConsent ? `Without consent: ${label(known.reasons, wish.withoutConsent)}` : undefined,
          },
          {
            label: 'When',
            value: `From ${from ? formatDate(from) : 'now'} ${until ? `to the end of ${formatDate(until)}` : 'until it is ended'}`,
          },
        ]}
      />
      {await ConsentToSharing(visit, theCase.id)}
      {wish.lawfulBasis === 'consent' && !wish.withoutConsent ? (
        <WarningText
          iconFallbackText="Warning"
          text={`You share this by their agreement. Does what they agreed to, in the words above, cover ${receiver.name} and all of this? If not, change it.`}
        />
      ) : (
        <WarningText
          iconFallbackText="Warning"
          text={`You do not share this by their agreement, but: ${lowerFirst(label(known.bases, wish.lawfulBasis))}${wish.withoutConsent ? `; ${lowerFirst(label(known.reasons, wish.withoutConsent))}` : ''}. Is anything of it what they did not agree to?`}
        />
      )}
      {await KeptFrom(visit, theCase.personId)}
      <div class="govuk-button-group">
        <Form {...visit.form} action={paths.sharing.confirm(theCase.id)}>
          {sameFields(visit.fields)}
          <Button text={`Share it with ${receiver.name}`} />
        </Form>
        <Form {...visit.form} action={paths.sharing.share(theCase.id)}>
          {sameFields(visit.fields)}
          <input type="hidden" name="change" value="yes" />
          <Button text="Change it" classes="govuk-button--secondary" />
        </Form>
        <a class="govuk-link" href={paths.sharing.ofCase(theCase.id)}>
          Cancel
        </a>
      </div>
      {seen}
    </>
  )
  return sharingPage(visit, parts, theCase, `Check what ${receiver.name} will see`, body)
}
