import type { VNode } from 'preact'
import {
  findRule,
  isStageMoment,
  offsetInWords,
  proposeRule,
  putRuleInForce,
  type RuleEffect,
  type RuleVersion,
  rulesInForce,
  versionsOfRule,
} from '../../dues/index.ts'
import { paths } from '../../paths.ts'
import { formatInstant } from '../../platform/clock.ts'
import { enqueue } from '../../platform/jobs.ts'
import { type Answer, notFound, redirect } from '../../platform/web/answer.ts'
import type { Routes, Visit } from '../../platform/web/routes.ts'
import { Button, DataTable, Facts, type FieldError, Form, InsetText, Tag } from '../../ui/index.ts'
import { formPage, listPage } from '../frame.tsx'
import { forAuthority, withId } from '../rights.ts'
import { ruleChoices, serviceAreas, wordsOf } from './choices.ts'
import { blank, closedDayWords, RuleFields, readRule, type TypedRule, typedFrom, typedOf } from './rule-form.tsx'

/** When things are due: the rules in force, a version proposed, what it would move, and putting it in force (F10). */
export function timescaleRoutes(routes: Routes): void {
  const may = { may: 'manage-settings' } as const
  routes.get(paths.settings.timescales, may, forAuthority(rulesPage))
  routes.get(
    paths.settings.addRule,
    may,
    forAuthority(visit => ruleForm(visit, undefined, blank, [])),
  )
  routes.post(
    paths.settings.addRule,
    may,
    forAuthority(visit => propose(visit, undefined)),
  )
  routes.get(
    paths.settings.rule(':ruleId'),
    may,
    forAuthority(visit => onRule(visit, rule => rulePage(visit, rule))),
  )
  routes.get(
    paths.settings.changeRule(':ruleId'),
    may,
    forAuthority(visit => onRule(visit, rule => ruleForm(visit, rule, typedOf(rule), []))),
  )
  routes.post(
    paths.settings.changeRule(':ruleId'),
    may,
    forAuthority(visit => onRule(visit, rule => propose(visit, rule))),
  )
  routes.post(
    paths.settings.putRuleInForce(':ruleId'),
    may,
    forAuthority(visit => onRule(visit, rule => confirm(visit, rule))),
  )
}

const onRule = (visit: Visit, answer: (rule: RuleVersion) => Promise<Answer>) =>
  withId(visit, 'ruleId', async id => {
    const rule = await findRule(visit.tx, id)
    return rule ? answer(rule) : notFound()
  })

async function rulesPage({ tx, actor }: Visit): Promise<Answer> {
  const rules = await rulesInForce(tx)
  const choices = await ruleChoices(tx)
  const services = new Map(choices.services.map(one => [one.code, one.name]))
  return listPage(
    actor,
    'timescales',
    'When things are due',
    <>
      <p class="govuk-body">
        A change moves the dates of open cases. You are shown how many before it is in force. Working days are Monday to Friday but for the{' '}
        <a class="govuk-link" href={paths.settings.bankHolidays}>
          bank holidays
        </a>
        .
      </p>
      <DataTable
        caption="Rules in force"
        captionHidden
        rows={rules}
        keyOf={rule => rule.id}
        columns={[
          {
            heading: 'What is to be done',
            rowHeader: true,
            cell: rule => (
              <a class="govuk-link" href={paths.settings.rule(rule.id)}>
                {rule.words}
              </a>
            ),
            second: rule => (rule.serviceArea === '' ? 'Every service' : services.get(rule.serviceArea)),
          },
          {
            heading: 'When',
            cell: rule => (rule.inUse ? capital(offsetInWords(rule)) : 'Never'),
            second: rule => (rule.inUse ? `from ${wordsOf(choices, rule.anchor)}` : undefined),
          },
          { heading: 'Source', cell: rule => rule.source || 'None given', second: rule => (rule.verified ? 'Checked' : 'Not yet checked') },
        ]}
      />
    </>,
    <Button href={paths.settings.addRule}>Add a rule</Button>,
  )
}

async function ruleForm(visit: Visit, rule: RuleVersion | undefined, typed: TypedRule, errors: readonly FieldError[]): Promise<Answer> {
  const choices = await ruleChoices(visit.tx)
  const back = rule
    ? { href: paths.settings.rule(rule.id), text: rule.words }
    : { href: paths.settings.timescales, text: 'When things are due' }
  return formPage(
    back,
    rule ? `Change: ${rule.words}` : 'Add a rule',
    errors,
    <Form {...visit.form} action={rule ? paths.settings.changeRule(rule.id) : paths.settings.addRule}>
      <RuleFields typed={typed} errors={errors} choices={choices} rule={rule} />
      <p class="govuk-body">Nothing changes yet: the next page says what it would move.</p>
      <Button>See what it would move</Button>
    </Form>,
  )
}

async function propose(visit: Visit, before: RuleVersion | undefined): Promise<Answer> {
  const { tx, actor, clock } = visit
  const typed = typedFrom(visit.fields)
  const { rule, errors } = readRule(typed, await ruleChoices(tx), before)
  if (errors.length === 0 && !before && (await versionsOfRule(tx, rule.code, rule.serviceArea)).length > 0)
    errors.push({ field: 'words', message: 'There is a rule in these words already: change that one' })
  if (errors.length > 0) return ruleForm(visit, before, typed, errors)
  const id = await proposeRule(tx, actor, clock.now(), rule)
  await enqueue(tx, 'count-rule-effect', { ruleId: id })
  return redirect(paths.settings.rule(id))
}

