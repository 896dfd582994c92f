import type { VNode } from 'preact'
import { audit } from '../../audit/index.ts'
import { riskLevels, riskWords } from '../../cases/index.ts'
import { paths } from '../../paths.ts'
import { may } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { type Answer, page, redirect } from '../../platform/web/answer.ts'
import { type Fields, noFields } from '../../platform/web/fields.ts'
import type { Routes, Visit } from '../../platform/web/routes.ts'
import { BackLink, Button, errorFor, errorSummaryFor, type FieldError, Form, Input, type RiskLevel, SummaryList } from '../../ui/index.ts'

type Weight = { level: RiskLevel; weight: number; source: string; verified: boolean }

/** What a case of each level of risk weighs in a caseload: everybody may know it, the authority's administrators decide it. */
export function weightRoutes(routes: Routes): void {
  routes.get(paths.work.weights, { may: 'anyone-signed-in' }, async visit => weightsPage(visit, await weightsOf(visit.tx), noFields, []))
  routes.post(paths.work.weights, { may: 'manage-settings' }, changeWeights)
}

async function weightsOf(tx: Tx): Promise<Weight[]> {
  const rows = (await tx.selectFrom('risk_weights').select(['level', 'weight', 'source', 'verified']).execute()) as Weight[]
  return riskLevels.flatMap(level => rows.find(row => row.level === level) ?? [])
}

async function changeWeights(visit: Visit): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  const weights = await weightsOf(tx)
  const read = weights.map(({ level }) => ({ level, typed: fields.text(level), weight: Number(fields.text(level)) }))
  const errors = read
    .filter(({ typed, weight }) => !/^\d{1,3}$/.test(typed) || weight > 100)
    .map(({ level }): FieldError => ({ field: level, message: `Weight of ${named(level)} must be a whole number from 0 to 100` }))
  if (errors.length > 0) return weightsPage(visit, weights, fields, errors)
  for (const { level, weight } of read)
    await tx.updateTable('risk_weights').set({ weight, source: '', verified: true }).where('level', '=', level).execute()
  await audit(tx, actor, clock.now(), {
    action: 'risk-weights-changed',
    subject: { type: 'risk-weights', id: 'all' },
    detail: Object.fromEntries(read.map(({ level, weight }) => [level, weight])),
  })
  return redirect(paths.work.weights, { notice: 'Weights saved' })
}

function weightsPage(visit: Visit, weights: readonly Weight[], typed: Fields, errors: readonly FieldError[]): Answer {
  const mayChange = may(visit.actor, 'manage-settings')
  const isSuggestion = weights.some(one => !one.verified)
  const body = (
    <div class="ly-narrow">
      {may(visit.actor, 'read-records') ? <BackLink href={paths.work.team}>Team</BackLink> : null}
      {errorSummaryFor(errors)}
      <h1 class="govuk-heading-l">What a case weighs</h1>
      <p class="govuk-body">
        A caseload weighs what its cases weigh together, by their level of risk. It is a help in sharing work out, and no measure of
        anybody.
      </p>
      {isSuggestion ? <p class="govuk-body">These are Lanyard’s suggestions; your authority has not decided yet.</p> : null}
      {mayChange ? <WeightsForm visit={visit} weights={weights} typed={typed} errors={errors} /> : <Weights weights={weights} />}
    </div>
  )
  return page('What a case weighs', body, { section: 'team', hasErrors: errors.length > 0 })
}

function WeightsForm({
  visit,
  weights,
  typed,
  errors,
}: {
  visit: Visit
  weights: readonly Weight[]
  typed: Fields
  errors: readonly FieldError[]
}): VNode {
  return (
    <Form {...visit.form} action={paths.work.weights}>
      {weights.map(({ level, weight }) => (
        <Input
          key={level}
          name={level}
          id={level}
          label={`A case of ${named(level)}`}
          classes="govuk-input--width-3"
          inputmode="numeric"
          value={typed.has(level) ? typed.typed(level) : String(weight)}
          errorMessage={errorFor(errors, level)}
        />
      ))}
      <Button text="Save the weights" />
    </Form>
  )
}

const Weights = ({ weights }: { weights: readonly Weight[] }): VNode => (
  <SummaryList
    rows={weights.map(({ level, weight }) => ({ key: { text: `A case of ${named(level)}` }, value: { text: String(weight) } }))}
  />
)

const named = (level: RiskLevel): string => (level === 'not-rated' ? 'risk that is not rated' : `${riskWords[level]} risk`)
