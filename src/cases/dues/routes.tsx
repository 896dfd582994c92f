import { audit } from '../../audit/index.ts'
import { type DueRule, offsetInWords, timescalesFor } from '../../dues/index.ts'
import { paths } from '../../paths.ts'
import { today as londonToday } from '../../platform/clock.ts'
import { formatDate, type PlainDate } from '../../platform/plain-date.ts'
import { type Answer, notFound, redirect } from '../../platform/web/answer.ts'
import { type Fields, noFields } from '../../platform/web/fields.ts'
import type { Routes, Visit } from '../../platform/web/routes.ts'
import { Button, Due, errorFor, errorSummaryFor, Facts, type FieldError, Form, Textarea } from '../../ui/index.ts'
import { type CasesParts, caseName, casePage } from '../case-frame.tsx'
import { DayInput } from '../day-input.tsx'
import { type Case, findCase, lockCase } from '../load-case.ts'
import { readerOf } from '../read-fields.ts'
import { settleByHand } from './note-moment.ts'
import { datesByRule } from './rule-dates.queries.ts'

/** `/cases/:caseId/dates/:code`: what a rule asks for on this case, and by hand that it has been done. */
export function dueRoutes(routes: Routes, parts: Pick<CasesParts, 'personBanner' | 'tabs'>): void {
  const path = '/cases/:caseId/dates/:code'
  routes.get(path, { may: 'read-records' }, async visit => {
    const theCase = await findCase(visit.tx, visit.actor, visit.params['caseId'] ?? '')
    const rule = theCase && (await ruleOf(visit, theCase))
    if (!rule) return notFound()
    await audit(visit.tx, visit.actor, visit.clock.now(), {
      action: 'case-opened',
      subject: { type: 'case', id: theCase.id },
      personId: theCase.personId,
      caseId: theCase.id,
    })
    return show(visit, theCase, rule, noFields, [])
  })

  routes.post(path, { may: 'record' }, async visit => {
    const { tx, actor, clock, fields } = visit
    const theCase = await lockCase(tx, actor, visit.params['caseId'] ?? '')
    const rule = theCase && (await ruleOf(visit, theCase))
    if (!theCase || rule?.settledBy !== '') return notFound()
    const reader = readerOf(fields)
    const on = reader.day('on', 'Day', {
      notAfter: londonToday(clock),
      notBefore: theCase.referredOn,
      notBeforeWords: 'on or after the referral',
    })
    const note = reader.text('note', 'What came of it', 2_000)
    if (reader.errors.length > 0 || !on) return show(visit, theCase, rule, fields, reader.errors)
    const done = await settleByHand(tx, actor, clock.now(), theCase, rule.code, { on, note })
    if (!done.ok) return redirect(paths.cases.show(theCase.id), { notice: 'This is no longer asked for.' })
    await audit(tx, actor, clock.now(), {
      action: 'case-date-settled',
      subject: { type: 'case', id: theCase.id },
      personId: theCase.personId,
      caseId: theCase.id,
      detail: { rule: rule.code, on },
    })
    return redirect(paths.cases.show(theCase.id), { notice: `Done: ${rule.words}` })
  })

  async function ruleOf({ tx, params }: Visit, theCase: Case): Promise<RuleOnCase | undefined> {
    const rule = (await timescalesFor(tx, theCase.serviceArea)).rules.find(one => one.code === params['code'])
    const dates = rule && theCase.whole ? (await datesByRule(tx, theCase.id)).get(`rule/${rule.code}`) : undefined
    return rule && dates && { ...rule, ...dates }
  }

  async function show(visit: Visit, theCase: Case, rule: RuleOnCase, typed: Fields, errors: readonly FieldError[]): Promise<Answer> {
    const day = londonToday(visit.clock)
    const settles = theCase.mayEdit && visit.actor.capabilities.has('record') && rule.settledBy === ''
    const body = (
      <div class="ly-narrow">
        {errorSummaryFor(errors)}
        <h1 class="govuk-heading-l">{rule.words}</h1>
        <Facts
          items={[
            { label: 'Due', value: <Due date={rule.dueOn} today={day} /> },
            { label: 'Why then', value: `${offsetInWords(rule)} from ${formatDate(rule.begunOn)}` },
            rule.opensOn && { label: 'Not before', value: formatDate(rule.opensOn) },
            rule.closesOn && { label: 'Counts until', value: formatDate(rule.closesOn) },
            rule.source !== '' && {
              label: 'Rule',
              value: rule.source,
              second: rule.verified ? undefined : 'Not yet checked against its source',
            },
          ]}
        />
        {settles ? (
          <Form {...visit.form} action={paths.cases.date(theCase.id, rule.code)}>
            <DayInput name="on" legend="When was it done?" typed={typed} errors={errors} start={day} />
            <Textarea
              name="note"
              rows={3}
              label={{ text: 'What came of it? (optional)', classes: 'govuk-label--s' }}
              value={typed.typed('note')}
              errorMessage={errorFor(errors, 'note')}
            />
            <Button text="It is done" />
          </Form>
        ) : null}
      </div>
    )
    return casePage(
      visit,
      parts,
      theCase,
      { title: `${rule.words} – ${caseName(theCase)}`, current: '', hasErrors: errors.length > 0 },
      body,
    )
  }
}

type RuleOnCase = DueRule & { dueOn: PlainDate; begunOn: PlainDate; opensOn: PlainDate | null; closesOn: PlainDate | null }
