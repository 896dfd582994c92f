import { audit } from '../../audit/index.ts'
import { paths } from '../../paths.ts'
import { redirect } from '../../platform/web/answer.ts'
import { Button } from '../../ui/index.ts'
import { findAccount, setPassword } from '../accounts.ts'
import { type Door, type DoorVisit, doorActor } from '../door.ts'
import { DoorForm, doorPage, NewPasswordFields } from '../door-page.tsx'
import type { Session } from '../find-session.ts'
import { inGate } from '../gate.ts'
import { hashPassword, isPassword } from '../passwords/hashing.ts'
import { passwordFault } from '../passwords/rules.ts'
import { endSessions, renewToken } from '../sessions/sessions.ts'
import { stageOf } from '../sessions/stages.ts'
import { proceed, proceedWith } from './proceed.ts'

/** The first password was somebody else's choosing: before anything else its user chooses their own (S12). */
export function newPasswordRoutes(door: Door) {
  door.get(paths.signInNewPassword, async visit => {
    if (!visit.session) return redirect(paths.signIn)
    if (stageOf(visit.session) !== 'new-password') return proceedWith(visit, visit.session)
    return newPasswordPage(visit, undefined)
  })
  door.post(paths.signInNewPassword, async visit => {
    if (!visit.session) return redirect(paths.signIn)
    if (stageOf(visit.session) !== 'new-password') return proceedWith(visit, visit.session)
    return change(visit, visit.session)
  })
}

async function change(visit: DoorVisit, session: Session) {
  const { gate, now, fields } = visit
  const account = await findAccount(gate.database.kysely, { userId: session.actor.userId! })
  if (!account) return redirect(paths.signIn)
  const password = fields.typed('new-password')
  const fault =
    passwordFault(password, account) ??
    ((await isPassword(password, account.passwordHash ?? undefined)) ? 'Your new password must not be the one you were given' : undefined)
  if (fault) return newPasswordPage(visit, fault)
  const hash = await hashPassword(password)
  const token = await inGate(gate, async tx => {
    await setPassword(tx, now, account.userId, hash)
    await endSessions(tx, now, { userId: account.userId, because: 'password-changed', except: session.id })
    await audit(tx, doorActor(visit, session.actor), now, { action: 'password-changed', subject: { type: 'user', id: account.userId } })
    return renewToken(tx, session.id)
  })
  visit.keepSession(token)
  return proceed(visit, token)
}

const newPasswordPage = (visit: DoorVisit, fault: string | undefined) =>
  doorPage(
    'Choose your own password',
    <>
      <p class="govuk-body">The password that you signed in with was made for you. Nobody but you will know the one that you choose now.</p>
      <DoorForm action={paths.signInNewPassword} csrf={visit.form.csrf} returnTo={visit.returnTo}>
        <NewPasswordFields error={fault} />
        <Button>Continue</Button>
      </DoorForm>
    </>,
    fault ? [{ field: 'new-password', message: fault }] : [],
  )
