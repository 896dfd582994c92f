import type { FastifyRequest } from 'fastify'
import { audit } from '../../audit/index.ts'
import { paths } from '../../paths.ts'
import type { Actor } from '../../platform/actor.ts'
import { type PageAnswer, page, redirect } from '../../platform/web/answer.ts'
import type { Fields } from '../../platform/web/fields.ts'
import type { Demand, Routes } from '../../platform/web/routes.ts'
import { Button, errorSummaryFor, type FieldError, Form, PasswordInput } from '../../ui/index.ts'
import { checkPassword } from '../account/own-password.ts'
import { findAccount } from '../accounts.ts'
import { type Gate, inGate } from '../gate.ts'
import { PasskeyForm } from '../passkeys/pages.tsx'
import { optionsToUse, usePasskey } from '../passkeys/passkeys.ts'
import { holdPost } from '../sessions/held-posts.ts'
import { localPath, withReturn } from '../sessions/stages.ts'

/** Where a page leads that is only asked for: with the proof on to it again. */
export function proofRoutes(routes: Routes, gate: Gate): void {
  const anyone = { may: 'anyone-signed-in' } as const
  routes.get(paths.account.proof, anyone, async () => redirect(paths.account.show))
  routes.post(paths.account.proof, anyone, async visit => {
    const address = localPath(visit.fields.text('return'))
    const { actor, fields, form } = visit
    const asked = await askForProof(gate, undefined, { words: 'go on', method: 'GET', address, fields, actor, csrf: form.csrf })
    return asked ?? redirect(address)
  })
}

const passwordField = '_proof-password'
const passkeyField = '_proof-passkey'

/**
 * Asks somebody who is about to do what reaches far to show once more that it is they: whoever sits down at an unlocked screen does not. Everything
 * that was posted is on the page and goes on with the proof. Undefined once it has been given.
 */
export async function askForProof(gate: Gate, request: FastifyRequest | undefined, demand: Demand): Promise<PageAnswer | undefined> {
  const { fields } = demand
  const typed = [fields.typed(passwordField), fields.typed(passkeyField)] as const
  if (!typed[0] && !typed[1])
    return proofPage(gate, request, demand, fields.has(passwordField) ? [{ field: passwordField, message: 'Enter your password' }] : [])
  const fault = typed[1] ? await faultOfPasskey(gate, demand, typed[1]) : await faultOfPassword(gate, demand, typed[0])
  await note(gate, demand, fault === undefined)
  return fault === undefined ? undefined : proofPage(gate, request, demand, [{ field: passwordField, message: fault }])
}

async function faultOfPassword(gate: Gate, { actor }: Demand, password: string): Promise<string | undefined> {
  const proof = await checkPassword(gate, actor, password)
  return 'message' in proof ? proof.message : undefined
}

async function faultOfPasskey(gate: Gate, { actor, csrf }: Demand, answer: string): Promise<string | undefined> {
  const asked = { answer, purpose: 'proof', boundTo: csrf, userId: actor.userId! } as const
  const outcome = await inGate(gate, tx => usePasskey(tx, gate, asked, gate.clock.now()))
  return 'userId' in outcome ? undefined : 'The passkey or security key was not accepted. Try again, or enter your password'
}

async function note(gate: Gate, { actor, csrf, words }: Demand, proved: boolean): Promise<void> {
  const now = gate.clock.now()
  await inGate(gate, async tx => {
    if (proved)
      await tx.updateTable('sessions').set({ proved_at: now }).where('user_id', '=', actor.userId!).where('csrf_token', '=', csrf).execute()
    await audit(tx, actor, now, {
      action: proved ? 'identity-proved' : 'identity-not-proved',
      subject: { type: 'user', id: actor.userId! },
      detail: { before: words },
    })
  })
}

async function proofPage(
  gate: Gate,
  request: FastifyRequest | undefined,
  demand: Demand,
  errors: readonly FieldError[],
): Promise<PageAnswer> {
  const { actor, csrf, words, fields, address } = demand
  const now = gate.clock.now()
  const account = await findAccount(gate.database.kysely, { userId: actor.userId! })
  const provider = await providerOf(gate, actor, csrf)
  if (provider && request && demand.method === 'POST') await holdPost(gate, request, fields, { here: actor.userId!, wherever: true })
  const options = account?.hasPasskey
    ? await inGate(gate, tx => optionsToUse(tx, gate, { purpose: 'proof', userId: account.userId, boundTo: csrf }, now))
    : undefined
  const [action, kept] =
    demand.method === 'POST'
      ? [address, <Kept fields={fields} />]
      : [paths.account.proof, <input type="hidden" name="return" value={address} />]
  return page(
    'Confirm that it is you',
    <>
      {errorSummaryFor(errors)}
      <h1 class="govuk-heading-l">Confirm that it is you</h1>
      <p class="govuk-body">
        You are about to {words}, and it is some time since you showed who you are. What you had entered is kept and goes on from here.
      </p>
      {options ? (
        <PasskeyForm
          action={action}
          csrf={csrf}
          does="use"
          field={passkeyField}
          options={options}
          button="Use your passkey or security key"
          without={null}
        >
          {kept}
        </PasskeyForm>
      ) : null}
      {provider ? (
        <Button href={`${withReturn(paths.signInWith(provider.id), demand.method === 'POST' ? paths.unsaved : address)}${'&'}again=yes`}>
          Sign in with {provider.name} again
        </Button>
      ) : (
        <Form action={action} csrf={csrf}>
          {kept}
          <PasswordInput name={passwordField} label="Your password" autocomplete="current-password" errorMessage={errors[0]?.message} />
          <Button>Confirm and continue</Button>
        </Form>
      )}
    </>,
    { layout: 'calm', hasErrors: errors.length > 0 },
  )
}

/** Everything that was posted, but for our own proofs. */
function Kept({ fields }: { fields: Fields }) {
  return (
    <>
      {Object.entries(fields.toJSON())
        .filter(([name]) => name !== '_csrf' && !name.startsWith('_proof'))
        .flatMap(([name, values]) => values.map((value, i) => <input key={`${name} ${i}`} type="hidden" name={name} value={value} />))}
    </>
  )
}

/** Where the session began, when that was elsewhere: its user may have no password here that they know. */
async function providerOf(gate: Gate, actor: Actor, csrf: string): Promise<{ id: string; name: string } | undefined> {
  return gate.database.kysely
    .selectFrom('sessions as z')
    .innerJoin('sign_in_providers as p', 'p.id', 'z.provider_id')
    .select(['p.id', 'p.name'])
    .where('z.user_id', '=', actor.userId!)
    .where('z.csrf_token', '=', csrf)
    .where('p.enabled', '=', true)
    .executeTakeFirst()
}
