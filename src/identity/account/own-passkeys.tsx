import { audit } from '../../audit/index.ts'
import { paths } from '../../paths.ts'
import { type Answer, notFound, redirect } from '../../platform/web/answer.ts'
import type { Routes, Visit } from '../../platform/web/routes.ts'
import type { FieldError } from '../../ui/index.ts'
import type { Account } from '../accounts.ts'
import { type Gate, inGate } from '../gate.ts'
import { NameField, nameGiven } from '../passkeys/at-the-door.tsx'
import { PasskeyForm } from '../passkeys/pages.tsx'
import { addPasskey, optionsToAdd, type Passkey, passkeysOf, removePasskey } from '../passkeys/passkeys.ts'
import { firstRecoveryCodes, forgetUnneededCodes } from '../second-factor/authenticators.ts'
import { RecoveryCodes } from '../second-factor/pages.tsx'
import { giveSecondFactor } from '../sessions/sessions.ts'
import { type Asking, askPassword, factorNeededBy, factorPage, leavesEnough, ownAccount } from './own-factors.tsx'
import { provePassword } from './own-password.ts'
import { thisSession } from './own-sessions.tsx'

/** One's own passkeys and security keys: add, name, remove. The last one stays where a role needs it. */
export function ownPasskeysRoutes(routes: Routes, gate: Gate) {
  const anyone = { may: 'anyone-signed-in' } as const
  routes.get(paths.account.addPasskey, anyone, async visit => askPassword(visit, adding, []))
  routes.post(paths.account.addPasskey, anyone, visit => (visit.fields.text('answer') ? keep(visit, gate) : show(visit, gate)))
  const removable = (answer: (visit: Visit, passkey: Passkey) => Promise<Answer>) => (visit: Visit) => onPasskey(visit, gate, answer)
  routes.get(
    paths.account.removePasskey(':credentialId'),
    anyone,
    removable(async (visit, passkey) => askPassword(visit, removing(passkey), [])),
  )
  routes.post(
    paths.account.removePasskey(':credentialId'),
    anyone,
    removable((visit, passkey) => remove(visit, gate, passkey)),
  )
}

const adding: Asking = {
  title: 'Add a passkey or security key',
  action: paths.account.addPasskey,
  words: 'Enter your password first. Then your browser asks for the key.',
  button: 'Continue',
}
const removing = ({ credentialId, name }: Passkey): Asking => ({
  title: `Remove ${name}`,
  action: paths.account.removePasskey(credentialId),
  words: 'It stops opening your account. It may still be offered by your device: delete it there too.',
  button: 'Remove it',
})

/** What a browser is asked to sign is made only once the password has been given: an answer to it proves that it was. */
async function show(visit: Visit, gate: Gate): Promise<Answer> {
  const proof = await provePassword(visit, gate, visit.fields.typed('password'))
  if ('message' in proof) return askPassword(visit, adding, [{ field: 'password', message: proof.message }])
  return addPage(visit, gate, proof.account, [])
}

async function addPage(visit: Visit, gate: Gate, account: Account, errors: readonly FieldError[]): Promise<Answer> {
  const options = await inGate(gate, tx => optionsToAdd(tx, gate, account, visit.form.csrf, visit.clock.now()))
  return factorPage(adding.title, errors, [
    <PasskeyForm
      action={paths.account.addPasskey}
      csrf={visit.form.csrf}
      does="add"
      options={options}
      button="Add it"
      without={<p class="govuk-body">Open this page in another browser or on another device, or set up an authenticator app.</p>}
    >
      <NameField value="" />
    </PasskeyForm>,
  ])
}

async function keep(visit: Visit, gate: Gate): Promise<Answer> {
  const now = visit.clock.now()
  const account = await ownAccount(visit, gate)
  const { userId } = account
  const given = { answer: visit.fields.typed('answer'), name: nameGiven(visit.fields.text('name'), ''), boundTo: visit.form.csrf }
  const done = await inGate(gate, async tx => {
    if (!(await addPasskey(tx, gate, userId, given, now))) return undefined
    const here = await thisSession(tx, userId, visit)
    if ('except' in here) await giveSecondFactor(tx, now, here.except, 'passkey')
    await audit(tx, visit.actor, now, { action: 'passkey-added', subject: { type: 'user', id: userId } })
    await tell(tx, visit, gate, account, `A passkey or security key, “${given.name}”, was added to your account`)
    return { codes: await firstRecoveryCodes(tx, gate, userId) }
  })
  if (!done)
    return askPassword(visit, adding, [
      { field: 'password', message: 'The key was not accepted, or this page had been left behind. Begin again' },
    ])
  if (done.codes)
    return factorPage('Keep your recovery codes', [], [<RecoveryCodes codes={done.codes} next={paths.account.secondFactor} />])
  return redirect(paths.account.secondFactor, { notice: `${given.name} has been added.` })
}

async function onPasskey(visit: Visit, gate: Gate, answer: (visit: Visit, passkey: Passkey) => Promise<Answer>): Promise<Answer> {
  const account = await ownAccount(visit, gate)
  const all = await passkeysOf(gate.database.kysely, account.userId)
  const passkey = all.find(one => one.credentialId === visit.params['credentialId'])
  const left = { authenticator: account.hasAuthenticator, passkeys: all.length - 1 }
  return passkey && leavesEnough(await factorNeededBy(visit), left) ? answer(visit, passkey) : notFound()
}

async function remove(visit: Visit, gate: Gate, passkey: Passkey): Promise<Answer> {
  const proof = await provePassword(visit, gate, visit.fields.typed('password'))
  if ('message' in proof) return askPassword(visit, removing(passkey), [{ field: 'password', message: proof.message }])
  const { userId } = proof.account
  await inGate(gate, async tx => {
    await removePasskey(tx, userId, passkey.credentialId)
    await forgetUnneededCodes(tx, userId)
    await audit(tx, visit.actor, visit.clock.now(), { action: 'passkey-removed', subject: { type: 'user', id: userId } })
    await tell(tx, visit, gate, proof.account, `A passkey or security key, “${passkey.name}”, was removed from your account`)
  })
  return redirect(paths.account.secondFactor, { notice: `${passkey.name} has been removed.` })
}

/** Whoever added it to an account that is not theirs does not read its owner's mail. */
const tell = (tx: Visit['tx'], { clock }: Visit, gate: Gate, { email }: Account, what: string) =>
  gate.sendMail(tx, clock.now(), {
    to: email,
    kind: 'passkeys-changed',
    subject: `Your keys for ${gate.serviceName} were changed`,
    text: `${what} for ${gate.serviceName}.\n\nIf it was not you, tell your administrator at once.\n`,
  })