async function confirm(visit: Visit, rule: RuleVersion): Promise<Answer> {
  const { tx, actor, clock } = visit
  // Nobody puts in force what they have not been shown.
  if (rule.status === 'proposed' && !rule.effect)
    return redirect(paths.settings.rule(rule.id), { notice: 'It is still being counted what it would move.' })
  const done = await putRuleInForce(tx, actor, clock.now(), rule.id)
  if (!done.ok) return redirect(paths.settings.rule(rule.id), { notice: 'This version had been decided about already.' })
  await enqueue(tx, 'work-out-dues', { serviceArea: rule.serviceArea }, { key: `work-out-dues ${rule.serviceArea}` })
  return redirect(paths.settings.timescales, { notice: `In force: ${rule.words}. The dates of open cases are being worked out again.` })
}

async function rulePage(visit: Visit, rule: RuleVersion): Promise<Answer> {
  const { tx } = visit
  const choices = await ruleChoices(tx)
  const service = (await serviceAreas(tx)).find(one => one.code === rule.serviceArea)?.name ?? 'Every service'
  const versions = await versionsOfRule(tx, rule.code, rule.serviceArea)
  const ofStage = isStageMoment(rule.anchor)
  const isProposed = rule.status === 'proposed'
  const answer = formPage(
    { href: paths.settings.timescales, text: 'When things are due' },
    isProposed ? `Proposed: ${rule.words}` : rule.words,
    [],
    <>
      {isProposed ? <Effect effect={rule.effect} /> : null}
      <Facts
        items={[
          { label: 'Service', value: service },
          { label: 'When', value: rule.inUse ? capital(offsetInWords(rule)) : 'There is no such date' },
          rule.inUse && { label: 'Counted from', value: capital(wordsOf(choices, rule.anchor)) },
          rule.inUse && {
            label: 'Settled by',
            value: ofStage
              ? 'The end of the stage'
              : rule.settledBy
                ? capital(wordsOf(choices, rule.settledBy))
                : 'Somebody who says that it is done',
            second: rule.repeats ? 'It then comes again' : undefined,
          },
          rule.closedDay !== 'stays' && { label: 'On a weekend or bank holiday', value: closedDayWords[rule.closedDay] },
          rule.daysBefore !== null && { label: 'May be done', value: `From ${rule.daysBefore} days before` },
          rule.daysAfter !== null && { label: 'Still counts', value: `Until ${rule.daysAfter} days after` },
          rule.flagKind !== '' && {
            label: 'Flag when overdue',
            value: choices.flagKinds.find(one => one.code === rule.flagKind)?.label ?? rule.flagKind,
          },
          {
            label: 'Source',
            value: rule.source || 'None given',
            second: rule.verified ? 'Compared with its source' : 'Not yet compared with its source',
          },
        ]}
      />
      {isProposed && rule.effect ? (
        <Form {...visit.form} action={paths.settings.putRuleInForce(rule.id)}>
          <div class="govuk-button-group">
            <Button>Put it in force</Button>
            <a class="govuk-link" href={paths.settings.changeRule(rule.id)}>
              Change it first
            </a>
          </div>
        </Form>
      ) : null}
      {rule.status === 'in-force' ? (
        <Button href={paths.settings.changeRule(rule.id)} classes="govuk-button--secondary">
          Change it
        </Button>
      ) : null}
      <h2 class="govuk-heading-m">Versions</h2>
      <ul class="ly-list">
        {versions.map(one => (
          <li key={one.id}>
            {one.id === rule.id ? (
              `Version ${one.version}`
            ) : (
              <a class="govuk-link" href={paths.settings.rule(one.id)}>
                Version {one.version}
              </a>
            )}{' '}
            <Tag text={statusWords[one.status]} classes={one.status === 'in-force' ? 'govuk-tag--green' : 'govuk-tag--grey'} />
            <span class="ly-second">
              {one.inUse ? capital(offsetInWords(one)) : 'No such date'}, by {one.proposedBy},{' '}
              {formatInstant(one.inForceAt ?? one.proposedAt)}
            </span>
          </li>
        ))}
      </ul>
    </>,
  )
  return isProposed && !rule.effect ? { ...answer, refreshAfter: 3 } : answer
}

const statusWords = { proposed: 'Proposed', 'in-force': 'In force', replaced: 'Replaced', discarded: 'Not put in force' } as const

/** What a proposed version would do to the cases that are open now. */
function Effect({ effect }: { effect: RuleEffect | null }): VNode {
  if (!effect) return <InsetText text="What it would move is being counted. This page looks again by itself every few seconds." />
  const lines = [
    [effect.earlier, 'would be due earlier'],
    [effect.later, 'would be due later'],
    [effect.added, 'would have such a date and have none now'],
    [effect.dropped, 'would lose a date'],
  ] as const
  const moved = effect.earlier + effect.later + effect.added + effect.dropped
  return (
    <InsetText>
      <p class="govuk-body">
        <strong>{moved === 0 ? 'No date of an open case would move.' : `${count(moved)} would move`}</strong> of {count(effect.cases)} that
        are open.
      </p>
      <ul class="govuk-list govuk-list--bullet">
        {lines
          .filter(([number]) => number > 0)
          .map(([number, words]) => (
            <li key={words}>
              {count(number)} {words}
            </li>
          ))}
        {effect.overdue > 0 ? <li>{count(effect.overdue)} would be overdue at once</li> : null}
      </ul>
    </InsetText>
  )
}

const count = (cases: number): string => (cases === 1 ? '1 case' : `${cases.toLocaleString('en-GB')} cases`)
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
