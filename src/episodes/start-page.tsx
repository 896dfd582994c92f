import type { VNode } from 'preact'
import { isKeptFromPerson } from '../access/index.ts'
import { DayInput, episodeDesks, howTheySee, type Involvement, involvementsWith, KeptFrom, lasts, teamValue } from '../cases/index.ts'
import { ConsentFields } from '../consents/index.ts'
import { AskColleague, askedColleague } from '../identity/index.ts'
import { optionsOf } from '../lists/index.ts'
import { paths } from '../paths.ts'
import { findPerson, mayEdit } from '../people/index.ts'
import { may } from '../platform/actor.ts'
import { today } from '../platform/clock.ts'
import { formatDate } from '../platform/plain-date.ts'
import { type Answer, notFound, page, redirect } from '../platform/web/answer.ts'
import type { Visit } from '../platform/web/routes.ts'
import { Button, errorFor, errorSummaryFor, type FieldError, Form, InsetText, Radios, Select, Textarea } from '../ui/index.ts'
import { ableToCoordinate, candidateById } from './coordinator.ts'
import type { EpisodesParts } from './episodes-parts.ts'
import { type KnownForStart, readRefusal, readStart } from './read-start.ts'
import { keepRefusal, lastRefusal } from './refusal.ts'
import { startEpisode } from './start-episode.ts'

/** The empty form, for somebody on record whom the actor may see. */
export async function askToStart(visit: Visit, parts: EpisodesParts): Promise<Answer> {
  const personId = visit.params['personId'] ?? ''
  if (!lasts(await howTheySee(visit, personId))) return notFound()
  return form(visit, parts, personId, await look(visit, parts, personId), [])
}

export async function postStart(visit: Visit, parts: EpisodesParts): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  const personId = visit.params['personId'] ?? ''
  // Whoever sees somebody for a time alone would open them to others for good.
  if (!lasts(await howTheySee(visit, personId))) return notFound()
  const known = await look(visit, parts, personId)
  if (fields.has('keep-refusal')) return postRefusal(visit, parts, personId, known)
  const wish = readStart(fields, known, today(clock))
  if ('errors' in wish) return form(visit, parts, personId, known, wish.errors)
  const isTheirs = wish.coordinator.userId === actor.userId
  if (!isTheirs && (await isKeptFromPerson(tx, personId, wish.coordinator.userId)))
    return form(visit, parts, personId, known, [
      { field: 'coordinator-email', message: 'They cannot co-ordinate an episode of this person. Choose somebody else' },
    ])
  const caseId = await startEpisode(tx, actor, clock.now(), { personId, ...wish })
  return redirect(isTheirs ? paths.cases.show(caseId) : paths.episodes.list, {
    notice: isTheirs
      ? 'The episode has begun, and you co-ordinate it'
      : `The episode has begun. ${wish.coordinator.name} co-ordinates it and has been told`,
  })
}

/** Nothing begins, and what they said is not lost. */
async function postRefusal(visit: Visit, parts: EpisodesParts, personId: string, known: KnownForStart): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  const said = readRefusal(fields, known, today(clock))
  if ('errors' in said) return form(visit, parts, personId, known, said.errors)
  if (!known.mayKeepRefusal || !(await keepRefusal(tx, actor, clock.now(), personId, said, known))) return notFound()
  return redirect(paths.people.show(personId), {
    notice: 'They said no. It stands in the history of this record, and no episode was begun',
  })
}

async function look(visit: Visit, parts: EpisodesParts, personId: string): Promise<KnownForStart> {
  const { tx, actor, fields } = visit
  const [desks, reasons, how, capacity, authority, person, me, asked] = await Promise.all([
    episodeDesks(tx),
    optionsOf(tx, 'without-consent'),
    optionsOf(tx, 'consent-how'),
    optionsOf(tx, 'consent-capacity'),
    optionsOf(tx, 'consent-authority'),
    findPerson(tx, personId),
    actor.userId ? candidateById(tx, actor.userId) : undefined,
    askedColleague(tx, fields, 'coordinator-email', ableToCoordinate),
  ])
  const other = asked.chosen && (await candidateById(tx, asked.chosen.userId))
  const mayConsent = await parts.mayConsentFor(visit, personId)
  return {
    desks,
    reasons,
    how,
    capacity,
    authority,
    papers: [],
    born: person?.dateOfBirth ?? null,
    mayConsent,
    me,
    asked,
    other,
    mayGoOnWithout: may(actor, 'go-on-without-consent'),
    mayKeepRefusal: person !== undefined && mayEdit(actor, person),
  }
}

