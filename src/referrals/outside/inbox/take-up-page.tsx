import { sql } from 'kysely'
import { askAboutAnother, howTheySee, lasts, ReferralFields, readReferral, type TeamChoice, teamsFor } from '../../../cases/index.ts'
import { optionsOf } from '../../../lists/index.ts'
import { paths } from '../../../paths.ts'
import { type LikelyMatch, parseClientId, readNamePart } from '../../../people/index.ts'
import { londonDate, today as londonToday } from '../../../platform/clock.ts'
import type { Tx } from '../../../platform/db/database.ts'
import { partsOf } from '../../../platform/plain-date.ts'
import { type Answer, notFound, redirect } from '../../../platform/web/answer.ts'
import { type Fields, fieldsFrom } from '../../../platform/web/fields.ts'
import type { Visit } from '../../../platform/web/routes.ts'
import { Button, type FieldError, Form } from '../../../ui/index.ts'
import { aboutWhom, textOf } from '../form.ts'
import type { OutsideReferral } from '../inbox.queries.ts'
import { nameOf } from './list-pages.tsx'
import { openHere } from './open-here.ts'
import { KeepContact, keptInWords, readKeepContact } from './sent-contact.tsx'
import { matchesOf, outsideOnePage } from './show-page.tsx'
import { registerAbout, type Stores, takeUp } from './take-up.ts'
import { AddInstead, Who } from './who-is-it.tsx'

/** Whose referral it becomes, and the ordinary referral with what was sent in its boxes. */
export async function takeUpPage(visit: Visit, referral: OutsideReferral): Promise<Answer> {
  const who = visit.query.get('who') ?? ''
  return show(visit, referral, await matchesOf(visit, referral), fieldsFrom([...asSent(referral), ['who', who]]), [])
}

async function show(
  visit: Visit,
  referral: OutsideReferral,
  matches: readonly LikelyMatch[],
  typed: Fields,
  errors: readonly FieldError[],
  /** Somebody on record who was named by their client id. */
  known?: string,
): Promise<Answer> {
  const today = londonToday(visit.clock)
  const teams = await ownTeam(visit.tx, referral)
  const open = await openHere(visit, referral, [...matches.map(({ person }) => person.id), ...(known ? [known] : [])])
  return outsideOnePage(
    `Take up – ${nameOf(referral)}`,
    <div class="ly-narrow">
      <h1 class="govuk-heading-l">Take up the referral</h1>
      <p class="govuk-body">
        It becomes a referral to your team, to be decided as every other. What was sent and its files go with it, and nothing of them stays
        here.
      </p>
      <Form {...visit.form} action={paths.referrals.takeUp(referral.id)}>
        <Who referral={referral} matches={matches} open={open} typed={typed} errors={errors} today={today} />
        {known && (open.get(known) ?? []).length > 0 ? <AddInstead referral={referral} open={open.get(known) ?? []} /> : null}
        <KeepContact referral={referral} value={typed.text('keep-contact')} errors={errors} />
        {matches.map(({ person }) => (
          <input key={person.id} type="hidden" name="told-apart" value={person.id} />
        ))}
        <ReferralFields typed={typed} errors={errors} today={today} teams={teams} sources={await optionsOf(visit.tx, 'referral-source')} />
        <Button text="Make the referral" />
      </Form>
    </div>,
    errors,
  )
}

