import type { VNode } from 'preact'
import { audit } from '../../audit/index.ts'
import { paths } from '../../paths.ts'
import { formatInstant } from '../../platform/clock.ts'
import { upperFirst } from '../../platform/first-letter.ts'
import { page, redirect } from '../../platform/web/answer.ts'
import { type Fields, fieldsFrom } from '../../platform/web/fields.ts'
import type { Routes, Visit } from '../../platform/web/routes.ts'
import { Button, Form, SummaryList } from '../../ui/index.ts'
import { type Gate, inGate } from '../gate.ts'
import { discardHeldPost, type HeldPost, heldPostsOf } from './held-posts.ts'
import { localPath } from './stages.ts'

/** What was typed on a form of a module's, in the words of that form and with its name; null where it is none of theirs. */
export type TypedIn = (visit: Visit, path: string, fields: Fields) => Promise<VNode | null>

/** What somebody tried to save after their session had timed out: offered once they are back, and posted again only when they say so. */
export function unsavedRoutes(routes: Routes, gate: Gate, typedIn: TypedIn = async () => null) {
  routes.get(paths.unsaved, { may: 'anyone-signed-in' }, async visit => {
    const held = await stillUnsaved(visit, gate)
    const returnTo = localPath(visit.query.get('return') ?? '')
    if (!held) return redirect(returnTo)
    const entries = Object.entries(held.fields).flatMap(([name, values]) => values.map(value => [name, value] as const))
    return unsavedPage(visit, held, returnTo, await typedIn(visit, held.path, fieldsFrom(entries)))
  })
  routes.post(paths.unsaved, { may: 'anyone-signed-in' }, async visit => {
    const { actor, fields, tx, clock } = visit
    await inGate(gate, async gateTx => discardHeldPost(gateTx, actor.userId!, fields.text('held')))
    await audit(tx, actor, clock.now(), { action: 'unsaved-discarded', subject: { type: 'user', id: actor.userId! } })
    return redirect(localPath(fields.text('return')), { notice: 'What had not been saved was discarded.' })
  })
}

/** The latest that is kept. What has been saved since, by its own form's token, is forgotten on the way. */
async function stillUnsaved({ tx, actor, clock }: Visit, gate: Gate): Promise<HeldPost | undefined> {
  return inGate(gate, async gateTx => {
    for (const held of await heldPostsOf(gateTx, actor.userId!, clock.now())) {
      const once = held.fields['_once']?.[0] ?? ''
      const saved = /^[0-9a-f-]{36}$/.test(once)
        ? await tx.selectFrom('submissions').select('location').where('once', '=', once).executeTakeFirst()
        : undefined
      if (!saved?.location) return held
      await discardHeldPost(gateTx, actor.userId!, held.id)
    }
    return undefined
  })
}

function unsavedPage(visit: Visit, held: HeldPost, returnTo: string, typedThere: VNode | null) {
  const typed = Object.entries(held.fields).filter(([name]) => !name.startsWith('_'))
  return page(
    'You were signed out before this was saved',
    <>
      <h1 class="govuk-heading-l">You were signed out before this was saved</h1>
      <p class="govuk-body">
        You pressed the button at {formatInstant(held.heldAt)}, after your session had ended. Nothing was lost. Check it, and save it now.
      </p>
      {held.hadFiles ? <p class="govuk-body">Files are not kept. If you had chosen any, you will be asked for them again.</p> : null}
      {typedThere ?? (
        <SummaryList
          rows={typed.map(([name, values]) => ({
            key: { text: wordsOf(name) },
            value: { text: <span class="ly-as-written">{values.join('\n')}</span> },
          }))}
        />
      )}
      <Form action={held.path} csrf={visit.form.csrf}>
        {Object.entries(held.fields).flatMap(([name, values]) =>
          values.map((value, i) => <input key={`${name} ${i}`} type="hidden" name={name} value={value} />),
        )}
        <Button>Save it now</Button>
      </Form>
      <Form action={paths.unsaved} {...visit.form}>
        <input type="hidden" name="held" value={held.id} />
        <input type="hidden" name="return" value={returnTo} />
        <Button classes="govuk-button--secondary">Discard it</Button>
      </Form>
    </>,
    { layout: 'calm' },
  )
}

/** A field's name as words: it is all that is known of it here. */
function wordsOf(name: string): string {
  const words = name
    .replace(/[[\]._-]+/g, ' ')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .trim()
    .toLowerCase()
  return upperFirst(words)
}