async function form(
  visit: Visit,
  parts: EpisodesParts,
  personId: string,
  known: KnownForStart,
  errors: readonly FieldError[],
): Promise<Answer> {
  const open = (await involvementsWith(visit.tx, [personId])).filter(one => one.isEpisode && one.closedOn === null)
  const refused = await lastRefusal(visit.tx, personId)
  const body = (
    <>
      {await parts.personBanner(visit, personId)}
      <div class="ly-narrow">
        {errorSummaryFor(errors)}
        <h1 class="govuk-heading-l">Begin an episode</h1>
        <p class="govuk-body">
          Agencies work together on one assessment and one plan, and one person co-ordinates. Your agency does not become involved by
          beginning it.
        </p>
        {await KeptFrom(visit, personId)}
        {refused ? <InsetText text={`${refused}. Ask again only if something has changed since.`} /> : null}
        {open.map(one => (
          <Standing key={one.caseId} episode={one} />
        ))}
        {known.desks.length === 0 ? (
          <InsetText text="Nobody keeps episodes yet. An administrator of the authority gives a team the work “Multi-agency episode” under Users, Teams; episodes can be begun from then on." />
        ) : (
          <Form {...visit.form} action={paths.episodes.begin(personId)}>
            <StartFields visit={visit} known={known} errors={errors} />
            <div class="govuk-button-group">
              <Button text="Begin the episode" />
              {known.mayKeepRefusal && visit.fields.text('answer') === 'refused' ? (
                <Button
                  text="Write down that they said no, and begin nothing"
                  name="keep-refusal"
                  value="yes"
                  classes="govuk-button--secondary"
                />
              ) : null}
              <a class="govuk-link" href={paths.people.show(personId)}>
                Cancel
              </a>
            </div>
          </Form>
        )}
      </div>
    </>
  )
  return page('Begin an episode', body, { section: 'episodes', hasErrors: errors.length > 0 })
}

/** One that stands already: to be added to, rather than begun again. */
function Standing({ episode }: { episode: Involvement }): VNode {
  const whom = [episode.coordinatorName, episode.agencyName, episode.telephone].filter(Boolean).join(', ')
  return (
    <InsetText
      text={`There is an episode already, since ${formatDate(episode.openedOn)}. Ring ${whom} and ask to be in the team around them, unless this is something apart.`}
    />
  )
}

function StartFields({ visit, known, errors }: { visit: Visit; known: KnownForStart; errors: readonly FieldError[] }): VNode {
  const { fields: typed, clock, actor } = visit
  const error = (name: string) => errorFor(errors, name)
  const day = today(clock)
  return (
    <>
      <Textarea
        name="why"
        rows={5}
        label={{ text: 'Why is an episode needed now?', classes: 'govuk-label--s' }}
        hint="What was seen or said, what the child and the family hope for"
        value={typed.typed('why')}
        errorMessage={error('why')}
      />
      <DayInput name="started" legend="When does it begin?" typed={typed} errors={errors} start={day} />
      <h2 class="govuk-heading-m">Consent, asked first</h2>
      <p class="govuk-body">
        {known.mayKeepRefusal
          ? 'If they say no, you can write that down and begin nothing. It then stands in the history of their record, for whoever reads it, and nobody is told.'
          : 'If they say no, nothing begins.'}
      </p>
      <ConsentFields known={known} typed={typed} errors={errors} today={day} me={actor.name} />
      {known.mayGoOnWithout ? (
        <>
          <h2 class="govuk-heading-m">If they did not agree</h2>
          <Select
            name="without-reason"
            label={{ text: 'By what lawful reason do you go on without?', classes: 'govuk-label--s' }}
            value={typed.text('without-reason')}
            errorMessage={error('without-reason')}
            items={[{ value: '', text: 'Choose one' }, ...known.reasons.map(one => ({ value: one.code, text: one.label }))]}
          />
          <Textarea
            name="without-because"
            rows={3}
            label="What is it here?"
            hint="Who is at risk of what, and whom you asked for advice. It stands on the episode"
            value={typed.typed('without-because')}
            errorMessage={error('without-because')}
          />
        </>
      ) : null}
      <Radios
        name="coordinator"
        fieldset={{ legend: { text: 'Who co-ordinates it?', classes: 'govuk-fieldset__legend--m' } }}
        errorMessage={error('coordinator')}
        value={typed.text('coordinator')}
        items={[
          ...(known.me ? [{ value: 'me', text: 'You' }] : []),
          {
            value: 'other',
            text: 'Somebody else, of any agency',
            hint: { text: 'They are told. You follow that it has begun and see no more of it, unless they put you in the team' },
            conditional: {
              text: <AskColleague name="coordinator-email" asked={known.asked} typed={typed} errors={errors} />,
            },
          },
        ]}
      />
      {known.desks.length > 1 ? (
        <Select
          name="desk"
          label={{ text: 'Who keeps it?', classes: 'govuk-label--s' }}
          hint="They answer the telephone when there is no co-ordinator, and keep it when it has ended"
          value={typed.text('desk')}
          errorMessage={error('desk')}
          items={[
            { value: '', text: 'Choose one' },
            ...known.desks.map(one => ({ value: teamValue(one), text: `${one.teamName}, ${one.agencyName}` })),
          ]}
        />
      ) : null}
    </>
  )
}