export async function postTakeUp(visit: Visit, referral: OutsideReferral, stores: Stores): Promise<Answer> {
  const { tx, clock, fields } = visit
  const matches = await matchesOf(visit, referral)
  const errors: FieldError[] = []
  const who = fields.text('who')
  const known = who === 'known' ? await personByClientId(tx, fields.text('client-id'), errors) : undefined
  const chosen = matches.find(({ person }) => person.id === who)?.person.id ?? known
  const name = { given: readNamePart(fields.text('given'), 'First name'), family: readNamePart(fields.text('family'), 'Surname') }
  if (who === 'new') {
    for (const [field, read] of Object.entries(name)) if (!read.ok) errors.push({ field, message: read.message })
    if (fields.text('given') === '' && fields.text('family') === '') errors.push({ field: 'given', message: 'Enter a name' })
    // Somebody may have been put on record since the question was asked: it is then asked again.
    const toldApart = fields.all('told-apart')
    if (matches.some(({ person }) => !toldApart.includes(person.id)))
      errors.push({ field: 'who', message: 'Somebody who may be the one was put on record meanwhile. Choose again' })
  } else if (!chosen && errors.length === 0) errors.push({ field: 'who', message: 'Select who it is about' })
  // A referral to one's own team opens the person to all of it for good, which an emergency or a share that ends does not allow.
  else if (chosen && !lasts(await howTheySee(visit, chosen)))
    errors.push({ field: 'who', message: 'You see this person for a limited time only. Ask the service that holds the case to refer them' })
  const keeps = readKeepContact(visit, referral, errors)
  const read = readReferral(fields, {
    teams: await ownTeam(tx, referral),
    sources: await optionsOf(tx, 'referral-source'),
    today: londonToday(clock),
    personId: chosen ?? '',
  })
  if ('errors' in read) errors.push(...read.errors)
  if (chosen) errors.push(...askAboutAnother(fields, (await openHere(visit, referral, [chosen])).get(chosen) ?? []))
  if (errors.length > 0 || 'errors' in read) return show(visit, referral, matches, fields, errors, known)
  const nameOk = { given: name.given.ok ? name.given.value : null, family: name.family.ok ? name.family.value : null }
  const personId = chosen ?? (await registerAbout(visit, referral, nameOk, { toldApart: fields.all('told-apart'), keeps }))
  if (!personId) return notFound()
  const { caseId, contact } = await takeUp(
    visit,
    referral,
    { ...read.referral, personId },
    { stores, keeps: keeps && chosen !== undefined },
  )
  return redirect(paths.cases.show(caseId), { notice: `Referral ${referral.number} taken up. Decide on it next.${keptInWords(contact)}` })
}

/** Somebody on record whom the actor sees. */
async function personByClientId(tx: Tx, typed: string, errors: FieldError[]): Promise<string | undefined> {
  const read = parseClientId(typed)
  if (!read.ok) {
    errors.push({ field: 'client-id', message: typed ? read.message : 'Enter the client id' })
    return undefined
  }
  const { rows } = await sql<{ id: string }>`select id from people where client_id = ${read.value} and removed_at is null`.execute(tx)
  if (!rows[0]) errors.push({ field: 'client-id', message: 'There is nobody with that client id whose record you see' })
  return rows[0]?.id
}

const ownTeam = async (tx: Tx, { teamId, serviceArea }: OutsideReferral): Promise<TeamChoice[]> =>
  (await teamsFor(tx, serviceArea)).filter(team => team.teamId === teamId)

/** What was sent, in the boxes of the ordinary referral. */
function asSent(referral: OutsideReferral): [string, string][] {
  const { answers, sentAt, teamId, serviceArea, audience } = referral
  const about = aboutWhom(answers)
  const { day, month, year } = partsOf(londonDate(sentAt))
  const source = textOf(answers, 'source')
  const isSelf = source === 'self'
  // What a relation or a friend says is not the person’s own yes: they are asked. A professional answers for having asked.
  const agreed = isSelf || (answers['consent'] === true && audience === 'professional')
  return [
    ['given', about.given],
    ['family', about.family],
    ['team', `${teamId}/${serviceArea}`],
    ['received-day', String(day)],
    ['received-month', String(month)],
    ['received-year', String(year)],
    ['source', source || (audience === 'public' ? 'self' : 'other')],
    ['referrer-name', [textOf(answers, 'referrer_name'), textOf(answers, 'organisation')].filter(Boolean).join(', ').slice(0, 200)],
    ['referrer-contact', textOf(answers, 'referrer_contact').slice(0, 200)],
    ['reason', [...textOf(answers, 'reason')].slice(0, 4_000).join('')],
    ['urgency', textOf(answers, 'urgency')],
    ...(agreed
      ? ([
          ['consent', 'given'],
          [
            'consent-how',
            isSelf ? 'They asked for help themselves, on the referral page' : 'As whoever referred them says, on the referral page',
          ],
          ['consent-on-day', String(day)],
          ['consent-on-month', String(month)],
          ['consent-on-year', String(year)],
        ] as [string, string][])
      : ([
          ['consent', typeof answers['consent'] === 'boolean' ? 'not-asked' : ''],
          [
            'without-not-asked',
            answers['consent'] === true
              ? 'Whoever referred them says on the referral page that they know and agree. We ask them ourselves'
              : textOf(answers, 'consent_why_not'),
          ],
        ] as [string, string][])),
  ]
}
